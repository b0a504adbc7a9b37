import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator

import reports
from auditor.model import Finding, Outcome, Severity, SiteAudit, Text
from reports import Options

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"required": ["uri"], "properties": {"uri": {"pattern": "^[!-~]+$"}}},
                "region": {"properties": {"startLine": {"minimum": 1}, "snippet": TEXT}},
            },
        }
    },
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REQUIRED = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name", "version", "rules"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id", "shortDescription", "help", "defaultConfiguration"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {"properties": {"level": LEVEL}},
                                            },
                                        },
                                    }
                                },
                            }
                        }
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "ruleIndex", "message", "locations", "partialFingerprints"],
                            "properties": {
                                "kind": {"enum": ["fail", "review"]},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"minItems": 1, "items": LOCATION},
                            },
                        }
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 and the services that read it require of the parts that we write."""


def log(*audits: SiteAudit) -> Any:
    return json.loads(reports.render("sarif", audits, Options(language="en")))["runs"][0]


def test_it_has_what_sarif_requires(audit: SiteAudit, unreached: SiteAudit, hostile: SiteAudit) -> None:
    data = json.loads(reports.render("sarif", [audit, unreached, hostile], Options()))
    Draft202012Validator(REQUIRED).validate(data)


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
    assert "Departmental rule: 《互联网信息服务算法推荐管理规定》" in texts["algorithm-number-linked"]
    assert "not a finding of unlawfulness" in texts["number-contrast"]


def test_fingerprints_outlive_wording_and_order(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    def prints(*findings: Finding) -> set[str]:
        return {one["partialFingerprints"]["gongshi/v1"] for one in log(make_audit(findings=findings))["results"]}

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
