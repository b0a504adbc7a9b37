from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document

import reports
from auditor.model import Finding, SiteAudit, Text
from reports import Options
from reports.as_notice import html
from reports.i18n import word
from reports.notice import Image, Line, blocks
from reports.pictures import Album


def lines(audit: SiteAudit, options: Options) -> list[str]:
    return [block.text for block in blocks(audit, options) if isinstance(block, Line)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_docx_and_page_say_the_same(audit: SiteAudit, album: Album, language: reports.Language) -> None:
    options = Options(language=language, album=album)
    told = lines(audit, options)
    document = Document(BytesIO(reports.render("notice", [audit], options)))
    assert [one.text for one in document.paragraphs if one.text] == told
    page = html(blocks(audit, options), options)
    assert all(word_ in page for word_ in ("c" * 64, "d" * 64, "data:image/jpeg;base64,"))
    assert page.count("<p ") == len(told)


def test_a_picture_stands_before_its_hash(audit: SiteAudit, album: Album) -> None:
    made = list(blocks(audit, Options(album=album)))
    (place,) = (number for number, block in enumerate(made) if isinstance(block, Image))
    after = made[place + 1]
    assert isinstance(after, Line) and "SHA-256 " + "d" * 64 in after.text


def test_hostile_text_stays_text_on_the_page(hostile: SiteAudit) -> None:
    page = html(blocks(hostile, Options()), Options())
    assert "<script" not in page and "onerror=window" not in page.replace("&lt;img src=x onerror=window", "")


def test_a_finding_that_says_itself_that_the_law_names_no_number_is_not_told_it_twice(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    note = word("proxy-note")
    silent, telling = (
        make_finding("number-text-size", message=Text(f"字号 8 px。{zh}", f"8 px. {en}"))
        for zh, en in (("", ""), (note.zh, note.en))
    )
    for finding in (silent, telling):
        said = "\n".join(lines(make_audit(findings=(finding,)), Options()))
        assert said.count(note.zh) == 1


def test_a_pdf_stands_beside_the_docx_where_there_is_a_printer(audit: SiteAudit, unreached: SiteAudit) -> None:
    printed: list[str] = []

    def printer(page: str) -> bytes:
        printed.append(page)
        return b"%PDF"

    form = reports.load("notice")
    made = [name.rpartition(".")[2] for name, _ in form.files([audit, unreached], Options(printer=printer))]  # type: ignore[attr-defined]
    assert made == ["docx", "pdf"]
    assert printed == [html(blocks(audit, Options()), Options())]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_blank_to_fill_in_stands_on_a_line_of_its_own(audit: SiteAudit, language: reports.Language) -> None:
    told = lines(audit, Options(language=language))
    assert all(line.count("：＿") + line.count(": _") <= 1 for line in told)


def test_a_time_that_is_none_is_told_as_it_is(make_audit: Callable[..., SiteAudit]) -> None:
    assert any(" 昨天 " in line for line in lines(make_audit(taken_at="昨天"), Options()))
