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


def test_a_failure_tells_its_grounds_and_places(audit: SiteAudit) -> None:
    told = ET.fromstring(reports.render("junit", [audit], Options())).find(".//failure")
    assert told is not None and told.text
    lines = told.text.splitlines()
    assert lines[0].startswith("依据（部门规章）：《互联网信息服务算法推荐管理规定》第二十六条")
    assert lines[-2].startswith("怎样改：")
    assert lines[-1] == f"{audit.site} footer > p:nth-of-type(2) {audit.disclosures[0].number}"
