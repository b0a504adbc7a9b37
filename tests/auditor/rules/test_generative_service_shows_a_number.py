CASES = {
    "runs by": (
        lambda b: b.facts(
            b.shows(
                b.ALGORITHM, desktop=b.hidden("clipped", persistent=False), mobile=b.hidden("clipped", persistent=False)
            )
        ),
        "passed",
    ),
    "an algorithm number": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "a model number in the agreement": (lambda b: b.facts(b.shows(b.FILING, "legal")), "passed"),
    "nothing": (lambda b: b.facts(), "failed"),
    "declared, nothing": (lambda b: b.facts(declared=True, confidence=0.0), "failed"),
    "only somebody else's": (
        lambda b: b.facts(b.shows(b.ALGORITHM, own=False, selector="article > p")),
        "failed",
    ),
    "somebody's, it is not clear whose": (lambda b: b.facts(b.shows(b.ALGORITHM, own=False)), "needs-review"),
    "only in a comment": (lambda b: b.facts(b.shows(b.ALGORITHM, source="comment", views={})), "failed"),
    "only ICP": (lambda b: b.facts(b.shows(b.ICP)), "failed"),
    "unsure of the service": (lambda b: b.facts(confidence=0.4), "needs-review"),
    "home not read": (lambda b: b.facts(pages=[b.page("home", reached=b.Reached.BLOCKED)]), "needs-review"),
    "home not rendered": (lambda b: b.facts(pages=[b.page("home", rendered=False)]), "needs-review"),
    "page of filings blocked": (
        lambda b: b.facts(pages=[b.page("disclosure", reached=b.Reached.BLOCKED)]),
        "needs-review",
    ),
    "page of filings does not exist": (
        lambda b: b.facts(pages=[b.page("disclosure", reached=b.Reached.HTTP_4XX)]),
        "failed",
    ),
    "pictures that nobody read": (lambda b: b.facts(ocr=False), "needs-review"),
    "a placeholder is another rule": (lambda b: b.facts(b.shows("算法备案号：备案中")), "not-applicable"),
    "hidden is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("display-none"))),
        "not-applicable",
    ),
    "listed is another rule": (
        lambda b: b.facts(operator=b.OPERATOR, register=b.Register([b.row(b.ALGORITHM)])),
        "not-applicable",
    ),
    "no AI service": (lambda b: b.facts(service=None), "not-applicable"),
    "recommendation": (lambda b: b.facts(service="recommendation"), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_only_suspects(check, build):
    ruling = check(build.facts())
    assert "疑似" in ruling.message.zh
    assert [e.page for e in ruling.evidence] == [build.SITE]
