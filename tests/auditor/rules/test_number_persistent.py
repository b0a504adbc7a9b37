CASES = {
    "stays": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "looked at twice": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(persistent=True))), "passed"),
    "goes": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(persistent=False))), "failed"),
    "on hover": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("display-none", persistent=False))),
        "failed",
    ),
    "goes, and stays in the footer": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(persistent=False)), b.shows(b.ALGORITHM)),
        "passed",
    ),
    "in a dialog": (lambda b: b.facts(b.shows(b.ALGORITHM, region="dialog")), "needs-review"),
    "in a dialog that stays": (
        lambda b: b.facts(b.shows(b.ALGORITHM, region="dialog", desktop=b.seen(persistent=True))),
        "passed",
    ),
    "hidden is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("display-none"))),
        "not-applicable",
    ),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
