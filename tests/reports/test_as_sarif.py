import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker, ValidationError

import reports
from auditor.model import Evidence, Finding, Outcome, Severity, SiteAudit, Text
from auditor.rules import catalogue
from reports import Options

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json").read_text("utf-8"))
FORMATS = FormatChecker(())
_CHARACTER = r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
ADDRESS = re.compile(rf"[a-z][a-z0-9+.-]*://(?:{_CHARACTER}|\[[0-9a-f:.]+\])*(?:#{_CHARACTER}*)?")
RELATIVE = re.compile(rf"(?![^/?#]*:){_CHARACTER}*(?:#{_CHARACTER}*)?")
"""URI and relative reference, RFC 3986, as far as they occur here."""


@FORMATS.checks("uri")
def is_address(value: object) -> bool:
    return bool(ADDRESS.fullmatch(str(value)))


@FORMATS.checks("uri-reference")
def is_reference(value: object) -> bool:
    return is_address(value) or bool(RELATIVE.fullmatch(str(value)))


def valid(data: Any) -> None:
    Draft4Validator(SCHEMA, format_checker=FORMATS).validate(data)


def log(*audits: SiteAudit) -> Any:
    return json.loads(reports.render("sarif", audits, Options(language="en")))["runs"][0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_follows_the_schema_of_oasis(
    audit: SiteAudit, unreached: SiteAudit, hostile: SiteAudit, language: reports.Language
) -> None:
    valid(json.loads(reports.render("sarif", [audit, unreached, hostile], Options(language=language))))


def test_a_run_without_sites_follows_it_too() -> None:
    valid(json.loads(reports.render("sarif", [], Options())))


def test_the_schema_is_the_whole_one_and_refuses_what_is_wrong(audit: SiteAudit) -> None:
    assert SCHEMA["id"] == json.loads(reports.render("sarif", [], Options()))["$schema"]
    data = json.loads(reports.render("sarif", [audit], Options()))
    region = data["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    region["startline"] = region.pop("startLine")
    with pytest.raises(ValidationError):
        valid(data)


def test_every_address_is_one(make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]) -> None:
    pages = (
        "https://示例.cn/路 径?q=50%#a#[b]",
        "http://[::1]:8080/[x]",
        "dist/",
        "dist/a:b 1.html",
        "c:/x",
        "javascript:x",
    )
    finding = make_finding("number-visible", evidence=tuple(Evidence(page, "") for page in pages))
    data = json.loads(reports.render("sarif", [make_audit(findings=(finding,))], Options()))
    valid(data)
    places = (one["physicalLocation"]["artifactLocation"]["uri"] for one in data["runs"][0]["results"][0]["locations"])
    assert [place for place in places if place.startswith("dist")] == ["dist/index.html", "dist/a%3Ab%201.html"]


def test_every_rule_that_fails_is_explained(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    findings = tuple(make_finding(rule) for rule in catalogue())
    rules = log(make_audit(findings=findings))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(catalogue())
    assert all(rule["fullDescription"]["text"] == catalogue()[rule["id"]].META.requirement.en for rule in rules)


def test_what_must_be_checked_has_no_level(audit: SiteAudit) -> None:
    told = {one["ruleId"]: (one["kind"], one["level"]) for one in log(audit)["results"]}
    assert told == {
        "algorithm-number-linked": ("fail", "error"),
        "number-contrast": ("fail", "note"),
        "number-in-registry": ("review", "none"),
    }


def test_results_name_their_rule(audit: SiteAudit, hostile: SiteAudit) -> None:
    run = log(audit, hostile, audit)
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_help_quotes_the_law_and_says_what_it_does_not_say(audit: SiteAudit) -> None:
    texts = {rule["id"]: rule["help"]["text"] for rule in log(audit)["tool"]["driver"]["rules"]}
    assert "Basis (Departmental rule): 《互联网信息服务算法推荐管理规定》" in texts["algorithm-number-linked"]
    assert "not a finding of unlawfulness" in texts["number-contrast"]


def test_fingerprints_outlive_wording_and_order(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    def prints(*findings: Finding) -> set[str]:
        told = [one["partialFingerprints"] for one in log(make_audit(findings=findings))["results"]]
        assert all(one["primaryLocationLineHash"] == one["gongshi/v1"] + ":1" for one in told)
        return {one["gongshi/v1"] for one in told}

    a, b = make_finding("number-visible"), make_finding("icp-number-shown", severity=Severity.WARNING)
    reworded = replace(a, message=Text("别的话。", "Other words."), outcome=Outcome.NEEDS_REVIEW)
    moved = replace(a, evidence=(replace(a.evidence[0], selector="header"),))
    assert prints(a, b) == prints(b, reworded)
    assert len(prints(a, b, moved)) == 3


def test_unreached_is_a_note_and_no_result(unreached: SiteAudit) -> None:
    run = log(unreached)
    assert run["results"] == []
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "note"
