"""The command line: one function a command, each parses its arguments and calls one stage.

Standard output carries the result only; progress and messages go to standard error. Exit codes: see `Exit`.
"""

import contextlib
import gc
import ipaddress
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click

import reports
from auditor.model import SiteAudit, Text, Verdict
from crawler.capture import Reached
from crawler.store import Run, SiteFolder, StoreError, site_name
from seeds.model import ModelSource, Seed, ServiceKind

if TYPE_CHECKING:
    from auditor.policy import Policy
    from auditor.recheck import Rejudged
    from auditor.registry import Register
    from crawler.doctor import Said
    from crawler.manifest import Dropped
    from crawler.progress import Watch
    from crawler.seal import Seal
    from crawler.settings import CrawlSettings
    from crawler.sweep import Engine

MANY = 500
"""Sites from which on reports are made side by side."""

SAMPLED = 10
"""Sites, at least, that a sweep shows to a browser without a reason, if it has so many."""

VERIFIED = (Text("已改动", "changed"), Text("缺失", "missing"), Text("多出", "added"))
F = TypeVar("F", bound=Callable[..., Any])


class Exit(IntEnum):
    """What the exit codes mean."""

    CLEAN = 0  # nothing at or above --fail-on
    FOUND = 1  # something is
    USAGE = 2  # the call is wrong; nothing was written
    UNREACHED = 3  # no site could be reached
    PARTLY = 4  # some could not, and nothing else failed
    MACHINE = 5  # this machine stopped it: disk, folder, browser
    INTERRUPTED = 130


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
        from auditor.confirm import SECOND, confirmed
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


def language(choice: str | None) -> str:
    """The language of what is said: chosen, else the environment's (zh or en)."""
    where = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return choice or ("zh" if where.lower().startswith("zh") else "en")


def said(zh: str, en: str) -> str:
    """The sentence in the language of the call, without control characters."""
    from reports.safe import clean

    context = click.get_current_context(silent=True)
    spoken = context.find_root().obj if context else None
    return clean(zh if (spoken or language(None)) == "zh" else en, 4000)


def say(zh: str, en: str) -> None:
    """A message on standard error."""
    click.echo(said(zh, en), err=True)


class Stop(click.ClickException):
    """An end with one clear sentence and an exit code."""

    def __init__(self, code: Exit, zh: str, en: str) -> None:
        super().__init__(said(f"错误：{zh}", f"Error: {en}"))
        self.code = code

    def show(self, file: Any = None) -> None:
        """Print the sentence."""
        click.echo(self.message, err=True)


def example(*lines: str) -> str:
    """The end of a help page."""
    return "\b\nExample / 示例:\n  " + "\n  ".join(lines)


@contextlib.contextmanager
def mistakes() -> Iterator[None]:
    """Turn what a user can mend into one sentence and the right exit code."""
    from auditor.policy import PolicyError
    from auditor.registry import RegisterError
    from seeds.addresses import SeedError
    from seeds.readers import ListError

    try:
        yield
    except SeedError as error:
        raise Stop(Exit.USAGE, error.zh, error.en) from error
    except (RegisterError, reports.UnavailableError) as error:
        raise Stop(Exit.USAGE, error.text.zh, error.text.en) from error
    except (ListError, PolicyError, StoreError) as error:
        raise Stop(Exit.USAGE, str(error), str(error)) from error
    except FileNotFoundError as error:
        raise Stop(Exit.USAGE, f"没有这个文件：{error.filename}", f"no such file: {error.filename}") from error
    except OSError as error:
        what = f"{error.filename or ''} {error.strerror or error}".strip()
        raise Stop(Exit.MACHINE, f"本机写入或读取失败：{what}", f"this machine cannot read or write: {what}") from error


