from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

import reports
from auditor.model import SiteAudit
from reports import Options, as_xlsx
from reports.frames import tables, values


def book(*audits: SiteAudit) -> Workbook:
    return load_workbook(BytesIO(reports.render("xlsx", audits, Options())))


def test_sheets_are_frozen_and_filtered(audit: SiteAudit) -> None:
    made = book(audit)
    assert made.sheetnames == ["sites", "pages", "disclosures", "findings", "columns"]
    assert all(sheet.freeze_panes == "B2" for sheet in made)
    assert made["pages"].auto_filter.ref == "A1:I3"


def test_cells_are_typed(audit: SiteAudit) -> None:
    sheet = book(audit)["sites"]
    values = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}
    assert values["pages"].value == 2
    assert values["confidence"].value == 1.0
    assert values["declared"].value is True
    assert values["taken_at"].value == datetime(2026, 11, 24, 7)  # noqa: DTZ001 - Excel knows no zones
    assert values["site"].hyperlink.target == audit.site


def test_quiet_findings_are_left_out(audit: SiteAudit) -> None:
    rules = [row[1].value for row in book(audit)["findings"].iter_rows(min_row=2)]
    assert rules == ["algorithm-number-linked", "number-contrast", "number-in-registry", "footer-reachable"]


def test_nothing_is_a_formula_or_an_error(hostile: SiteAudit, audit: SiteAudit) -> None:
    for sheet in book(hostile, audit):
        for row in sheet.iter_rows():
            assert not {cell.data_type for cell in row} & {"f", "e"}


def test_the_text_itself_is_kept(hostile: SiteAudit) -> None:
    assert str(book(hostile)["sites"]["C2"].value).startswith("=HYPERLINK(1)")


def test_every_sheet_holds_the_rows_of_its_table(audit: SiteAudit, unreached: SiteAudit) -> None:
    made, frames = book(audit, unreached), tables([audit, unreached])
    for name in ("pages", "disclosures"):
        told = [[cell.value for cell in row] for row in made[name].iter_rows(min_row=2)]
        columns = [values(frames[name][column]) for column in frames[name]]
        fit = [[" ".join(one) if isinstance(one, tuple) else one for one in row] for row in zip(*columns, strict=True)]
        assert told == [[None if one == "" else one for one in row] for row in fit]


def test_types_of_long_tables(audit: SiteAudit) -> None:
    sheet = book(audit)["disclosures"]
    told = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}
    assert told["own"].value is True and told["own"].data_type == "b"
    assert (told["clicks"].value, told["desktop_font_px"].value) == (0, 12.0)
    assert told["number"].data_type == "s"


def test_a_table_longer_than_a_sheet_goes_on_in_another(
    make_audit: Callable[..., SiteAudit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_xlsx, "ROWS", 4)
    made = book(*(make_audit(site=f"https://s{number}.example.cn/") for number in range(3)))
    assert made.sheetnames[:6] == ["sites", "pages", "pages 2", "disclosures", "disclosures 2", "disclosures 3"]
    assert made.sheetnames[6:] == ["findings", "findings 2", "findings 3", "columns"]
    assert [made[name].max_row for name in ("pages", "pages 2", "findings 3")] == [5, 3, 5]


def test_links_end_where_excel_opens_no_more(
    make_audit: Callable[..., SiteAudit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_xlsx, "LINKS", 1)
    sheet = book(make_audit(), make_audit())["sites"]
    assert [bool(sheet.cell(row, 1).hyperlink) for row in (2, 3)] == [True, False]
