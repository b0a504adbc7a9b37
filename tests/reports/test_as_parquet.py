import sys
from io import BytesIO
from pathlib import Path

import pyarrow.parquet
import pytest

import reports
from auditor.model import SiteAudit
from reports import Options, UnavailableError
from reports.frames import BOOLEAN, COLUMNS, FLOAT, INTEGER, LIST, STRING

TYPES = {STRING: "string", BOOLEAN: "bool", INTEGER: "int64", FLOAT: "double", LIST: "list<element: string>"}


def test_each_table_is_a_file_with_its_types(audit: SiteAudit, unreached: SiteAudit, tmp_path: Path) -> None:
    written = reports.save("parquet", [audit, unreached], Options(), tmp_path)
    assert [path.stem for path in written] == list(COLUMNS)
    for path in written:
        schema = pyarrow.parquet.read_table(path).schema
        told = {name: TYPES[column.dtype] for name, column in COLUMNS[path.stem].items()}
        assert {name: str(schema.field(name).type) for name in told} == told


def test_the_rows_are_those_of_the_audits(audit: SiteAudit, unreached: SiteAudit, tmp_path: Path) -> None:
    reports.save("parquet", [audit, unreached], Options(), tmp_path)
    first, second = pyarrow.parquet.read_table(tmp_path / "sites.parquet").to_pylist()
    assert first["site"] == audit.site
    assert first["algorithm_numbers"] == [audit.disclosures[0].number]
    assert first["类别"] == "对话"
    assert second["reached"] == "blocked"
    (seen, *_) = pyarrow.parquet.read_table(tmp_path / "disclosures.parquet").to_pylist()
    assert (seen["desktop_contrast"], seen["desktop_visible"], seen["mobile_covered"]) == (4.7, True, 0.0)


def test_types_are_those_of_a_full_table_where_there_is_no_row() -> None:
    schema = pyarrow.parquet.read_table(BytesIO(reports.render("parquet", [], Options()))).schema
    assert str(schema.field("evidence").type) == "int64"


def test_a_missing_library_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UnavailableError, match="gongshi\\[parquet\\]"):
        reports.ready("parquet")