def options(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator."""

    def apply(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


def _networks(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[Any, ...]:
    try:
        return tuple(ipaddress.ip_network(value, strict=False) for value in values)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


judging = options(
    click.option(
        "--registry", type=click.Path(path_type=Path, dir_okay=False), help="Official lists to check against."
    ),
    click.option(
        "--policy", type=click.Path(path_type=Path, dir_okay=False), help="TOML file that overrides the policy."
    ),
)
declaring = options(
    click.option("--service", type=click.Choice([k.value for k in ServiceKind]), help="Declare the kind of service."),
    click.option("--model", type=click.Choice([m.value for m in ModelSource]), help="Declare whose model is used."),
    click.option("--operator", help="Declare the operator's legal name."),
)
visiting = options(
    click.option("--allow-private", is_flag=True, help="Permit loopback and private addresses."),
    click.option("--allow-network", multiple=True, metavar="CIDR", callback=_networks, help="Permit this range only."),
    click.option("--no-mobile", is_flag=True, help="Look at desktop size only."),
    click.option("--contact", default="", metavar="ADDRESS", help="Who asks: stands in the user agent."),
    click.option(
        "--evidence",
        type=click.Choice(["pictures", "archive"]),
        default="pictures",
        show_default=True,
        help="Keep pictures and layout, or also a replayable archive (WACZ) of every exchange.",
    ),
    click.option(
        "--confirm", is_flag=True, help="Visit sites with violations twice; what does not repeat is in doubt."
    ),
    click.option("--auditor", envvar="GONGSHI_AUDITOR", metavar="NAME", help="Who audits; stands in the record."),
    click.option("--location", envvar="GONGSHI_LOCATION", metavar="TEXT", help="From where; stands in the record."),
    click.option("--ignore-robots", is_flag=True, help="Visit although robots.txt says no; recorded in the evidence."),
    click.option(
        "--render",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Which pages a browser sees: those to be judged, all, none.",
    ),
    click.option("--timeout", type=click.FloatRange(5, 600), default=90.0, show_default=True, help="Seconds a page."),
)
sealing = options(
    click.option("--sign", type=click.Path(path_type=Path), metavar="KEY", help="Sign the run: Ed25519 private key."),
    click.option("--timestamp", metavar="URL", help="Have the run time-stamped (RFC 3161)."),
    click.option(
        "--tsa-ca",
        type=click.Path(path_type=Path),
        envvar="GONGSHI_TSA_CA",
        metavar="FILE",
        help="Roots (PEM) that the time-stamping authority must lead to.",
    ),
)
opening = options(
    click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="Send this header to the site."),
    click.option("--cookie", "cookies", multiple=True, metavar="NAME=VALUE", help="Send this cookie to the site."),
    click.option("--http-auth", envvar="GONGSHI_HTTP_AUTH", metavar="USER:PASSWORD", help="Password of the site."),
    click.option(
        "--storage-state",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Cookies and storage of a logged-in browser, as Playwright saves them.",
    ),
)
failing = click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "review", "never"]),
    default="violation",
    show_default=True,
    help="From which verdict on the exit code is 1.",
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]}, epilog=example("gongshi audit https://chat.example.cn/")
)
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages and reports.")
@click.version_option(version("gongshi"), prog_name="gongshi")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Is the AI filing number shown, and its public-information link, in a prominent position? / AI 备案公示核查

    gongshi visits AI product sites in China, finds the filing numbers that they display, and says with evidence
    whether they are shown as the law asks.
    """
    context.obj = language(lang)


def lang_option(function: F) -> F:
    """`--lang` on a command itself, as in `gongshi audit --lang zh`."""

    def choose(context: click.Context, _: click.Parameter, value: str | None) -> None:
        if value:
            context.find_root().obj = value

    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), callback=choose, expose_value=False, is_eager=True, help="Language."
    )(function)


def chosen() -> str:
    """The language of this call."""
    return str(click.get_current_context().find_root().obj)


@cli.command(
    epilog=example(
        "gongshi audit https://chat.example.cn/ --format html -o report.html",
        "gongshi audit chat.example.cn --fail-on warning",
        "gongshi audit ./dist --format sarif -o gongshi.sarif --baseline last.json",
    )
)
@click.argument("addresses", nargs=-1, required=True, metavar="URL|FOLDER…")
@click.option(
    "--format",
    "form",
    type=click.Choice(reports.format_names()),
    default="text",
    show_default=True,
    help="Form of the result.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File for the result.")
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), metavar="RUN", help="Folder to keep the captures in."
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="RUN|FILE",
    help="Earlier run, or JSON of one: only what is new since then counts for the exit code.",
)
@declaring
@judging
@visiting
@opening
@sealing
@failing
@lang_option
def audit(
    addresses: tuple[str, ...],
    form: str,
    output: Path | None,
    keep: Path | None,
    baseline: Path | None,
    service: str | None,
    model: str | None,
    operator: str | None,
    registry: Path | None,
    policy: Path | None,
    fail_on: str,
    **visit: Any,
) -> None:
    """Audit sites now and show what was found. A folder is served on this machine and audited before it is deployed."""
    with mistakes(), served(addresses) as (asked, folders):
        judge, known = checked(policy, registry), known_findings(baseline)
        listed = [declared(address, service, model, operator) for address in asked]
        showable(form, output)
        seal = seal_of(visit)
        visit |= {"access": access_of_call(asked, visit), "served": folders}
        if keep is None and (seal.key or seal.authority):
            raise click.UsageError("--sign and --timestamp need --keep RUN")
        with folder_for(keep) as path, sealed(path, seal) if keep else contextlib.nullcontext():
            audits = tuple(run_sweep(listed, path, judge, visit, len(listed)))
            audits = tuple(told_by_folder(audit, folders, path) for audit in audits)
            write_result(form, audits, path, output)
    raise SystemExit(exit_code(verdicts_of(audits, known), fail_on))


