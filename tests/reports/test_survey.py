from collections.abc import Callable

from auditor.model import Disclosure, Finding, NumberKind, Outcome, Severity, SiteAudit, Source, Verdict
from reports.survey import Survey, displayed, rule_title


def survey(*audits: SiteAudit) -> Survey:
    made = Survey()
    for audit in audits:
        made.add(audit, "sites/x.html")
    return made


def chart(made: Survey, key: str) -> dict[str, tuple[int, float | None]]:
    (one,) = [chart for chart in made.charts() if chart.key == key]
    return {bar.label.en: (bar.count, bar.share) for bar in one.bars}


def test_unreached_is_never_counted_as_non_compliant(audit: SiteAudit, unreached: SiteAudit) -> None:
    made = survey(audit, unreached, unreached)
    assert (made.total, made.unreached, made.judged) == (3, 2, 1)
    assert chart(made, "chart.verdicts")["Requirements not met"] == (1, 1.0)
    assert "Not reached" not in chart(made, "chart.verdicts")
    assert sum(count for count, _ in chart(made, "chart.provinces").values()) == 1


def test_coverage_tells_the_reasons_first(audit: SiteAudit, unreached: SiteAudit) -> None:
    labels = [bar.label.en for bar in survey(audit, audit, unreached).coverage().bars]
    assert labels == ["blocked by a firewall or CAPTCHA", "opened"]


def test_shares_of_rules_are_of_the_sites_they_apply_to(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding], unreached: SiteAudit
) -> None:
    failing = make_audit(findings=(make_finding("number-visible"),))
    outside = make_audit(verdict=Verdict.NOT_APPLICABLE, findings=())
    made = survey(failing, make_audit(findings=()), outside, unreached)
    assert chart(made, "chart.rules") == {rule_title("number-visible").en: (1, 0.5)}


def test_to_review_is_told_apart_from_failed(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    audit = make_audit(
        findings=(
            make_finding("number-visible", Outcome.NEEDS_REVIEW),
            make_finding("number-contrast", severity=Severity.ADVICE),
            make_finding("icp-number-shown", Outcome.PASSED),
        )
    )
    made = survey(audit)
    assert {rule: dict(counts) for rule, counts in made.rules.items()} == {
        "number-visible": {"review": 1},
        "number-contrast": {"advice": 1},
    }


def test_displayed_leaves_out_what_no_visitor_sees_and_what_is_not_the_sites(
    make_audit: Callable[..., SiteAudit], make_disclosure: Callable[..., Disclosure]
) -> None:
    audit = make_audit(
        disclosures=(
            make_disclosure(clicks=1, region="main"),
            make_disclosure(),
            make_disclosure(number="other", own=False),
            make_disclosure(number="comment", source=Source.COMMENT),
            make_disclosure(number=None, raw="备案中"),
        )
    )
    assert [(one.number, one.region) for one in displayed(audit)] == [(audit.disclosures[0].number, "footer")]


def test_provinces_come_from_the_icp_number(
    make_audit: Callable[..., SiteAudit], make_disclosure: Callable[..., Disclosure]
) -> None:
    def of(number: str) -> SiteAudit:
        return make_audit(disclosures=(make_disclosure(kind=NumberKind.ICP, number=number),))

    made = survey(of("蜀ICP备2099999901号"), of("川ICP备2099999902号"), of("沪ICP备2099999903号"))
    assert chart(made, "chart.provinces") == {"Sichuan": (2, None), "Shanghai": (1, None)}


def test_columns_of_the_list_come_back(audit: SiteAudit, unreached: SiteAudit) -> None:
    data = survey(audit, unreached).data()
    assert data["columns"] == ["类别"]
    assert [row[-1] for row in data["rows"]] == [["对话"], ["问答"]]  # type: ignore[attr-defined]


def test_a_row_is_short_whatever_the_site_says(hostile: SiteAudit) -> None:
    (row,) = survey(hostile).data()["rows"]  # type: ignore[misc]
    assert len(str(row).encode()) < 1500


def test_the_figure_of_a_rule_leaves_out_what_a_person_must_check(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    failing = make_audit(findings=(make_finding("number-visible"),))
    doubtful = make_audit(verdict=Verdict.REVIEW, findings=(make_finding("number-visible", Outcome.NEEDS_REVIEW),))
    made = survey(failing, doubtful)
    assert chart(made, "chart.rules") == {rule_title("number-visible").en: (1, 0.5)}


def test_advice_is_told_apart_from_what_is_required(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    made = survey(
        make_audit(verdict=Verdict.CLEAN, findings=(make_finding("number-contrast", severity=Severity.ADVICE),))
    )
    assert "chart.rules" not in {one.key for one in made.charts()}
    assert chart(made, "chart.advice") == {rule_title("number-contrast").en: (1, 1.0)}
