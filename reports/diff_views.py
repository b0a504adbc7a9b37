"""A comparison of two runs for the terminal, for programs and for readers."""

from collections.abc import Callable, Iterable
from io import StringIO
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from auditor.model import Text
from reports import Options
from reports.as_json import encode
from reports.diff import Change, Diff, Kind
from reports.i18n import WORDS, Language, pick, say, word
from reports.page import page, when
from reports.safe import clean
from reports.survey import rule_title


def told(code: str | None) -> Text:
    """A side of a change in words: the code of a verdict, reason, outcome or target, a place; else the text itself."""
    keys = (f"{group}.{code}" for group in ("verdict", "reached", "outcome", "target"))
    known = next((key for key in keys if key in WORDS), None)
    if known:
        return word(known)
    region, _, page = clean(code or "—", 300).partition(" ")
    place = word(f"region.{region}") if page and f"region.{region}" in WORDS else Text(region, region)
    return Text(f"{place.zh} {page}".rstrip(), f"{place.en} {page}".rstrip())


def subject(change: Change) -> Text:
    """What changed: a rule by its title, a kind of number and which one, or the site as a whole."""
    if change.kind in (Kind.FAILS_NOW, Kind.NO_LONGER_FAILS):
        return rule_title(change.what)
    kind, number = word(f"kind.{change.what}") if change.what else Text("", ""), clean(change.number or "", 120)
    return Text(f"{kind.zh} {number}".strip(), f"{kind.en} {number}".strip())


def as_json(diff: Diff) -> bytes:
    """The comparison as one JSON object: `changes`, `compared`, `unreached`, `times`."""
    return encode(diff) + b"\n"


def as_text(diff: Diff, options: Options) -> bytes:
    """A table a kind of change, 80 columns wide unless told otherwise."""
    out = StringIO()
    console = Console(
        file=out,
        width=options.width,
        force_terminal=options.color,
        no_color=not options.color,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for kind, changes in by_kind(diff):
        console.print(_table(kind, changes, options.language))
        console.print()
    console.print(Line(pick(summary(diff), options.language)))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).encode()


def by_kind(diff: Diff) -> list[tuple[Kind, tuple[Change, ...]]]:
    """The changes of each kind."""
    return [(kind, tuple(some)) for kind, some in groupby(diff.changes, key=lambda change: change.kind)]


def _table(kind: Kind, changes: Iterable[Change], language: Language) -> Table:
    table = Table(
        title=say(f"change.{kind}", language), title_justify="left", box=None, expand=True, padding=(0, 1, 0, 0)
    )
    for key, ratio in (("site", 3), ("diff.what", 2), ("diff.old", 3), ("diff.new", 3)):
        table.add_column(say(key, language), ratio=ratio, overflow="fold")
    for change in changes:
        sides = (pick(told(side), language) for side in (change.old, change.new))
        name = clean(change.name or change.site, 120)
        table.add_row(*(Line(cell) for cell in (name, pick(subject(change), language), *sides)))
    return table


def summary(diff: Diff) -> Text:
    """What was compared, how much of it, and of what nothing is said."""
    count, (old, new) = len(diff.changes), (when(clean(time, 40)) or "—" for time in diff.times)
    return Text(
        f"{old} 与 {new} 两次核查相比，{count} 处变化；两次都打开的网站 {diff.compared} 个；"
        f"本次未能打开的 {diff.unreached} 个不作比较，也不计为不符合。",
        f"From {old} to {new}: {count} changes; {diff.compared} sites were reached in both runs; "
        f"the {diff.unreached} that this run did not reach are not compared and not counted as non-compliant.",
    )


def as_html(diff: Diff, options: Options) -> bytes:
    """One self-contained page."""
    views: dict[str, Callable[..., object]] = {"told": told, "subject": subject}
    context = {"language": options.language, "title": f"{say('diff', options.language)} · 公示 gongshi"}
    return page("diff.html", context | views | {"groups": by_kind(diff), "summary": summary(diff)}, ("report.js",))