@cli.command(
    epilog=example(
        "gongshi sweep sites.csv -o runs/2026-11", "gongshi sweep sites.csv -o runs/2026-11 --retry timeout,reset"
    )
)
@click.argument("sites", type=click.Path(path_type=Path, dir_okay=False), metavar="LIST")
@click.option(
    "-o",
    "--output",
    "run",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="RUN",
    help="Folder of the run; an existing one is resumed.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--scheduler", metavar="ADDRESS", help="Hand the work to this Dask scheduler, e.g. tcp://host:8786.")
@click.option("--limit", type=click.IntRange(1), help="Only the first N sites.")
@click.option("--retry", default="", metavar="REASON,…", help="Visit sites again that ended with these reasons.")
@click.option("--strict", is_flag=True, help="Refuse a list with bad rows.")
@judging
@visiting
@sealing
@failing
@lang_option
def sweep(
    sites: Path,
    run: Path,
    workers: int,
    limit: int | None,
    retry: str,
    strict: bool,
    registry: Path | None,
    policy: Path | None,
    fail_on: str,
    **visit: Any,
) -> None:
    """Audit a list of sites; the same command goes on where it was stopped."""
    from crawler.sweep import pending
    from seeds.readers import read

    with mistakes():
        judge = checked(policy, registry)
        listed, bad = read(sites, strict=strict)
        for row in bad:
            say(f"{row.file}:{row.line}: {row.zh}", f"{row.file}:{row.line}: {row.en}")
        if not listed:
            raise Stop(Exit.USAGE, f"{sites} 里没有可用的网址。", f"{sites} holds no usable address.")
        seeds, again, seal = listed[:limit], retry_reasons(retry), seal_of(visit)
        visit |= {"sample": max(load_policy(policy)["browser-sample"], SAMPLED / len(seeds)), "second_tries": 2}
        nothing_to_do = not (again or seal.key or seal.authority or pending(seeds, Run(run)))
        with contextlib.nullcontext() if nothing_to_do else sealed(run, seal):
            watch = visit_sites(seeds, run, judge, visit, workers, again)
        verdicts = show_run(seeds, run, watch, policy)
    raise SystemExit(exit_code(verdicts, fail_on))


@cli.command(epilog=example("gongshi recheck runs/2026-11 --policy our-policy.toml"))
@click.argument("run", type=click.Path(path_type=Path, file_okay=False), metavar="RUN")
@click.option("--workers", type=click.IntRange(1, 64), help="Worker processes (default: one a processor).")
@judging
@failing
@lang_option
def recheck(run: Path, workers: int | None, registry: Path | None, policy: Path | None, fail_on: str) -> None:
    """Judge the stored captures again: no network, no browser. Prints what changed, and by which rule or register row.

    The new verdicts go to RUN/rechecks/1, 2, …, which reports like a run; the old ones stay.
    """
    from auditor.recheck import recheck as judge_again
    from crawler.custody import custody
    from crawler.ledger import begin_recheck

    with mistakes():
        judge = checked(policy, registry)
        stored_run, done, problems = existing(run), [], 0
        with resealed(run):
            beside = begin_recheck(stored_run, judge.described(), custody())
            for site in judge_again(stored_run, beside, judge.verdict, workers):
                done += [site.verdict] if site.verdict else []
                problems += bool(site.problem)
                say_rejudged(site)
        say(f"重新判定 {len(done)} 个网站：{beside.path}", f"{len(done)} sites judged again: {beside.path}")
        if problems:
            raise Stop(
                Exit.MACHINE, f"{problems} 个网站的文件无法读取", f"{problems} sites have files that cannot be read"
            )
    raise SystemExit(exit_code(done, fail_on))


