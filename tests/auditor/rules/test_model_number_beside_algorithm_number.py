CASES = {
    "both": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.FILING)), "passed"),
    "algorithm and registration": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.REGISTRATION, "legal")), "passed"),
    "algorithm only": (lambda b: b.facts(b.shows(b.ALGORITHM)), "failed"),
    "unsure of the service": (lambda b: b.facts(b.shows(b.ALGORITHM), confidence=0.4), "needs-review"),
    "product page blocked": (
        lambda b: b.facts(b.shows(b.ALGORITHM), pages=[b.page("product", reached=b.Reached.BLOCKED)]),
        "needs-review",
    ),
    "recommendation": (lambda b: b.facts(b.shows(b.ALGORITHM), service="recommendation"), "not-applicable"),
    "deep synthesis without generation": (
        lambda b: b.facts(b.shows(b.ALGORITHM), service="deep-synthesis"),
        "not-applicable",
    ),
    "a placeholder is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows("大模型备案号：备案中")),
        "not-applicable",
    ),
    "listed is another rule": (
        lambda b: b.facts(
            b.shows(b.ALGORITHM),
            operator=b.OPERATOR,
            register=b.Register([b.row("Beijing-XingHeXieZuo-202403010001", b.List.FILING)]),
        ),
        "not-applicable",
    ),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
