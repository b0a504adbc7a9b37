from collections.abc import Callable

import pytest
from rich.cells import cell_len

from auditor.model import Finding, Outcome, SiteAudit
from reports import Options, as_text
from reports.i18n import Language, say


def shown(*audits: SiteAudit, language: Language = "zh", color: bool = False, width: int = 80) -> str:
    return b"".join(as_text.render(audits, Options(language=language, color=color, width=width))).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 76, 80, 160])
def test_every_line_fits(
    audit: SiteAudit, unreached: SiteAudit, hostile: SiteAudit, language: Language, width: int
) -> None:
    text = shown(audit, unreached, hostile, language=language, width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, as_text.NARROW - 1])
def test_a_narrow_terminal_is_told_as_much(audit: SiteAudit, language: Language, width: int) -> None:
    letters = "".join(shown(audit, language=language, width=width).split())
    for one in (disclosure for disclosure in audit.disclosures if disclosure.own):
        for name in (f"kind.{one.kind}", f"region.{one.region}", f"target.{one.link.target}"):
            assert "".join(say(name, language).split()) in letters


def test_the_name_of_a_rule_breaks_between_its_words(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    text = shown(make_audit(findings=(make_finding("algorithm-number-well-formed"),)))
    lines = [line.split() for line in text.splitlines()]
    assert any("algorithm-number-well-" in line for line in lines)
    assert any(line[:1] == ["formed"] for line in lines)


def test_the_law_is_quoted_with_its_level(audit: SiteAudit) -> None:
    text = "".join(shown(audit).split())
    assert "依据（部门规章）：《互联网信息服务算法推荐管理规定》第二十六条" in text
    assert "提供公示信息链接。”" in text


def test_an_algorithm_number_stands_on_one_line(audit: SiteAudit) -> None:
    assert any(line.startswith(audit.disclosures[0].raw + " ") for line in shown(audit).splitlines())


@pytest.mark.parametrize(("rule", "noted"), [("number-visible", True), ("algorithm-number-linked", False)])
def test_prominence_findings_say_that_the_law_names_no_number(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding], rule: str, noted: bool
) -> None:
    text = "".join(shown(make_audit(findings=(make_finding(rule),))).split())
    assert (say("proxy-note", "zh") in text) is noted


def test_passed_rules_take_no_room(make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]) -> None:
    assert "number-visible" not in shown(make_audit(findings=(make_finding("number-visible", Outcome.PASSED),)))


def test_colour_only_when_asked_for(audit: SiteAudit) -> None:
    assert "\x1b[" not in shown(audit)
    assert "\x1b[" in shown(audit, color=True)


def test_hostile_text_reaches_the_terminal_harmless(hostile: SiteAudit) -> None:
    text = shown(hostile)
    assert not any(c in text for c in "\x1b\x9b\x07\x00\u202e\u2066")


def test_unreached_sites_are_not_blamed(unreached: SiteAudit, audit: SiteAudit) -> None:
    assert "counts neither as compliant nor as non-compliant" in " ".join(shown(unreached, language="en").split())
    assert "neither as compliant nor as non-compliant" in shown(audit, unreached, language="en").splitlines()[-1]


def test_numbers_of_others_are_counted_apart(audit: SiteAudit) -> None:
    text = shown(audit, language="en")
    assert audit.disclosures[2].raw not in text
    assert "(not counted as displayed): 1" in " ".join(text.split())


def test_the_same_number_on_several_pages_is_one_row(make_audit: Callable[..., SiteAudit], audit: SiteAudit) -> None:
    first = audit.disclosures[0]
    text = shown(make_audit(disclosures=(first, first, first)))
    assert text.count(first.raw) == 1
