CASES = {
    "home footer": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "home header": (lambda b: b.facts(b.shows(b.FILING, region="header")), "passed"),
    "model number on the product page": (lambda b: b.facts(b.shows(b.FILING, "product")), "passed"),
    "algorithm number on the product page": (lambda b: b.facts(b.shows(b.ALGORITHM, "product")), "needs-review"),
    "model number on a page of filings": (lambda b: b.facts(b.shows(b.FILING, "disclosure")), "passed"),
    "model number on the about page": (lambda b: b.facts(b.shows(b.REGISTRATION, "about")), "passed"),
    "algorithm number on a page of filings": (lambda b: b.facts(b.shows(b.ALGORITHM, "disclosure")), "needs-review"),
    "two clicks away": (lambda b: b.facts(b.shows(b.ALGORITHM, "disclosure", clicks=2)), "failed"),
    "behind an unlabelled link": (lambda b: b.facts(b.shows(b.FILING, "disclosure", via=("",))), "failed"),
    "in the agreement": (lambda b: b.facts(b.shows(b.ALGORITHM, "legal")), "failed"),
    "model number in the agreement": (lambda b: b.facts(b.shows(b.FILING, "legal")), "failed"),
    "in a help article": (lambda b: b.facts(b.shows(b.ALGORITHM, "other", region="main")), "failed"),
    "in the footer of a page one click away": (lambda b: b.facts(b.shows(b.ALGORITHM, "other")), "needs-review"),
    "in the agreement and at home": (
        lambda b: b.facts(b.shows(b.ALGORITHM, "legal"), b.shows(b.ALGORITHM)),
        "passed",
    ),
    "one at home, one in the agreement": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.OTHER, "legal")),
        "failed",
    ),
    "home not read": (
        lambda b: b.facts(b.shows(b.ALGORITHM, "legal"), pages=[b.page("home", reached=b.Reached.TIMEOUT)]),
        "needs-review",
    ),
    "unseen": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("clipped"))), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_is_printed_as_a_reference_value(check, build):
    ruling = check(build.facts(build.shows(build.ALGORITHM, "legal")))
    assert "法律未对“显著位置”规定字号、对比度或点击次数" in ruling.message.zh
    assert build.ADDRESSES["legal"] in ruling.message.zh