@cli.command(epilog=example("gongshi report runs/2026-11 -o report --format html,xlsx"))
@click.argument("run", type=click.Path(path_type=Path, file_okay=False), metavar="RUN")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder for the report.",
)
@click.option(
    "--format",
    "forms",
    default="html",
    show_default=True,
    metavar="FORMAT,…",
    help=f"One or several of {', '.join(reports.format_names())}.",
)
@click.option(
    "--with",
    "earlier",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="RUN",
    help="Earlier run of the same list: the survey page tells how it developed. May be repeated.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="DOCX",
    help="Document whose page, styles, head and foot the notices take.",
)
@lang_option
def report(run: Path, output: Path, forms: str, earlier: tuple[Path, ...], template: Path | None) -> None:
    """Make the report of a run."""
    from reports.series import Past

    wanted = [form.strip() for form in forms.split(",") if form.strip()]
    for form in wanted:
        if form not in reports.format_names():
            raise click.BadParameter(f"{form!r}: one of {', '.join(reports.format_names())}", param_hint="--format")
    with mistakes():
        folder, inside = existing(run), run.resolve() in output.resolve().parents
        for form in wanted:
            reports.ready(form)
        past = tuple(Past.of(old.name, stored(existing(old))) for old in earlier)
        options = replace(report_options(run), earlier=past, template=checked_template(template))
        with resealed(run) if inside else contextlib.nullcontext():
            for path in made_reports(folder, wanted, options, output):
                if path.parent == output:
                    say(f"已写入 {path}", f"wrote {path}")


