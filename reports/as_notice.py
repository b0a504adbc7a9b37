"""A draft of a rectification notice for each site with something to correct, DOCX and PDF; a person decides."""

import base64
from collections.abc import Iterable, Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as Notice
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from markupsafe import Markup

from auditor.model import SiteAudit
from reports import Options
from reports.names import slug
from reports.notice import BODY, TO_CORRECT, Block, Image, Line, blocks

SUFFIX = ".docx"
BINARY = True

_WIDTH = Cm(15)
_RED = RGBColor(0xA3, 0x16, 0x2A)


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield one DOCX with the draft of each site; a site with nothing to correct is told in a sentence."""
    document = _begin(options)
    for number, audit in enumerate(audits):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in blocks(audit, options):
            _add(document, block)
    yield _bytes(document)


def files(audits: Iterable[SiteAudit], options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """Yield a DOCX for each site with something to correct, and a PDF of the same content where there is a printer."""
    for audit in audits:
        if audit.verdict in TO_CORRECT:
            yield f"notices/{slug(audit.site)}{SUFFIX}", [b"".join(render([audit], options))]
            if options.printer:
                yield f"notices/{slug(audit.site)}.pdf", [options.printer(html(audit, options))]


def html(audit: SiteAudit, options: Options) -> str:
    """The draft as a page to be printed: no script, nothing fetched."""
    language = "zh-CN" if options.language == "zh" else "en"
    body = Markup("\n").join(_tag(block) for block in blocks(audit, options))
    return Markup(_PAGE).format(language=language, body=body)


_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>gongshi</title><style>
@page {{ size: A4; margin: 25mm 28mm; }}
body {{ font: 16pt/1.6 "Times New Roman", FangSong, "仿宋", "Noto Serif CJK SC", "Noto Sans CJK SC", serif;
  margin: 0; overflow-wrap: anywhere; }}
p {{ margin: 0 0 8pt; orphans: 2; widows: 2; }}
.bold {{ font-weight: 700; break-after: avoid; }} .middle {{ text-align: center; }} .indent {{ margin-left: 7.5mm; }}
.warning {{ color: #a3162a; border: 1pt solid; padding: 3pt 6pt; }}
.s22 {{ font-size: 22pt; line-height: 1.3; margin: 12pt 0 16pt; }}
.s12 {{ font-size: 12pt; line-height: 1.5; margin-bottom: 4pt; }} .s11 {{ font-size: 11pt; }}
.s10 {{ font-size: 10pt; line-height: 1.45; margin-bottom: 3pt; }} .s9 {{ font-size: 9pt; }}
img {{ display: block; max-width: 150mm; max-height: 110mm; border: .5pt solid #888; break-after: avoid; }}
</style><body>{body}</body></html>"""


def _tag(block: Block) -> Markup:
    if isinstance(block, Image):
        return Markup('<img alt="" src="data:image/png;base64,{}">').format(base64.b64encode(block.png).decode())
    names = [name for name in ("bold", "middle", "indent", "warning") if getattr(block, name)]
    return Markup('<p class="{}">{}</p>').format(" ".join([f"s{block.size:.0f}", *names]), block.text)


def _begin(options: Options) -> Notice:
    """The office's own template, or a plain page in the type of official documents (GB/T 9704: 仿宋, 三号)."""
    document = Document(str(options.template) if options.template else None)
    if options.template is None:
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(BODY)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
        for section in document.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = Cm(2.8)
    return document


def _add(document: Notice, block: Block) -> None:
    if isinstance(block, Image):
        document.add_picture(BytesIO(block.png), width=_WIDTH)
    else:
        _paragraph(document, block)


def _paragraph(document: Notice, line: Line) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text)
    run.bold, run.font.size = line.bold, Pt(line.size)
    paragraph.paragraph_format.keep_with_next = line.bold
    if line.warning:
        run.font.color.rgb = _RED
    if line.middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if line.indent:
        paragraph.paragraph_format.left_indent = Cm(0.75)


def _bytes(document: Notice) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
