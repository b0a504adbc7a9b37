"""A draft of a rectification notice for each site with something to correct, DOCX and PDF; a person decides."""

import base64
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from auditor.model import SiteAudit
from reports import Options
from reports.i18n import say
from reports.names import slug
from reports.notice import TO_CORRECT, Block, Image, blocks
from reports.paper import Paper

SUFFIX = ".docx"
BINARY = True


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield one DOCX with the draft of each site; a site with nothing to correct is told in a sentence."""
    drafts = [[None, *blocks(audit, options)] for audit in audits]
    yield _paper(options).copy([block for draft in drafts for block in draft][1:])


def files(audits: Iterable[SiteAudit], options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """Yield a DOCX for each site with something to correct, and a PDF of the same content where there is a printer."""
    paper = _paper(options)
    for audit in audits:
        if audit.verdict in TO_CORRECT:
            draft, name = tuple(blocks(audit, options)), f"notices/{slug(audit.site)}"
            yield f"{name}{SUFFIX}", [paper.copy(draft)]
            if options.printer:
                yield f"{name}.pdf", [options.printer(html(draft, options))]


def _paper(options: Options) -> Paper:
    return Paper.of(options.template, say("notice.title", options.language))


def html(draft: Iterable[Block], options: Options) -> str:
    """A draft as a page to be printed: no script, nothing fetched."""
    language = "zh-CN" if options.language == "zh" else "en"
    title, body = say("notice.title", options.language), Markup("\n").join(_tag(block) for block in draft)
    return Markup(_PAGE).format(language=language, title=title, body=body)


_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: A4; margin: 25mm 28mm; @bottom-center {{ content: "— " counter(page) " —"; font: 10pt serif; }} }}
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
        return Markup('<img alt="{}" src="data:image/jpeg;base64,{}">').format(
            block.told, base64.b64encode(block.jpeg).decode()
        )
    names = [name for name in ("bold", "middle", "indent", "warning") if getattr(block, name)]
    return Markup('<p class="{}">{}</p>').format(" ".join([f"s{block.size:.0f}", *names]), block.text)
