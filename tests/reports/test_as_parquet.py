import sys

import pytest

import reports
from auditor.model import SiteAudit
from reports import Options, UnavailableError


def test_a_missing_library_is_told_with_what_to_do(audit: SiteAudit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UnavailableError, match="pip install pyarrow"):
        reports.render("parquet", [audit], Options())
