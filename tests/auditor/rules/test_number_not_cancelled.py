CASES = {
    "listed": (lambda b: b.facts(b.shows(b.ALGORITHM, registry=b.Listing("listed"))), "passed"),
    "absent is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, registry=b.Listing("absent"))), "passed"),
    "cancelled": (lambda b: b.facts(b.shows(b.ALGORITHM, registry=b.Listing("cancelled"))), "failed"),
    "cancelled, in an article": (
        lambda b: b.facts(b.shows(b.ALGORITHM, registry=b.Listing("cancelled"), own=False)),
        "not-applicable",
    ),
    "not checked": (lambda b: b.facts(b.shows(b.ALGORITHM)), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
