CASES = {
    "on the product page": (lambda b: b.facts(b.shows(b.FILING, "product")), "passed"),
    "on the store page": (lambda b: b.facts(b.shows(b.FILING, "store")), "passed"),
    "at home": (lambda b: b.facts(b.shows(b.FILING), pages=[b.page("product", "星禾写作")]), "passed"),
    "in the agreement only": (
        lambda b: b.facts(b.shows(b.FILING, "legal"), pages=[b.page("product", "星禾写作")]),
        "failed",
    ),
    "a store page without": (lambda b: b.facts(pages=[b.page("store", "星禾写作")]), "needs-review"),
    "a store page of a game": (lambda b: b.facts(pages=[b.page("store", "连连看")], service=None), "not-applicable"),
    "nothing anywhere is another rule": (lambda b: b.facts(pages=[b.page("product", "星禾写作")]), "not-applicable"),
    "no such page": (lambda b: b.facts(b.shows(b.FILING)), "not-applicable"),
    "product page not read": (
        lambda b: b.facts(b.shows(b.FILING, "legal"), pages=[b.page("product", reached=b.Reached.TIMEOUT)]),
        "not-applicable",
    ),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