@cli.command(
    epilog=example("gongshi diff runs/2026-10 runs/2026-11", "gongshi diff OLD NEW --format html -o changes.html")
)
@click.argument("old", type=click.Path(path_type=Path, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File for the result.")
@lang_option
def diff(old: Path, new: Path, form: str, output: Path | None) -> None:
    """What changed between two runs: appeared, gone, changed, moved, judged otherwise, no longer reached."""
    from reports import diff_views
    from reports.diff import compare

    with mistakes():
        found = compare(stored(existing(old)), stored(existing(new)))
        options = report_options(new, to_terminal=output is None)
        data = {
            "text": lambda: diff_views.as_text(found, options),
            "json": lambda: diff_views.as_json(found),
            "html": lambda: diff_views.as_html(found, options),
        }[form]()
        deliver(data, output)


@cli.command(epilog=example("gongshi find page.txt --format json", "pbpaste | gongshi find"))
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def find(file: Any, form: str) -> None:
    """Find filing numbers in a text."""
    import msgspec

    from auditor.numbers import PROBLEMS
    from auditor.numbers import find as find_numbers
    from seeds.readers import decode

    numbers = find_numbers(decode(file.read()))
    if form == "json":
        click.echo(json.dumps(msgspec.to_builtins(numbers), ensure_ascii=False, indent=2))
        return
    for number in numbers:
        problems = "; ".join(pick(PROBLEMS[p]) for p in number.problems) or "ok"
        click.echo(row(number.kind, number.number or "—", number.raw, problems))
    if not numbers:
        say("没有找到编号。", "No number found.")


@cli.command(epilog=example("gongshi explain 网信算备110108823483901230031号"))
@click.argument("number")
@click.option("--registry", type=click.Path(path_type=Path, dir_okay=False), help="Official lists to look in.")
@lang_option
def explain(number: str, registry: Path | None) -> None:
    """Decode one number: what it means, what is wrong with it, what the registers say."""
    import datetime

    from auditor.explain import explain as explain_number
    from reports.safe import clean

    with mistakes():
        today = datetime.datetime.now(datetime.UTC).date()
        explanation = explain_number(number, load_register(registry), today)
    for line in explanation.lines():
        click.echo(clean(pick(line)))


@cli.group(epilog=example("gongshi registry import lists/*.docx"))
def registry() -> None:
    """The official lists: import, update, info, lookup."""


registry_place = click.option(
    "--registry",
    "place",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Register file (default: the user's own).",
)


@registry.command("import", epilog=example("gongshi registry import 境内深度合成服务算法备案清单（2026年5月）.docx"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@registry_place
@lang_option
def registry_import(files: tuple[Path, ...], place: Path | None) -> None:
    """Read lists as published (DOCX, PDF, XLSX, CSV) into the register."""
    with mistakes():
        raise SystemExit(take_over(files, place))


@registry.command("update", epilog=example("gongshi registry update"))
@registry_place
@lang_option
def registry_update(place: Path | None) -> None:
    """Fetch the lists from the announcement pages of the CAC and import them."""
    from auditor.registry import default_path
    from crawler.cac import update

    with mistakes():
        target = place or default_path()
        got = update(target.parent / "published", tell=lambda line: click.echo(line, err=True))
        for miss in got.missed:
            say(f"未取得 {miss.url}：{miss.zh}", f"not fetched: {miss.url}: {miss.en}")
        done = take_over(got.files, place) if got.files else Exit.UNREACHED
    raise SystemExit(Exit.PARTLY if got.missed and not done else done)


@registry.command("info", epilog=example("gongshi registry info"))
@registry_place
@lang_option
def registry_info(place: Path | None) -> None:
    """What the register holds and how old it is."""
    with mistakes():
        register = load_register(place)
    if register is None:
        raise Stop(
            Exit.USAGE,
            "还没有名录；请先运行 gongshi registry import 或 update。",
            "there is no register yet: run gongshi registry import or update first.",
        )
    for info in register.info():
        click.echo(f"{info.list}\t{info.rows}\t{info.oldest or '?'} … {info.newest or '?'}\t{len(info.files)}")


@registry.command(
    "lookup",
    epilog=example("gongshi registry lookup 网信算备110108823483901230031号", "gongshi registry lookup 星语科技"),
)
@click.argument("text")
@registry_place
@lang_option
def registry_lookup(text: str, place: Path | None) -> None:
    """Find rows by number, firm, product or algorithm name."""
    from auditor.registry.match import lookup

    with mistakes():
        register = load_register(place)
    if register is None:
        raise Stop(
            Exit.USAGE,
            "还没有名录；请先运行 gongshi registry import 或 update。",
            "there is no register yet: run gongshi registry import or update first.",
        )
    rows = lookup(register, text)
    for found in rows[:50]:
        state = "已注销/cancelled" if found.cancelled else ""
        click.echo(row(found.list, found.number, found.entity, found.name, found.batch, state))
    if not rows:
        as_of = max(filter(None, register.months().values()), default="?")
        say(
            f"截至 {as_of} 的清单中没有查到；没有查到不等于编号虚假。",
            f"Not in the lists up to {as_of}; absence does not mean that a number is false.",
        )
        raise SystemExit(Exit.FOUND)


@cli.command(epilog=example("gongshi rules", "gongshi rules number-visible"))
@click.argument("rule", required=False)
@lang_option
def rules(rule: str | None) -> None:
    """The rule catalogue with its legal basis."""
    from auditor.rules import catalogue

    known = catalogue()
    if rule is None:
        for name, module in known.items():
            click.echo(f"{name}\t{module.META.severity}\t{pick(module.META.title)}")
        return
    if rule not in known:
        raise click.BadParameter(f"{rule!r}; gongshi rules lists them", param_hint="RULE")
    meta = known[rule].META
    click.echo(f"{rule} ({meta.severity})\n{pick(meta.title)}\n{pick(meta.requirement)}")
    for basis in meta.basis:
        click.echo(f"  [{basis.level}] {basis.law} {basis.article}：“{basis.quote}” {basis.url}")
    click.echo(pick(meta.remedy))


@cli.command(epilog=example("gongshi doctor"))
@click.option("--registry", "place", type=click.Path(path_type=Path, dir_okay=False), help="Register file to look at.")
@lang_option
def doctor(place: Path | None) -> None:
    """Check browser, fonts, OCR, registry, disk and network of this machine."""
    from auditor.registry import default_path
    from crawler.doctor import examine

    checks = examine(place or default_path())
    for check in checks:
        click.echo(
            f"{'✓' if check.ok else '✗'} {pick(check.what)}" + ("" if check.ok else f"\n    {pick(check.advice)}")
        )
    raise SystemExit(Exit.CLEAN if all(check.ok for check in checks if check.needed) else Exit.MACHINE)


@cli.command(
    epilog=example(
        "gongshi verify runs/2026-11", "gongshi verify runs/2026-11 --key auditor.pub.pem --tsa-ca roots.pem"
    )
)
@click.argument("run", type=click.Path(path_type=Path, file_okay=False), metavar="RUN")
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Public key that must have signed it.")
@click.option(
    "--tsa-ca", type=click.Path(path_type=Path), envvar="GONGSHI_TSA_CA", metavar="FILE", help="Roots of the authority."
)
@lang_option
def verify(run: Path, key: Path | None, tsa_ca: Path | None) -> None:
    """Check a run against its manifest, signature and time-stamp. Names every file that differs.

    Exit codes: 0 intact; 1 something differs or does not hold; 2 there is no manifest.
    """
    from crawler.manifest import DamagedError, EvidenceError
    from crawler.seal import verify as check

    existing(run)
    with mistakes():
        try:
            found = check(run, key, tsa_ca)
        except EvidenceError as error:
            code = Exit.FOUND if isinstance(error, DamagedError) else Exit.USAGE
            raise Stop(code, error.zh, error.en) from error
    for names, word in zip((found.changes.changed, found.changes.missing, found.changes.added), VERIFIED, strict=True):
        for name in names:
            click.echo(row(pick(word), name))
    for zh, en in (*found.broken, *found.told()):
        click.echo(row(zh if chosen() == "zh" else en))
    raise SystemExit(Exit.CLEAN if found.intact else Exit.FOUND)


@cli.command(epilog=example("gongshi seal runs/2026-11 --sign key.pem --timestamp https://tsa.example/"))
@click.argument("run", type=click.Path(path_type=Path, file_okay=False), metavar="RUN")
@sealing
@lang_option
def seal(run: Path, **asked: Any) -> None:
    """Write the manifest of a run as it is now, sign and time-stamp it. Earlier manifests are kept."""
    existing(run)
    with mistakes(), sealed(run, seal_of(asked), as_is=True):
        pass


@cli.command(epilog=example("gongshi prune runs/2026-11", "gongshi prune runs/2026-11 --keep findings,archives"))
@click.argument("run", type=click.Path(path_type=Path, file_okay=False), metavar="RUN")
@click.option(
    "--keep",
    default="findings",
    show_default=True,
    metavar="WHAT,…",
    help="What stays: findings (their evidence), pictures, archives, none.",
)
@sealing
@lang_option
def prune(run: Path, keep: str, **asked: Any) -> None:
    """Drop pictures and archives of a run, on record. Captures and verdicts stay, and the evidence of findings too."""
    from crawler.prune import Keep, plan, remove

    try:
        kept = frozenset(Keep(what.strip()) for what in keep.split(","))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--keep") from error
    with mistakes():
        folder, leaving = existing(run), dict[str, Any]()
        with resealed(run, seal_of(asked), leaving):
            leaving.update(plan(folder, kept))
        freed = remove(run, leaving)
    say(f"已删除 {len(leaving)} 个文件，{freed} 字节", f"{len(leaving)} files dropped, {freed} bytes")


@cli.command(epilog=example("gongshi demo"))
@click.option(
    "-o",
    "--output",
    "run",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-run"),
    show_default=True,
    help="Folder of the run.",
)
@lang_option
def demo(run: Path) -> None:
    """Serve sample sites of invented companies on 127.0.0.1, sweep them, write the report."""
    from seeds.samples import serve

    with mistakes(), serve() as sites:
        fresh(run)
        visit = {
            "allow_private": True,
            "allow_network": (),
            "no_mobile": False,
            "contact": "",
            "ignore_robots": False,
            "timeout": 90.0,
        }
        with sealed(run, seal_of({})):
            seeds = [seed for seed, _ in sites]
            watch = visit_sites(seeds, run, Judge(None, None), visit, 2)
            show_run(seeds, run, watch, None)
        with resealed(run):  # so that the report can name the manifest of what it shows
            reports.save("html", stored(Run(run)), report_options(run), run / "report")
    click.echo(str((run / "report" / "report.html").resolve()))


def row(*cells: str) -> str:
    """A line of cells, made safe for a terminal and parted by tabs."""
    from reports.safe import clean

    return "\t".join(clean(cell, 300) for cell in cells)


def pick(text: "Text | Said") -> str:
    """The sentence in the language of the call."""
    return text.zh if chosen() == "zh" else text.en


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
    from auditor.confirm import SECOND, blames
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
    from crawler.sweep import pending

    todo = len(pending(seeds, Run(run)))
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
    gc.set_threshold(100_000, 20, 50)  # an audit is many values, none of them garbage: it is read in half the time
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
    """Import files into the register and say what each brought; 1 where something could not be read."""
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
    """See, before anything is visited, that a format can be made, and that no terminal gets what is not text."""
    if getattr(reports.ready(form), "BINARY", False) and output is None and sys.stdout.isatty():
        raise click.UsageError(f"--format {form} needs -o FILE")


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


def main() -> None:
    """The entry point: an interrupted call ends with 130, and its run can be resumed."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        say("已中断；同一命令会接着运行。", "Interrupted: the same command goes on.")
        sys.exit(Exit.INTERRUPTED)
    except Stop as error:
        error.show()
        sys.exit(error.code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
