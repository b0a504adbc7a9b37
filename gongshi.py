"""The command line: one function a command, each parses its arguments and calls one stage.

Standard output carries the result only; progress and messages go to standard error. Exit codes: see `Exit`.
"""

import contextlib
import json
import signal
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

import reports
from crawler.store import Run
from gongshi_help import SpokenGroup
from gongshi_judging import Judge, checked, exit_code, known_findings, load_policy, say_rejudged, verdicts_of
from gongshi_register import load_register, take_over
from gongshi_reporting import (
    checked_template,
    deliver,
    made_reports,
    report_options,
    show_run,
    showable,
    write_result,
)
from gongshi_runs import VERIFIED, existing, folder_for, fresh, mirrored, resealed, seal_of, sealed, stored
from gongshi_terms import (
    Exit,
    Place,
    Stop,
    chosen,
    declaring,
    example,
    failing,
    judging,
    lang_option,
    language,
    mistakes,
    opening,
    pick,
    registry_place,
    row,
    say,
    sealing,
    visiting,
)
from gongshi_visiting import (
    SAMPLED,
    access_of_call,
    declared,
    engine_of,
    retry_reasons,
    run_sweep,
    say_private,
    served,
    told_by_folder,
    visit_sites,
)


@click.group(
    cls=SpokenGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("gongshi audit https://chat.example.cn/"),
)
@click.option("--lang", type=click.Choice(["zh", "en"]), is_eager=True, help="Language of messages and reports.")
@click.version_option(version("gongshi"), prog_name="gongshi")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Is the AI filing number shown, and its public-information link, in a prominent position? / AI 备案公示核查

    gongshi visits AI product sites in China, finds the filing numbers that they display, and says with evidence
    whether they are shown as the law asks.
    """
    context.obj = language(lang)


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
            say_private(audits)
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
    type=Place(file_okay=False),
    required=True,
    metavar="RUN",
    help="Folder of the run, or the address of a store (s3://…); an existing one is resumed.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--scheduler", metavar="ADDRESS", help="Hand the work to this Dask scheduler, e.g. tcp://host:8786.")
@click.option("--dashboard", is_flag=True, help="Say where Dask shows what its workers do.")
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
    run: str,
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
    from crawler.manifest import MANIFEST
    from crawler.sweep import due
    from seeds.readers import read

    with mistakes(), mirrored(run) as (folder, store):
        judge = checked(policy, registry)
        listed, bad = read(sites, strict=strict)
        for row in bad:
            say(f"{row.file}:{row.line}: {row.zh}", f"{row.file}:{row.line}: {row.en}")
        if not listed:
            raise Stop(Exit.USAGE, f"{sites} 里没有可用的网址。", f"{sites} holds no usable address.")
        seeds, again, seal = listed[:limit], retry_reasons(retry), seal_of(visit)
        visit |= {
            "store": store,
            "engine": engine_of(visit | {"store": store}),
            "sample": max(load_policy(policy)["browser-sample"], SAMPLED / len(seeds)),
            "second_tries": 2,
        }
        asked = again or visit["confirm"] or seal.key or seal.authority
        nothing_to_do = not (asked or due(seeds, Run(folder))) and (folder / MANIFEST).exists()
        with contextlib.nullcontext() if nothing_to_do else sealed(folder, seal):
            watch = visit_sites(seeds, folder, judge, visit, workers, again)
        verdicts = show_run(seeds, folder, watch, policy)
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
@click.option(
    "--pdf/--no-pdf", default=True, show_default=True, help="Notices as PDF too; printing takes most of the time."
)
@lang_option
def report(run: Path, output: Path, forms: str, earlier: tuple[Path, ...], template: Path | None, pdf: bool) -> None:
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
        options = replace(report_options(run), earlier=past, template=checked_template(template), pdf=pdf)
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
    """Check a run against its manifest, signature and time-stamp; open its archives. Names every file that differs.

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
        with sealed(run, seal_of({}), tell=False):
            seeds = [seed for seed, _ in sites]
            watch = visit_sites(seeds, run, Judge(None, None), visit, 2)
            show_run(seeds, run, watch, None)
        with resealed(run):  # so that the report can name the manifest of what it shows
            reports.save("html", stored(Run(run)), report_options(run), run / "report")
    click.echo(str((run / "report" / "report.html").resolve()))


def main() -> None:
    """The entry point: a call that is interrupted, or asked to end, ends with 130, and its run can be resumed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
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
