CASES = {
    "both": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.FILING)), "passed"),
    "filing only": (lambda b: b.facts(b.shows(b.FILING)), "failed"),
    "registration only": (lambda b: b.facts(b.shows(b.REGISTRATION)), "failed"),
    "algorithm number of others in an article": (
        lambda b: b.facts(b.shows(b.FILING), b.shows(b.ALGORITHM, own=False, selector="article > p")),
        "failed",
    ),
    "unsure of the service": (lambda b: b.facts(b.shows(b.FILING), confidence=0.4), "needs-review"),
    "home not read": (
        lambda b: b.facts(b.shows(b.FILING, "product"), pages=[b.page("home", reached=b.Reached.TIMEOUT)]),
        "needs-review",
    ),
    "no AI service": (lambda b: b.facts(b.shows(b.FILING), service=None), "not-applicable"),
    "hidden is another rule": (
        lambda b: b.facts(b.shows(b.FILING), b.shows(b.ALGORITHM, desktop=b.hidden("clipped"))),
        "not-applicable",
    ),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
