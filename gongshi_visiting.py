"""From addresses to captured and judged sites."""

import contextlib
import ipaddress
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.model import SiteAudit
from crawler.capture import Reached
from crawler.store import SECOND, Run, SiteFolder
from gongshi_judging import Judge, load_policy
from gongshi_terms import Exit, Stop, chosen, say
from seeds.model import ModelSource, Seed, ServiceKind

if TYPE_CHECKING:
    from auditor.policy import Policy
    from crawler.progress import Watch
    from crawler.remote import Store
    from crawler.settings import CrawlSettings
    from crawler.sweep import Engine

LIMITS = (("load_timeout", 20.0, 1 / 4), ("quiet_timeout", 6.0, 1 / 10))
"""Seconds that a page has to load, and to be quiet, and the share of the time for the whole page that each takes at
most: a picture that never comes must not use up what two views need."""
SAMPLED = 10
"""Sites, at least, that a sweep shows to a browser without a reason, if it has so many."""


@contextlib.contextmanager
def served(addresses: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Serve what is a folder. Gives all addresses, and by theirs the names of folders. Raises SeedError, OSError."""
    from seeds import built
    from seeds.addresses import SeedError

    for missing in filter(built.is_missing, addresses):
        raise SeedError(f"没有这个文件夹：{missing}", f"there is no folder {missing}")
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


def say_private(audits: Iterable[SiteAudit]) -> None:
    """How to visit what was not, being on this machine or its network."""
    for audit in audits:
        if audit.reached is Reached.PRIVATE_ADDRESS:
            say(
                f"{audit.site} 是本机或内网地址：加上 --allow-private 即可访问。",
                f"{audit.site} is an address of this machine or its network: --allow-private permits it.",
            )


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


def crawl_settings(visit: dict[str, Any], policy: "Policy") -> "CrawlSettings":
    """The settings of a visit from the options of the call, and from the policy."""
    from crawler.access import PUBLIC
    from crawler.settings import CrawlSettings

    limits = {name: min(default, visit["timeout"] * share) for name, default, share in LIMITS}
    return CrawlSettings(
        **limits,
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
        doubtful_certificates=bool(policy["doubtful-certificates"]),
    )


def run_sweep(seeds: list[Seed], run: Path, judge: Judge, visit: dict[str, Any], workers: int) -> Iterator[SiteAudit]:
    """Visit and judge what has no verdict yet, then yield all verdicts in the order of the seeds."""
    visit_sites(seeds, run, judge, visit, workers)
    return (Run(run).folder(seed.url).read_audit_as(SiteAudit) for seed in seeds)


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

    store: Store | None = visit.get("store")
    if retry:
        forget(Run(run), seeds, retry)
        if store:
            store.withdraw(Run(run))
    todo = begin_session(seeds, run, judge, settings := crawl_settings(visit, load_policy(judge.policy)), visit)
    problems = 0
    with Journal(run) if todo else contextlib.nullcontext() as journal, Watch(todo, sys.stderr, chosen()) as watch:
        try:
            for done in sweep(seeds, run, settings, NumberScout(), judge, workers, visit.get("engine")):
                watch.add(done)
                problems += bool(done.problem)
                if store and not (done.problem or visit["scheduler"]):
                    store.put_site(Run(run), done.url)
                if journal:
                    journal.visit(done)
        except MachineError as error:
            what = error.strerror
            zh, en = f"本机无法继续：{what}。", f"this machine can do no more: {what}."
            raise Stop(
                Exit.MACHINE, f"{zh}排除后同一命令会接着运行。", f"{en} Mend it, and the same command goes on."
            ) from error
    if store and visit["scheduler"]:
        store.fetch(Run(run))  # what a worker had done when it died
    if problems:
        raise Stop(
            Exit.MACHINE,
            f"本机原因使 {problems} 个网站没有结果；排除后再运行同一命令即可接着做。",
            f"{problems} sites have no result because of this machine; mend it, and the same command goes on.",
        )
    if visit.get("confirm"):
        for site in confirm_sites(seeds, run, judge, settings, visit, workers):
            if store:
                store.put_site(Run(run), site)
    return watch


def confirm_sites(
    seeds: list[Seed], run: Path, judge: Judge, settings: "CrawlSettings", visit: dict[str, Any], workers: int
) -> Iterator[str]:
    """Visit sites with violations a second time; what does not show again is for a person to check.

    Yields those that were judged anew. Raises OSError.
    """
    from auditor.confirm import blames
    from auditor.scout import NumberScout
    from crawler.custody import custody
    from crawler.ledger import begin
    from crawler.sweep import sweep

    folders = {seed.url: Run(run).folder(seed.url) for seed in seeds}
    todo = [seed for seed in seeds if not SiteFolder(folders[seed.url].path / SECOND).captured]
    todo = [seed for seed in todo if any(map(blames, folders[seed.url].read_audit_as(SiteAudit).findings))]
    if todo:
        held_by = custody(visit.get("auditor"), visit.get("location"))
        begin(Run(run), seeds, settings, {**judge.described(), "second_visits": str(len(todo))}, held_by)
    again = Run(run / SECOND)  # a run of its own until it is over
    for done in sweep(todo, again.path, settings, NumberScout(), judge, workers):
        say(f"复核 {done.url}：{done.reached}", f"second visit of {done.url}: {done.reached}")
    for seed in todo:
        if again.folder(seed.url).done:
            again.folder(seed.url).path.replace(folders[seed.url].path / SECOND)
            judge(folders[seed.url])
            yield seed.url
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


def engine_of(visit: dict[str, Any]) -> "Engine | None":
    """Who does the shards: a Dask cluster where one is named. Raises Stop where Dask is not installed."""
    if not visit.get("scheduler"):
        if visit.get("dashboard"):
            raise click.UsageError("--dashboard needs --scheduler ADDRESS")
        return None
    try:
        from crawler.dask_engine import Cluster
    except ImportError as error:
        raise Stop(
            Exit.USAGE,
            "--scheduler 需要 Dask：pip install 'gongshi[dask]'",
            "--scheduler needs Dask: pip install 'gongshi[dask]'",
        ) from error
    if visit.get("dashboard"):
        return Cluster(visit["scheduler"], store=visit.get("store"), tell=say_dashboard)
    return Cluster(visit["scheduler"], store=visit.get("store"))


def say_dashboard(address: str) -> None:
    """Where Dask shows what its workers do."""
    if address:
        say(f"Dask 面板：{address}", f"Dask's dashboard: {address}")
    else:
        say(
            "调度器没有面板：在其机器上 pip install bokeh 后重启即可。",
            "The scheduler has no dashboard: install bokeh where it runs, and start it anew.",
        )
