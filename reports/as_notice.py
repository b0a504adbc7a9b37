"""A draft of a rectification notice (DOCX) for each site with something to correct; a person decides.

It quotes what was seen and what is asked, with pictures. What a program cannot tell is listed apart, as
not established.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as Notice
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from auditor.model import Finding, Outcome, Severity, SiteAudit, Verdict
from reports import Options, sentences
from reports.i18n import Language, pick, say
from reports.names import slug
from reports.page import when
from reports.pictures import Picture, drawn
from reports.safe import clean

SUFFIX = ".docx"
BINARY = True

_WIDTH = Cm(15)
_TO_CORRECT = (Verdict.VIOLATION, Verdict.WARNING)


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield one document with the draft of each site; a site with nothing to correct is told in a sentence."""
    document = _begin(options)
    for number, audit in enumerate(audits):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _site(document, audit, options)
    yield _bytes(document)


def files(audits: Iterable[SiteAudit], options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """Yield a document for each site with something to correct."""
    for audit in audits:
        if audit.verdict in _TO_CORRECT:
            yield f"notices/{slug(audit.site)}{SUFFIX}", [b"".join(render([audit], options))]


def _begin(options: Options) -> Notice:
    """The office's own template, or a plain page in the type of official documents (GB/T 9704: 仿宋, 三号)."""
    document = Document(str(options.template) if options.template else None)
    if options.template is None:
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(16)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
        for section in document.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = Cm(2.8)
    return document


def _site(document: Notice, audit: SiteAudit, options: Options) -> None:
    language = options.language
    _line(document, say("notice.draft", language), size=11, color=RGBColor(0xA3, 0x16, 0x2A))
    _line(document, say("notice.title", language), size=22, bold=True, middle=True)
    _line(document, _labelled(clean(audit.seed.operator or audit.seed.name or audit.site, 120), "", language))
    _line(
        document,
        say("notice.opening", language).format(site=clean(audit.site, 200), time=when(clean(audit.taken_at, 40))),
    )
    _line(document, pick(sentences.verdict(audit), language), bold=True)
    if audit.verdict in _TO_CORRECT:
        _findings(document, audit, options)
        _line(document, say("notice.deadline", language))
        _line(document, say("notice.objection", language))
    _line(document, say("notice.signature", language))
    _annex(document, audit, language)


def _findings(document: Notice, audit: SiteAudit, options: Options) -> None:
    language = options.language
    failed = [*sentences.failed(audit, Severity.VIOLATION), *sentences.failed(audit, Severity.WARNING)]
    for number, finding in enumerate(failed, 1):
        _finding(document, number, audit, finding, options)
    doubtful = sentences.of_outcome(audit, Outcome.NEEDS_REVIEW)
    if doubtful:
        _line(document, say("notice.doubtful", language), bold=True)
        for finding in doubtful:
            _line(document, clean(pick(finding.message, language)), size=12, indent=True)


def _finding(document: Notice, number: int, audit: SiteAudit, finding: Finding, options: Options) -> None:
    language = options.language
    kind = say(f"severity.{finding.severity}", language)
    _line(document, f"{number}. [{kind}] {clean(pick(finding.message, language))}", bold=True)
    for citation in finding.basis:
        level = say(f"level.{citation.level}", language)
        _line(
            document,
            f"{say('basis', language)}（{level}）：{pick(sentences.cited(citation), language)}",
            12,
            indent=True,
        )
    if sentences.needs_proxy_note(finding):
        _line(document, say("proxy-note", language), size=12, indent=True)
    for evidence in finding.evidence:
        quote = f"“{clean(evidence.quote, 300)}” " if evidence.quote else ""
        told = quote + clean(evidence.page, 300)
        _line(document, _labelled(say("evidence", language), told, language), size=12, indent=True)
    _pictures(document, audit, finding, options)
    remedy = clean(pick(finding.remedy, language))
    _line(document, _labelled(say("remedy", language), remedy, language), indent=True)


def _pictures(document: Notice, audit: SiteAudit, finding: Finding, options: Options) -> None:
    """Each place that the finding points at, once, with the outline drawn in; dashed where nothing is to be seen."""
    views = (view for _, _, view in sentences.measured(audit, finding))
    hidden = {view.screenshot.file: not view.visible for view in views if view.screenshot}
    places = {(one.screenshot, one.box) for one in finding.evidence if one.screenshot}
    for file, box in sorted(places, key=str):
        picture = options.album(audit, file) if file else None
        image = drawn(picture, box, dashed=hidden.get(file, False)) if picture else None
        if picture and image:
            document.add_picture(BytesIO(image), width=_WIDTH)
            _line(document, f"{file}  SHA-256 {picture.sha256 or _unknown(picture)}", size=9)


def _labelled(label: str, text: str, language: Language) -> str:
    return label + ("：" if language == "zh" else ": ") + text


def _unknown(picture: Picture) -> str:
    return f"({len(picture.data)} B)"


def _annex(document: Notice, audit: SiteAudit, language: Language) -> None:
    _line(document, say("notice.annex", language), bold=True)
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
        _line(document, _labelled(say(key, language), clean(value, 300), language), size=10)
    _line(document, f"{say('person-decides', language)} {say('unreached-note', language)}", size=10)


def _line(
    document: Notice,
    text: str,
    size: float = 16,
    *,
    bold: bool = False,
    middle: bool = False,
    indent: bool = False,
    color: RGBColor | None = None,
) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if color is not None:
        run.font.color.rgb = color
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.left_indent = Cm(0.75)


def _bytes(document: Notice) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
