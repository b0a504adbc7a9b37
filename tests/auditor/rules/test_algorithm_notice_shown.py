CASES = {
    "the number is linked": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "a notice of its own": (
        lambda b: b.facts(b.shows(b.ALGORITHM, link="none"), text=b.COPY + "\n算法说明"),
        "passed",
    ),
    "a recommendation service without": (lambda b: b.facts(service="recommendation"), "failed"),
    "its number goes nowhere": (
        lambda b: b.facts(b.shows(b.RECOMMENDING, link="none"), service="recommendation"),
        "failed",
    ),
    "a generative service, number without link is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, link="none")),
        "not-applicable",
    ),
    "unsure of the service": (lambda b: b.facts(service="recommendation", confidence=0.4), "needs-review"),
    "page of filings blocked": (
        lambda b: b.facts(service="recommendation", pages=[b.page("disclosure", reached=b.Reached.BLOCKED)]),
        "needs-review",
    ),
    "neither number nor recommendation": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
