"""The terminal: a table of disclosures, one of findings, then what to do about each. Colour only where asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from textwrap import wrap

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Line

from auditor.model import Citation, Disclosure, Finding, Outcome, Severity, SiteAudit, Text, Verdict
from reports import Options, sentences
from reports.i18n import Language, labelled, pick, say
from reports.safe import clean

SUFFIX = ".txt"
NARROW = 76
"""Columns of a terminal that the table of disclosures needs. On fewer, the cells of a row stand one below the other."""
_NUMBER, _RULE = 33, 24  # columns for a number, for the name of a rule

_VERDICT_STYLES = {
    Verdict.VIOLATION: "bold red",
    Verdict.WARNING: "bold yellow",
    Verdict.REVIEW: "bold cyan",
    Verdict.CLEAN: "bold green",
}
_FAILED_STYLES = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.ADVICE: "blue"}


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield each site as text, then how many sites there were of each verdict if there was more than one."""
    verdicts: list[Verdict] = []
    for audit in audits:
        verdicts.append(audit.verdict)
        yield from _site(audit, options)
    if len(verdicts) > 1:
        yield _print(_totals(verdicts, options.language), options)


@dataclass(frozen=True, slots=True)
class _Terminal:
    language: Language
    width: int
    color: bool


def _print(content: Group, options: Options | _Terminal) -> bytes:
    out = StringIO()
    console = Console(
        file=out,
        width=options.width,
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(content)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).encode()


def _site(audit: SiteAudit, options: Options) -> Iterator[bytes]:
    language = options.language
    yield _print(_summary(audit, language, options.width), options)
    terminal = _Terminal(language, options.width, options.color)
    for _, findings in sentences.groups(audit):
        for one in findings:
            note = sentences.needs_proxy_note(one)
            yield _explanation(one.rule, one.basis, one.remedy, one.html, note, terminal)
    yield _print(Group(Line(), Line(say("person-decides", language), style="dim"), Line()), options)


def _summary(audit: SiteAudit, language: Language, width: int) -> Group:
    name = clean(audit.seed.name or "", 60)
    parts: list[Line | Table | Group | Rule] = [
        Rule(Line(" ".join(filter(None, (name, clean(audit.site, 200))))), align="left", characters="─"),
        Line.assemble(
            (say(f"verdict.{audit.verdict}", language), _VERDICT_STYLES.get(audit.verdict, "bold")),
            "  ",
            pick(sentences.verdict(audit), language),
        ),
    ]
    if any(disclosure.own for disclosure in audit.disclosures):
        parts += [Line(), _disclosures(audit, language, width)]
    parts += _others(audit, language)
    if sentences.groups(audit):
        parts += [Line(), _findings(audit, language, width)]
    return Group(*parts)


def _table(
    title: str, columns: Iterable[tuple[str, int | None]], rows: Iterable[tuple[Line, ...]], width: int
) -> Table | Group:
    if width < NARROW:
        cells = (Padding(cell, (0, 0, 0, 2 * (number > 0))) for row in rows for number, cell in enumerate(row))
        return Group(Line(title, style="bold"), *cells)
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1, 0, 0), expand=True)
    for heading, fixed in columns:
        table.add_column(heading, width=fixed, ratio=None if fixed else 1, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _disclosures(audit: SiteAudit, language: Language, width: int) -> Table | Group:
    own = sentences.distinct(tuple(one for one in audit.disclosures if one.own))
    columns = (
        (say("number", language), _NUMBER),
        (say("kind", language), 14),
        (say("where", language), 17),
        (say("link", language), None),
    )
    return _table(say("disclosures", language), columns, (_disclosure(first, language) for first, *_ in own), width)


def _others(audit: SiteAudit, language: Language) -> list[Line]:
    """How many numbers the pages mention that are not the site's own."""
    others = sentences.distinct(tuple(one for one in audit.disclosures if not one.own))
    return [Line(labelled(say("others", language), str(len(others)), language), style="dim")] if others else []


def _disclosure(disclosure: Disclosure, language: Language) -> tuple[Line, ...]:
    number = Line(_broken(clean(disclosure.number or disclosure.raw, 120), _NUMBER))
    for problem in disclosure.problems:
        number.append("\n" + clean(say(f"problem.{problem}", language), 60), style="yellow")
    place = Line(clean(say(f"region.{disclosure.region}", language), 40))
    for name, view in disclosure.views.items():
        seen = pick(sentences.seen(view), language)
        told = labelled(clean(say(f"view.{name}", language), 20), clean(seen, 40), language)
        place.append(f"\n{told}", style="" if view.visible else "red")
    return (
        number,
        Line(say(f"kind.{disclosure.kind}", language)),
        place,
        Line(say(f"target.{disclosure.link.target}", language)),
    )


def _findings(audit: SiteAudit, language: Language, width: int) -> Table | Group:
    columns = ((say("outcome", language), 14), (say("rule", language), _RULE), (say("finding", language), None))
    rows = (_finding(key, finding, language) for key, group in sentences.groups(audit) for finding in group)
    return _table(say("findings", language), columns, rows, width)


def _finding(key: str, finding: Finding, language: Language) -> tuple[Line, ...]:
    return (
        Line(say(key, language), style=_style(finding)),
        Line(_broken(clean(finding.rule, 60), _RULE)),
        Line(clean(pick(finding.message, language), 600)),
    )


def _broken(text: str, width: int) -> str:
    """A name or a number in lines that end at its hyphens; a text that has wide characters breaks anywhere."""
    return "\n".join(wrap(text, width)) if text.isascii() else text


def _style(finding: Finding) -> str:
    return _FAILED_STYLES[finding.severity] if finding.outcome is Outcome.FAILED else "cyan"


@lru_cache(1024)
def _explanation(
    rule: str, basis: tuple[Citation, ...], remedy: Text, html: str | None, note: bool, terminal: _Terminal
) -> bytes:
    """What a finding rests on and what to do, under the name of its rule: most of it the same on every site."""
    language = terminal.language
    lines = [_indent(Line(pick(sentences.grounds(citation), language))) for citation in basis]
    if note:
        lines.append(_indent(Line(say("proxy-note", language), style="italic")))
    lines.append(_indent(Line(labelled(say("remedy", language), clean(pick(remedy, language), 600), language))))
    if html:
        lines.append(_indent(Line(labelled(say("paste", language), clean(html, 1000), language))))
    return _print(Group(Line(), Line(clean(rule, 60), style="bold"), *lines), terminal)


def _indent(line: Line) -> Padding:
    return Padding(line, (0, 0, 0, 2))


def _totals(verdicts: list[Verdict], language: Language) -> Group:
    counts = [(say(f"verdict.{verdict}", language), verdicts.count(verdict)) for verdict in Verdict]
    told = Line(" · ".join(f"{name} {count}" for name, count in counts if count), style="bold")
    note = [Line(say("unreached-note", language))] if Verdict.UNREACHED in verdicts else []
    return Group(Rule(characters="─"), told, *note)
