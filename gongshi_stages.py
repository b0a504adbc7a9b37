"""The stages, called with what the command line asked for."""

import contextlib
import errno
import gc
import ipaddress
import multiprocessing
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

import reports
from auditor.model import SiteAudit, Text, Verdict
from crawler.capture import Reached
from crawler.store import SECOND, Run, SiteFolder, site_name
from seeds.model import ModelSource, Seed, ServiceKind

if TYPE_CHECKING:
    from auditor.policy import Policy
    from auditor.recheck import Rejudged
    from auditor.registry import Register
    from crawler.manifest import Dropped
    from crawler.progress import Watch
    from crawler.seal import Seal
    from crawler.settings import CrawlSettings
    from crawler.sweep import Engine

from gongshi_terms import Exit, Stop, chosen, pick, row, say

MANY = 500
"""Sites from which on reports are made side by side."""


SAMPLED = 10
"""Sites, at least, that a sweep shows to a browser without a reason, if it has so many."""


VERIFIED = (Text("已改动", "changed"), Text("缺失", "missing"), Text("多出", "added"))


@dataclass(frozen=True, slots=True)
class Judge:
    """What is done with each captured site: judged, the verdict stored. Goes to worker processes, so holds paths."""

    policy: Path | None
    registry: Path | None

    def __call__(self, folder: SiteFolder) -> None:
        """Judge the capture in a site's folder.

        Raises:
            StoreError: there is no whole capture.
            OSError: the verdict cannot be written.
        """
        folder.write_audit(self.verdict(folder))

    def verdict(self, folder: SiteFolder) -> bytes:
        """The audit of the capture in a site's folder, as it is stored. Raises StoreError."""
        from auditor.confirm import confirmed
        from reports.as_json import encode

        audit, second = self._audit(folder), SiteFolder(folder.path / SECOND)
        return encode(confirmed(audit, self._audit(second)) if second.captured else audit)

    def _audit(self, folder: SiteFolder) -> SiteAudit:
        from auditor.engine import judge

        policy, register = load_policy(self.policy), load_register(self.registry)
        return judge(folder.read(), folder.capture_sha256(), policy, register, folder.read_picture)

    def described(self) -> dict[str, str | None]:
        """Rules, policy and register, for the record of the run."""
        from auditor.engine import rules_digest

        register = load_register(self.registry)
        return {
            "rules": rules_digest(),
            "policy": load_policy(self.policy).digest,
            "register": register.digest if register else None,
        }


@cache
def load_policy(path: Path | None) -> "Policy":
    """The policy, overridden by a file."""
    from auditor.policy import load

    return load(path)


@cache
def load_register(path: Path | None) -> "Register | None":
    """The register at `path`, else the user's own; None where there is none of either."""
    from auditor.registry import Register, default_path

    place = path or default_path()
    return Register.load(place) if path or place.is_file() else None


