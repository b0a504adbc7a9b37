CODE = "https://beian.mps.gov.cn/#/query/webSearch?code="
CASES = {
    "whole": (lambda b: police(b, "official-record", "11010899000001"), "passed"),
    "to the platform": (lambda b: b.facts(b.shows(b.POLICE), images=1), "passed"),
    "another code": (lambda b: police(b, "official", "11010899000002"), "failed"),
    "not linked": (lambda b: b.facts(b.shows(b.POLICE, link="none"), images=1), "failed"),
    "to the ICP system": (lambda b: b.facts(b.shows(b.POLICE, link="wrong-authority"), images=1), "failed"),
    "digits missing": (lambda b: b.facts(b.shows("京公网安备110108990001号"), images=1), "failed"),
    "without icon": (lambda b: b.facts(b.shows(b.POLICE)), "failed"),
    "no number": (lambda b: b.facts(b.shows(b.ICP)), "not-applicable"),
    "somebody else's": (lambda b: b.facts(b.shows(b.POLICE, link="none", own=False)), "not-applicable"),
}


def police(b, link, code):
    return b.facts(b.shows(b.POLICE, link=link, href=CODE + code), images=1)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_another_code_is_a_warning(check, build):
    ruling = check(police(build, "official", "11010899000002"))
    assert ruling.severity == "warning"
    assert "11010899000002" in ruling.message.zh
