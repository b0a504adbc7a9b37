"""What a run says: on the terminal, in files, in reports."""

import contextlib
import gc
import multiprocessing
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import reports
from auditor.model import SiteAudit, Verdict
from crawler.store import Run, site_name
from gongshi_judging import load_policy
from gongshi_runs import stored
from gongshi_terms import Exit, Stop, chosen, say
from seeds.model import Seed

if TYPE_CHECKING:
    from crawler.progress import Watch

MANY = 500
"""Sites from which on reports are made side by side."""


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
    with printing("notice" in forms and options.pdf) as printer:
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
