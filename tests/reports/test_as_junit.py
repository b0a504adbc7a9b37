from xml.etree import ElementTree as ET

import reports
from auditor.model import SiteAudit
from reports import Options


def suites(*audits: SiteAudit) -> list[ET.Element]:
    return list(ET.fromstring(reports.render("junit", audits, Options(language="en"))))


def test_a_case_a_rule(audit: SiteAudit) -> None:
    (suite,) = suites(audit)
    told = {case.get("name"): [part.tag for part in case] for case in suite}
    assert told == {
        "algorithm-number-linked": ["failure"],
        "number-contrast": ["skipped"],
        "number-in-registry": ["skipped"],
        "number-visible": [],
        "icp-number-shown": ["skipped"],
        "footer-reachable": ["error"],
    }
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["6", "1", "1", "3"]


def test_a_failure_says_why_and_what_to_do(audit: SiteAudit) -> None:
    text = suites(audit)[0].findtext("testcase/failure") or ""
    assert "第二十六条" in text
    assert "What to do: Link the number" in text
    assert audit.site in text


def test_unreached_is_skipped_not_failed(unreached: SiteAudit) -> None:
    (suite,) = suites(unreached)
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["1", "0", "0", "1"]
