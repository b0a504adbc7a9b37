CASES = {
    "as published": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "a colon inside": (lambda b: b.facts(b.shows("网信算备：110108900000101240015号")), "failed"),
    "full-width digits": (lambda b: b.facts(b.shows("网信算备１１０１０８９０００００１０１２４００１５号")), "failed"),
    "traditional": (lambda b: b.facts(b.shows("網信算備110108900000101240015號")), "failed"),
    "without 号": (lambda b: b.facts(b.shows("网信算备110108900000101240015")), "failed"),
    "written well elsewhere": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows("网信算备 110108900000101240015 号", "legal")),
        "passed",
    ),
    "a model number": (lambda b: b.facts(b.shows(b.FILING)), "passed"),
    "malformed is another rule": (lambda b: b.facts(b.shows("网信算备1101号")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_offers_the_published_form(check, build):
    ruling = check(build.facts(build.shows("网信算备：110108900000101240015号")))
    assert ruling.html == f'<a href="{build.HREFS["official"]}" target="_blank" rel="noopener">{build.ALGORITHM}</a>'
