"""A document of an office, opened once and filled for each site.

Its page, styles, head and foot are packed once; a copy adds what differs: the body, its pictures, and which picture is
which (ECMA-376 part 1: WordprocessingML 17.3, DrawingML 20.4; part 2 for the package).
"""

import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree
from markupsafe import escape
from PIL import Image as Pixels

from reports.notice import BODY, Block, Image, Line

_HERE = b"<!--gongshi-->"
_WIDEST, _HIGHEST = Cm(15), Cm(11)
_PIXEL = 9525  # EMU: 914,400 an inch, 96 pixels an inch
_RED = "A3162A"
_FIRST_ID = 10_000  # of drawings; those of a template have lower ones
_PICTURE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_LINKS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'

_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_EDGE = f'w:val="single" w:sz="4" w:space="4" w:color="{_RED}"'
_FRAME = f"<w:pBdr><w:top {_EDGE}/><w:left {_EDGE}/><w:bottom {_EDGE}/><w:right {_EDGE}/></w:pBdr>"
_DRAWING = (
    "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing>"
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name="gongshi{number}" descr="{told}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="gongshi{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="gongshi{number}"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:ln w="6350"><a:solidFill><a:srgbClr val="888888"/></a:solidFill></a:ln></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What all copies share."""

    packed: bytes  # the package without the two parts that differ: the main one, and what that refers to
    main: str  # name of the main part
    before: bytes  # of the main part, up to the text
    after: bytes
    links: bytes  # what the main part of the template refers to

    @classmethod
    def of(cls, template: Path | None, title: str) -> "Paper":
        """Open an office's own template; None: a plain page. Raises OSError, and what python-docx does."""
        document = Document(str(template) if template else None)
        if template is None:
            _make_plain(document, title)
        body, out = document.element.body, BytesIO()
        place = body[-1].addprevious if len(body) and body[-1].tag == qn("w:sectPr") else body.append
        place(etree.Comment("gongshi"))
        document.save(out)
        return cls._of(out, document.part.partname.lstrip("/"))

    @classmethod
    def _of(cls, saved: BytesIO, main: str) -> "Paper":
        out, links = BytesIO(), _links_of(main)
        with zipfile.ZipFile(saved) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            parts = {name: package.read(name) for name in package.namelist()}
            before, _, after = parts.pop(main).rpartition(_HERE)
            linked = parts.pop(links, _LINKS)
            for name, data in parts.items():
                _write(packed, name, _with_jpeg(data) if name == "[Content_Types].xml" else data)
        return cls(out.getvalue(), main, before, after, linked)

    def copy(self, blocks: Iterable[Block | None]) -> bytes:
        """A document with these blocks after what the template holds; None begins a page."""
        pictures: dict[bytes, int] = {}
        body = "".join(_xml(block, place, pictures) for place, block in enumerate(blocks))
        told = "".join(
            f'<Relationship Id="gongshi{n}" Type="{_PICTURE}" Target="media/gongshi{n}.jpeg"/>'
            for n in pictures.values()
        )
        out = BytesIO()
        out.write(self.packed)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
            _write(package, self.main, self.before + body.encode() + self.after)
            end = b"</Relationships>"
            _write(package, _links_of(self.main), self.links.replace(end, told.encode() + end))
            for data, number in pictures.items():
                name = posixpath.join(posixpath.dirname(self.main), f"media/gongshi{number}.jpeg")
                _write(package, name, data, zipfile.ZIP_STORED)
        return out.getvalue()


def _write(package: zipfile.ZipFile, name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    """Add a part without a time, so that the same content gives the same bytes."""
    package.writestr(zipfile.ZipInfo(name), data, how)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _with_jpeg(types: bytes) -> bytes:
    """The list of types of a package, pictures among them."""
    end = b"</Types>"
    known = b'Extension="jpeg"' in types
    return types if known else types.replace(end, b'<Default Extension="jpeg" ContentType="image/jpeg"/>' + end)


def _make_plain(document: Opened, title: str) -> None:
    """Give the page and the type of official documents: GB/T 9704, A4, 仿宋 三号, numbered at its foot."""
    normal, section, told = document.styles["Normal"], document.sections[0], document.core_properties
    normal.font.name, normal.font.size = "Times New Roman", Pt(BODY)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    told._element.clear()  # of python-docx's own document: its author, its time
    told.title, told.author = title, "gongshi"
    foot, field = section.footer.paragraphs[0], OxmlElement("w:fldSimple")
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field.set(qn("w:instr"), "PAGE")
    foot.add_run("— ").font.size = Pt(10)
    foot._p.append(field)
    foot.add_run(" —").font.size = Pt(10)


def _xml(block: Block | None, place: int, pictures: dict[bytes, int]) -> str:
    if block is None:
        return _BREAK
    if isinstance(block, Line):
        return _paragraph(block)
    number = pictures.setdefault(block.jpeg, len(pictures) + 1)  # the same picture is kept once
    return _drawing(block, number, _FIRST_ID + place)


def _paragraph(line: Line) -> str:
    of_paragraph = "".join(
        (
            "<w:keepNext/>" * line.bold,
            _FRAME * line.warning,
            '<w:ind w:left="425"/>' * line.indent,
            '<w:jc w:val="center"/>' * line.middle,
        )
    )
    of_text = "".join(
        (
            "<w:b/>" * line.bold,
            f'<w:color w:val="{_RED}"/>' * line.warning,
            f'<w:sz w:val="{2 * line.size:.0f}"/>',
        )
    )
    text = f'<w:t xml:space="preserve">{escape(line.text)}</w:t>'
    return f"<w:p><w:pPr>{of_paragraph}</w:pPr><w:r><w:rPr>{of_text}</w:rPr>{text}</w:r></w:p>"


def _drawing(image: Image, number: int, identity: int) -> str:
    """As large as on the screen, smaller where the page does not hold it."""
    width, height = (_PIXEL * edge for edge in _size(image.jpeg))
    scale = min(1, _WIDEST / width, _HIGHEST / height)
    size = {"width": round(width * scale), "height": round(height * scale)}
    return _DRAWING.format(**size, number=number, id=identity, told=escape(image.told))


@lru_cache(16)
def _size(jpeg: bytes) -> tuple[int, int]:
    return Pixels.open(BytesIO(jpeg)).size