@contextlib.contextmanager
def served(addresses: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Serve what is a folder. Gives all addresses, and by theirs the names of folders. Raises SeedError, OSError."""
    from seeds import built

    folders: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        for address in filter(built.is_folder, addresses):
            folder = Path(address).expanduser().resolve()
            folders[stack.enter_context(built.serve(folder))] = built.name_of(folder, Path.cwd())
        left = iter(folders)
        yield tuple(next(left) if built.is_folder(address) else address for address in addresses), folders


def told_by_folder(audit: SiteAudit, folders: Mapping[str, str], run: Path) -> SiteAudit:
    """An audit that tells the name of its folder, not where that was served; also as it is stored. Raises OSError."""
    from reports.as_json import encode
    from reports.renamed import renamed

    if audit.seed.url not in folders:
        return audit
    told = renamed(audit, audit.seed.url, folders[audit.seed.url])
    Run(run).folder(audit.seed.url).write_audit(encode(told))
    return told


def access_of_call(addresses: Collection[str], visit: dict[str, Any]) -> Any:
    """What opens the site, as the call says. Raises Stop, OSError."""
    from crawler.access import PUBLIC
    from crawler.credentials import AccessError, access_of

    given: dict[str, Any] = {name: visit.get(name) for name in ("headers", "cookies", "http_auth", "storage_state")}
    if not any(given.values()):
        return PUBLIC
    if visit.get("evidence") == "archive":
        raise click.UsageError("--evidence archive would keep what opens the site: not with --header, --cookie …")
    try:
        return access_of(addresses, **given)
    except AccessError as error:
        raise Stop(Exit.USAGE, error.zh, error.en) from error


def known_findings(baseline: Path | None) -> frozenset[str] | None:
    """What an earlier audit found; None: everything counts. Raises Stop, OSError."""
    from reports.baseline import BaselineError, read

    try:
        return read(baseline) if baseline else None
    except BaselineError as error:
        raise Stop(Exit.USAGE, error.text.zh, error.text.en) from error


def verdicts_of(audits: Iterable[SiteAudit], known: frozenset[str] | None) -> list[Verdict]:
    """The verdicts that count for the exit code, and a message on what is new since the baseline."""
    from reports.baseline import new_findings, verdict

    if known is None:
        return [audit.verdict for audit in audits]
    for audit in audits:
        new = ", ".join(finding.rule for finding in new_findings(audit, known)) or "—"
        say(f"{audit.site}：基线之后新出现：{new}", f"{audit.site}: new since the baseline: {new}")
    return [verdict(audit, known) for audit in audits]


def checked(policy: Path | None, registry: Path | None) -> Judge:
    """A judge whose files can be read: told before anything is visited."""
    load_policy(policy)
    load_register(registry)
    return Judge(policy, registry)


def say_rejudged(site: "Rejudged") -> None:
    """What changed for a site, a line each, on standard output; what went wrong, on standard error."""
    if site.problem:
        say(site.problem, site.problem)
    for change in site.changes:
        why = pick(change.message) if change.message else ""
        click.echo(row(site.site, change.what, change.name, f"{change.before} → {change.after}", why))


def declared(address: str, service: str | None, model: str | None, operator: str | None) -> Seed:
    """The seed of an address with what the call declares about it."""
    from seeds.readers import seed

    return seed(
        address,
        operator=operator,
        service=ServiceKind(service) if service else None,
        model=ModelSource(model) if model else None,
    )


def retry_reasons(text: str) -> frozenset[Any]:
    """Reason codes of `--retry`."""
    try:
        return frozenset(Reached(reason.strip()) for reason in text.split(",") if reason.strip())
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--retry") from error


def run_sweep(seeds: list[Seed], run: Path, judge: Judge, visit: dict[str, Any], workers: int) -> Iterator[SiteAudit]:
    """Visit and judge what has no verdict yet, then yield all verdicts in the order of the seeds."""
    from reports.as_json import decode

    visit_sites(seeds, run, judge, visit, workers)
    return (decode(Run(run).folder(seed.url).read_audit()) for seed in seeds)


def visit_sites(
    seeds: list[Seed],
    run: Path,
    judge: Judge,
    visit: dict[str, Any],
    workers: int,
    retry: frozenset[Reached] = frozenset(),
) -> "Watch":
    """Visit and judge what has no verdict yet; tell the progress. Returns what was counted. Raises Stop, OSError."""
    from auditor.scout import NumberScout
    from crawler.journal import Journal
    from crawler.ledger import forget
    from crawler.progress import Watch
    from crawler.sweep import MachineError, sweep

    if retry:
        forget(Run(run), seeds, retry)
    todo = begin_session(seeds, run, judge, settings := crawl_settings(visit), visit)
    problems = 0
    with Journal(run) if todo else contextlib.nullcontext() as journal, Watch(todo, sys.stderr, chosen()) as watch:
        try:
            for done in sweep(seeds, run, settings, NumberScout(), judge, workers, engine_of(visit.get("scheduler"))):
                watch.add(done)
                problems += bool(done.problem)
                if journal:
                    journal.visit(done)
        except MachineError as error:
            what = error.strerror
            zh, en = f"本机无法继续：{what}。", f"this machine can do no more: {what}."
            raise Stop(
                Exit.MACHINE, f"{zh}排除后同一命令会接着运行。", f"{en} Mend it, and the same command goes on."
            ) from error
    if problems:
        raise Stop(
            Exit.MACHINE,
            f"本机原因使 {problems} 个网站没有结果；排除后再运行同一命令即可接着做。",
            f"{problems} sites have no result because of this machine; mend it, and the same command goes on.",
        )
    if visit.get("confirm"):
        confirm_sites(seeds, run, judge, settings, workers)
    return watch


def confirm_sites(seeds: list[Seed], run: Path, judge: Judge, settings: "CrawlSettings", workers: int) -> None:
    """Visit sites with violations a second time; what does not show again is for a person to check. Raises OSError."""
    from auditor.confirm import blames
    from auditor.scout import NumberScout
    from crawler.sweep import sweep
    from reports.as_json import decode

    folders = {seed.url: Run(run).folder(seed.url) for seed in seeds}
    todo = [seed for seed in seeds if not SiteFolder(folders[seed.url].path / SECOND).captured]
    todo = [seed for seed in todo if any(map(blames, decode(folders[seed.url].read_audit()).findings))]
    again = Run(run / SECOND)  # a run of its own until it is over
    for done in sweep(todo, again.path, settings, NumberScout(), judge, workers):
        say(f"复核 {done.url}：{done.reached}", f"second visit of {done.url}: {done.reached}")
    for seed in todo:
        if again.folder(seed.url).done:
            again.folder(seed.url).path.replace(folders[seed.url].path / SECOND)
            judge(folders[seed.url])
    shutil.rmtree(again.path, ignore_errors=True)


def begin_session(seeds: list[Seed], run: Path, judge: Judge, settings: "CrawlSettings", visit: dict[str, Any]) -> int:
    """Record what is about to be done, where something is. Returns how many sites are to be visited. Raises Stop."""
    from crawler.browser import NoBrowserError, require_browser
    from crawler.custody import custody
    from crawler.ledger import begin
    from crawler.manifest import retire
    from crawler.sweep import due

    todo = due(seeds, Run(run))
    if not todo:
        return 0
    try:
        if settings.render != "never":
            require_browser(settings.browser)
    except NoBrowserError as error:
        raise Stop(Exit.MACHINE, error.zh, error.en) from error
    retire(run)
    begin(Run(run), seeds, settings, judge.described(), custody(visit.get("auditor"), visit.get("location")))
    return todo


def engine_of(scheduler: str | None) -> "Engine | None":
    """Who does the shards: a Dask cluster where one is named. Raises Stop where Dask is not installed."""
    if scheduler is None:
        return None
    try:
        from crawler.dask_engine import Cluster

        return Cluster(scheduler)
    except ImportError as error:
        raise Stop(
            Exit.USAGE,
            "--scheduler 需要 Dask：pip install 'gongshi[dask]'",
            "--scheduler needs Dask: pip install 'gongshi[dask]'",
        ) from error


def show_run(seeds: list[Seed], run: Path, watch: "Watch", policy: Path | None) -> list[Verdict]:
    """A line a site and what became of all, on standard output. Returns the verdicts."""
    from reports import roll

    language = report_options(run).language
    names = {site_name(seed.url): Run(run).folder(seed.url) for seed in seeds}
    rows = list(roll.rows(names.values()))
    total = roll.sums(rows)
    for line in (*roll.listing(rows, language), "", *roll.summary(total, watch.slowest, language)):
        click.echo(line)
    if total.coverage < (least := load_policy(policy)["coverage"]):
        zh = f"覆盖不足：只访问到 {total.coverage:.0%} 的网站，低于参考值 {least:.0%}。"
        say(zh, f"Coverage is low: {total.coverage:.0%} of the sites were reached, the policy asks for {least:.0%}.")
    return [row.verdict for row in rows]


def seal_of(asked: dict[str, Any]) -> "Seal":
    """The signature and time-stamp that a call asks for."""
    from crawler.seal import Seal

    return Seal(asked.get("sign"), asked.get("timestamp"), asked.get("tsa_ca"))


@contextlib.contextmanager
def sealed(
    run: Path, seal: "Seal", as_is: bool = False, leaving: "Mapping[str, Dropped]" = MappingProxyType({})
) -> Iterator[None]:
    """Work on a run that is as its manifest says; at the end it gets a new one, whose digest is told.

    `as_is`: whatever was changed since the old one is vouched for. `leaving`: files that will be removed on purpose.
    """
    from crawler.manifest import EvidenceError, retire
    from crawler.seal import close, ready

    try:
        ready(run, seal, as_is)
        if as_is:
            retire(run)
    except EvidenceError as error:
        raise Stop(Exit.USAGE, error.zh, error.en) from error
    yield
    try:
        digest = close(run, seal, leaving)
    except EvidenceError as error:
        raise Stop(
            Exit.MACHINE, f"运行已完成但封存失败：{error.zh}", f"the run is done, but NOT sealed: {error.en}"
        ) from error
    say(f"清单 manifest.sha256 的校验值：{digest}", f"manifest.sha256 has the digest {digest}")


@contextlib.contextmanager
def resealed(run: Path, seal: "Seal | None" = None, leaving: "Mapping[str, Dropped] | None" = None) -> Iterator[None]:
    """Add to a run: its manifest, if it has one, is written anew, and it is told where that has no seal any more."""
    from crawler.manifest import MANIFEST, read

    if not (run / MANIFEST).exists() and leaving is None:
        yield
        return
    with sealed(run, seal or seal_of({}), leaving={} if leaving is None else leaving):
        before = read(run) if (run / MANIFEST).exists() else None
        yield
    after = read(run)
    if before and ((before.signed_by and not after.signed_by) or (before.stamped_by and not after.stamped_by)):
        say(
            "新清单没有签名或时间戳（旧清单保留在 manifests/）：gongshi seal 可补上。",
            "The new manifest is not signed or time-stamped (manifests/ keeps the old one): gongshi seal does that.",
        )


def crawl_settings(visit: dict[str, Any]) -> "CrawlSettings":
    """The settings of a visit from the options of the call."""
    from crawler.access import PUBLIC
    from crawler.settings import CrawlSettings

    return CrawlSettings(
        contact=visit["contact"],
        obey_robots=not visit["ignore_robots"],
        allow_private=visit["allow_private"],
        networks=(*visit["allow_network"], *([ipaddress.ip_network("127.0.0.1/32")] if visit.get("served") else ())),
        mobile=not visit["no_mobile"],
        page_timeout=visit["timeout"],
        access=visit.get("access") or PUBLIC,
        render=visit.get("render", "auto"),
        sample=visit.get("sample", 1.0),
        second_tries=visit.get("second_tries", 0),
        archive=visit.get("evidence") == "archive",
    )


def report_options(run: Path, to_terminal: bool = False) -> Any:
    """What the report formats need to know."""
    from reports.album import of_run
    from reports.asked import asked

    terminal = to_terminal and sys.stdout.isatty()
    return reports.Options(
        language="zh" if chosen() == "zh" else "en",
        album=of_run(run),
        color=terminal and "NO_COLOR" not in os.environ,
        width=max(60, shutil.get_terminal_size().columns) if terminal else 80,
        title=run.name,
        asked=asked(run),
    )


def made_reports(run: Run, forms: Iterable[str], options: Any, output: Path) -> Iterator[Path]:
    """Write the reports of a run, side by side where it has many sites; tell the files as they are done."""
    groups = reports.together(forms)
    side_by_side = min(os.cpu_count() or 1, len(groups), 4)
    if side_by_side == 1 or sum(1 for _, folder in zip(range(MANY), run.folders(), strict=False)) < MANY:
        for group in groups:
            yield from report_group(run, group, options, output)
        return
    with ProcessPoolExecutor(side_by_side, multiprocessing.get_context("spawn")) as pool:
        work = [pool.submit(report_group, run, group, options, output) for group in groups]
        for done in as_completed(work):
            yield from done.result()


def report_group(run: Run, forms: tuple[str, ...], options: Any, output: Path) -> tuple[Path, ...]:
    """Write what is made in one pass over a run; may be called in a process of its own."""
    gc.set_threshold(
        100_000, 20, 50
    )  # an audit is a thousand values, none of them garbage: reading takes half the time
    with printing("notice" in forms) as printer:
        return reports.save_together(forms, stored(run), replace(options, printer=printer), output)


def checked_template(path: Path | None) -> Path | None:
    """A template that is a document. Raises Stop, OSError."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    if path is None:
        return None
    try:
        with path.open("rb") as file:
            Document(file)
    except (PackageNotFoundError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise Stop(Exit.USAGE, f"{path} 不是 DOCX 文档。", f"{path} is not a DOCX document.") from error
    return path


@contextlib.contextmanager
def printing(wanted: bool) -> Iterator[Callable[[str], bytes] | None]:
    """What prints PDFs; None, and a message, where there is no browser to do it."""
    from crawler.browser import NoBrowserError
    from crawler.printer import printer

    with contextlib.ExitStack() as stack:
        try:
            prints = stack.enter_context(printer()) if wanted else None
        except NoBrowserError as error:
            say(f"没有 PDF，只有 DOCX：{error.zh}", f"DOCX only, no PDF: {error.en}")
            prints = None
        yield prints


def take_over(files: Iterable[Path], place: Path | None) -> Exit:
    """Import files into the register and say what each brought; 1 where something could not be read.

    Raises FileNotFoundError before anything is written.
    """
    files = tuple(files)
    for missing in (file for file in files if not file.exists()):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(missing))
    from auditor.registry import Register, default_path, import_files

    target = place or default_path()
    done = import_files(files, Register.load(target) if target.is_file() else Register())
    done.register.save(target)
    for file in done.files:
        click.echo(f"{file.file}\t+{file.added}\t~{file.changed}\t={file.unchanged}")
    for problem in done.problems:
        say(problem.told.zh, problem.told.en)
    return Exit.FOUND if done.problems else Exit.CLEAN


def fresh(run: Path) -> None:
    """Remove the demo's run of last time, and nothing that is not a run."""
    if (run / "run.json").is_file():
        shutil.rmtree(run)


@contextlib.contextmanager
def folder_for(keep: Path | None) -> Iterator[Path]:
    """The folder of the run: the one to keep, or one that is gone afterwards."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="gongshi-") as path:
        yield Path(path)


def existing(run: Path) -> Run:
    """A run's folder that is there."""
    if not run.is_dir():
        raise Stop(Exit.USAGE, f"没有这个运行目录：{run}", f"there is no run folder {run}")
    return Run(run)


def stored(run: Run) -> Iterator[SiteAudit]:
    """The verdicts of a run, as they are stored."""
    from reports.as_json import decode

    return (decode(folder.read_audit()) for folder in run.folders() if folder.done)


def write_result(form: str, audits: Iterable[SiteAudit], run: Path, output: Path | None) -> None:
    """The audits in one form, to a file or to standard output."""
    deliver(reports.render(form, audits, report_options(run, to_terminal=output is None)), output)


def showable(form: str, output: Path | None) -> None:
    """See, before anything is visited, that a format can be made and its file be written, and that no terminal gets
    what is not text.
    """
    if output is not None:
        writable(output)
    if getattr(reports.ready(form), "BINARY", False) and output is None and sys.stdout.isatty():
        raise click.UsageError(f"--format {form} needs -o FILE")


def writable(file: Path) -> None:
    """Raise Stop where a file cannot be written: before the work, not after it."""
    folder = file.parent
    if not folder.is_dir():
        raise Stop(Exit.USAGE, f"没有这个文件夹：{folder}", f"no such folder: {folder}")
    if file.is_dir():
        raise Stop(Exit.USAGE, f"这是文件夹，不是文件：{file}", f"this is a folder, not a file: {file}")
    if not os.access(file if file.exists() else folder, os.W_OK):
        raise Stop(
            Exit.MACHINE, f"无权写入：{file}；请换一处或修改权限。", f"not writable: {file}; name another place."
        )


def deliver(data: bytes, output: Path | None) -> None:
    """A result to a file or to standard output."""
    if output is None:
        sys.stdout.buffer.write(data)
        return
    output.write_bytes(data)
    say(f"已写入 {output}", f"wrote {output}")


def exit_code(verdicts: Collection[Verdict], fail_on: str) -> Exit:
    """What the verdicts mean for the exit code."""
    worst = {"violation": 1, "warning": 2, "review": 3, "never": 0}[fail_on]
    if any(verdict in list(Verdict)[:worst] for verdict in verdicts):
        return Exit.FOUND
    unreached = sum(verdict is Verdict.UNREACHED for verdict in verdicts)
    if unreached and unreached == len(verdicts):
        return Exit.UNREACHED
    return Exit.PARTLY if unreached else Exit.CLEAN
