"""What a draft of a rectification notice says, block by block, whatever document it becomes.

It quotes what was seen and what is asked, with pictures. What a program cannot tell is listed apart, as
not established.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache, partial

from auditor.model import Finding, Outcome, Severity, SiteAudit, Verdict
from reports import Options, sentences
from reports.i18n import Language, labelled, pick, say
from reports.page import when
from reports.pictures import Picture, drawn
from reports.safe import clean

TO_CORRECT = (Verdict.VIOLATION, Verdict.WARNING)
BODY, SMALL, NOTE = 16.0, 12.0, 10.0
"""Sizes in points; 16 is 三号, the body size of official documents (GB/T 9704)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str
    size: float = BODY  # points
    bold: bool = False
    middle: bool = False
    indent: bool = False
    warning: bool = False  # said so that nobody overlooks it


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with the place outlined."""

    jpeg: bytes
    told: str  # for those who cannot see it


Block = Line | Image
Read = Callable[[str], Picture | None]
"""A picture of the site by its file."""

_BEIJING = timezone(timedelta(hours=8))
_BLANKS = re.compile("\u3000|(?<=_) |(?<=。)(?=联系人)|(?<=[.]) (?=Contact)")
"""Parts the places to fill in, so that each stands on a line of its own."""


def blocks(audit: SiteAudit, options: Options) -> Iterator[Block]:
    """The draft for one site; a site with nothing to correct is told in a sentence."""
    language = options.language
    opening = say("notice.opening", language).format(
        site=clean(audit.site, 200), time=_beijing(audit.taken_at, language)
    )
    yield Line(say("notice.draft", language), 11, warning=True)
    yield Line(say("notice.title", language), 22, bold=True, middle=True)
    yield Line(labelled(clean(audit.seed.operator or audit.seed.name or audit.site, 120), "", language))
    yield Line(opening)
    yield Line(pick(sentences.verdict(audit), language), bold=True)
    if audit.verdict in TO_CORRECT:
        yield from _findings(audit, options)
        yield Line(say("notice.deadline", language))
        yield from map(Line, _BLANKS.split(say("notice.objection", language)))
    yield from map(Line, _BLANKS.split(say("notice.signature", language)))
    yield from _annex(audit, language)


def _findings(audit: SiteAudit, options: Options) -> Iterator[Block]:
    language, read = options.language, cache(partial(options.album, audit))  # several findings point at one place
    failed = [*sentences.failed(audit, Severity.VIOLATION), *sentences.failed(audit, Severity.WARNING)]
    for number, finding in enumerate(failed, 1):
        yield from _finding(number, audit, finding, read, language)
    doubtful = sentences.of_outcome(audit, Outcome.NEEDS_REVIEW)
    if doubtful:
        yield Line(say("notice.doubtful", language), bold=True)
    for finding in doubtful:
        yield Line(clean(pick(finding.message, language)), SMALL, indent=True)


def _finding(number: int, audit: SiteAudit, finding: Finding, read: Read, language: Language) -> Iterator[Block]:
    kind = say(f"severity.{finding.severity}", language)
    yield Line(f"{number}. [{kind}] {clean(pick(finding.message, language))}", bold=True)
    for citation in finding.basis:
        yield Line(pick(sentences.grounds(citation), language), SMALL, indent=True)
    if sentences.needs_proxy_note(finding):
        yield Line(say("proxy-note", language), SMALL, indent=True)
    for evidence in finding.evidence:
        quote = f"“{clean(evidence.quote, 300)}” " if evidence.quote else ""
        told = quote + clean(evidence.page, 300)
        yield Line(labelled(say("evidence", language), told, language), SMALL, indent=True)
    yield from _pictures(audit, finding, read, language)
    yield Line(labelled(say("remedy", language), clean(pick(finding.remedy, language)), language), indent=True)


def _pictures(audit: SiteAudit, finding: Finding, read: Read, language: Language) -> Iterator[Block]:
    """Each place that the finding points at, once, with the outline drawn in; dashed where nothing is to be seen."""
    views = (view for _, _, view in sentences.measured(audit, finding))
    hidden = {view.screenshot.file: not view.visible for view in views if view.screenshot}
    places = {(one.screenshot, one.box) for one in finding.evidence if one.screenshot}
    for file, box in sorted(places, key=str):
        picture = read(file) if file else None
        image = _drawn(picture, box, dashed=hidden.get(file, False)) if picture else None
        if picture and image:
            yield Image(image, f"{say('evidence', language)} {file}")
            yield Line(f"{file}  SHA-256 {picture.sha256}", 9)


def _beijing(time: str, language: Language) -> str:
    """An ISO 8601 time as those read it who get the notice; the annex has it in UTC, as the evidence does.

    >>> _beijing("2026-11-24T17:05:00Z", "zh")
    '2026年11月25日01:05（北京时间）'
    """
    try:
        told = datetime.fromisoformat(time).astimezone(_BEIJING)
    except (ValueError, OverflowError):
        return clean(time, 40)
    if language == "zh":
        return f"{told.year}年{told.month}月{told.day}日{told:%H:%M}（北京时间）"
    return f"{told:%Y-%m-%d %H:%M} Beijing time (UTC+8)"


_drawn = lru_cache(16)(drawn)


def _annex(audit: SiteAudit, language: Language) -> Iterator[Line]:
    yield Line(say("notice.annex", language), bold=True)
    made = audit.provenance
    rows = (
        ("site", audit.site),
        ("taken-at", when(audit.taken_at)),
        ("version", f"gongshi {made.gongshi}"),
        ("browser", made.browser or say("none", language)),
        ("capture-hash", made.capture_sha256),
        ("rules-digest", made.rules),
        ("policy-digest", made.policy),
    )
    for key, value in rows:
        yield Line(labelled(say(key, language), clean(value, 300), language), NOTE)
    yield Line(f"{say('person-decides', language)} {say('unreached-note', language)}", NOTE)
