import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

import reports
from auditor.model import SiteAudit
from reports import Options, as_csv


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def test_the_byte_order_mark_is_an_option(audit: SiteAudit) -> None:
    assert reports.render("csv", [audit], Options()).startswith(b"\xef\xbb\xbfsite,")
    assert reports.render("csv", [audit], Options(bom=False)).startswith(b"site,")


def test_a_run_is_a_file_a_table(audit: SiteAudit, tmp_path: Path) -> None:
    written = reports.save("csv", [audit], Options(), tmp_path)
    assert [path.name for path in written] == ["sites.csv", "pages.csv", "disclosures.csv", "findings.csv"]
    assert [len(rows(path.read_bytes())) for path in written] == [1, 2, 3, 6]


def test_values(audit: SiteAudit) -> None:
    (row,) = rows(reports.render("csv", [audit], Options()))
    assert (row["operator"], row["pages"], row["declared"], row["类别"]) == (
        "上海蓝禾示例科技有限公司",
        "2",
        "True",
        "对话",
    )


def test_no_cell_is_a_formula(hostile: SiteAudit, audit: SiteAudit, tmp_path: Path) -> None:
    for path in reports.save("csv", [hostile, audit], Options(), tmp_path):
        table = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
        assert not any(cell.lstrip()[:1] in ("=", "+", "-", "@") for row in table for cell in row if cell)
    (row, _) = rows((tmp_path / "sites.csv").read_bytes())
    assert row["name"].startswith("'=HYPERLINK(1)")


def test_more_rows_than_a_piece_have_one_heading(
    make_audit: Callable[..., SiteAudit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_csv, "_ROWS", 3)
    data = reports.render("csv", (make_audit(detail=str(number)) for number in range(7)), Options())
    assert data.count(b"site,host") == 1
    assert [row["detail"] for row in rows(data)] == [str(number) for number in range(7)]
