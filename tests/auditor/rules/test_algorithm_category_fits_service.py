CASES = {
    "synthesis": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "synthesis and recommendation": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.RECOMMENDING)), "passed"),
    "recommendation only": (lambda b: b.facts(b.shows(b.RECOMMENDING)), "failed"),
    "deep synthesis": (lambda b: b.facts(b.shows(b.RECOMMENDING), service="deep-synthesis"), "failed"),
    "unsure of the service": (lambda b: b.facts(b.shows(b.RECOMMENDING), confidence=0.4), "needs-review"),
    "a recommendation service": (
        lambda b: b.facts(b.shows(b.RECOMMENDING), service="recommendation"),
        "not-applicable",
    ),
    "malformed is another rule": (lambda b: b.facts(b.shows("网信算备1101号")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
