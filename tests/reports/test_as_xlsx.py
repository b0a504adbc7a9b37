from datetime import datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook

import reports
from auditor.model import SiteAudit
from reports import Options


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
