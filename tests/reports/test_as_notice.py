from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.shared import Cm, Emu
from PIL import Image as Pixels

import reports
from auditor.model import Finding, Outcome, SiteAudit, Verdict
from reports import Options
from reports.names import slug
from reports.pictures import Album, Picture


def paragraphs(data: bytes) -> str:
    return "\n".join(one.text for one in Document(BytesIO(data)).paragraphs)


def png() -> bytes:
    image = BytesIO()
    Pixels.new("RGB", (20, 20), "red").save(image, "PNG")
    return image.getvalue()


@pytest.fixture
def text(audit: SiteAudit, album: Album) -> str:
    return paragraphs(reports.render("notice", [audit], Options(album=album)))


def test_it_is_marked_as_a_draft_for_a_person(text: str) -> None:
    assert text.startswith("草稿。由程序生成，供人工审定")
    assert "审定人：＿" in text


def test_it_names_whom_what_and_by_when(text: str, audit: SiteAudit) -> None:
    assert f"{audit.seed.operator}：" in text
    assert "第二十六条" in text
    assert "请于＿＿＿＿年" in text
    assert "怎样改：请在编号旁附上" in text


def test_what_must_be_checked_is_apart_and_advice_is_left_out(text: str) -> None:
    assert text.index("核实之前不得作为认定依据") < text.index("number-in-registry")
    assert "number-contrast" not in text


def test_pictures_are_in_it_with_their_hash(audit: SiteAudit, album: Album, text: str) -> None:
    assert len(Document(BytesIO(reports.render("notice", [audit], Options(album=album)))).inline_shapes) == 1
    assert "shots/0-desktop-1.webp  SHA-256 " + "d" * 64 in text


def test_the_annex_holds_the_hashes(text: str) -> None:
    annex = text[text.index("附件：取证信息") :]
    assert "c" * 64 in annex
    assert "取证时间：2026-11-24 07:00 UTC" in annex


def test_only_sites_with_something_to_correct_get_one(
    audit: SiteAudit,
    unreached: SiteAudit,
    make_audit: Callable[..., SiteAudit],
    make_finding: Callable[..., Finding],
    tmp_path: Path,
) -> None:
    review = make_audit(
        site="https://r.example.cn/", verdict=Verdict.REVIEW, findings=(make_finding("a", Outcome.NEEDS_REVIEW),)
    )
    (path,) = reports.save("notice", [audit, unreached, review], Options(), tmp_path)
    assert path.name.startswith("chat.lanhe.example.cn-")


def test_an_office_can_use_its_own_template(audit: SiteAudit, tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("某市互联网信息办公室")
    own.save(str(tmp_path / "own.docx"))
    text = paragraphs(reports.render("notice", [audit], replace(Options(), template=tmp_path / "own.docx")))
    assert text.startswith("某市互联网信息办公室\n草稿")


def test_no_blame_for_a_site_that_was_not_reached(unreached: SiteAudit) -> None:
    text = paragraphs(reports.render("notice", [unreached], Options()))
    assert "不计为不符合" in text
    assert "请于" not in text


def test_pictures_fit_the_page_and_keep_their_shape(audit: SiteAudit) -> None:
    image = BytesIO()
    Pixels.new("RGB", (390, 1688), "white").save(image, "JPEG")
    tall = Picture(image.getvalue(), (0.0, 0.0, 390.0, 1688.0), 1.0, "d" * 64)
    data = reports.render("notice", [audit], Options(album=lambda _audit, _file: tall))
    (shape,) = Document(BytesIO(data)).inline_shapes
    width, height = Emu(shape.width), Emu(shape.height)
    assert width <= Cm(15) and height <= Cm(11)
    assert abs(height / width - 1688 / 390) < 0.01


def test_copies_of_one_template_share_nothing(audit: SiteAudit, album: Album, tmp_path: Path) -> None:
    """What differs is in each; page, head and foot are in all of them."""
    own = Document()
    own.sections[0].header.paragraphs[0].text = "某市互联网信息办公室"
    own.add_picture(BytesIO(png()))
    own.save(str(tmp_path / "own.docx"))
    sites = [replace(audit, site=f"https://s{number}.example.cn/") for number in range(3)]
    options = Options(album=album, template=tmp_path / "own.docx")
    made = dict(reports.load("notice").files(sites, options))  # type: ignore[attr-defined]
    for site in sites:
        (data,) = made[f"notices/{slug(site.site)}.docx"]
        document, text = Document(BytesIO(data)), paragraphs(data)
        assert document.sections[0].header.paragraphs[0].text == "某市互联网信息办公室"
        assert len(document.inline_shapes) == 2
        assert [other.site in text for other in sites] == [other is site for other in sites]
        assert all(shape_data(document, place) for place in (0, 1))


def shape_data(document: Opened, place: int) -> bytes:
    embed = document.inline_shapes[place]._inline.graphic.graphicData.pic.blipFill.blip.embed
    return bytes(document.part.related_parts[embed].blob)


def test_several_sites_begin_on_pages_of_their_own(audit: SiteAudit) -> None:
    xml = Document(BytesIO(reports.render("notice", [audit, audit, audit], Options()))).element.xml
    assert xml.count('<w:br w:type="page"/>') == 2


def test_hostile_text_stays_text(hostile: SiteAudit) -> None:
    assert "</script><script>window.hacked=1</script>" in paragraphs(reports.render("notice", [hostile], Options()))


def test_an_empty_run_makes_an_empty_document() -> None:
    assert paragraphs(reports.render("notice", [], Options())) == ""


def test_the_same_draft_gives_the_same_bytes(audit: SiteAudit, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reports.render("notice", [audit], Options())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert reports.render("notice", [audit], Options()) == first
    told = Document(BytesIO(first)).core_properties
    assert (told.title, told.author, told.comments) == ("备案信息展示整改通知（草稿）", "gongshi", "")
