CASES = {
    "all": (lambda b: filed(b, b.shows(b.ALGORITHM), b.shows(b.RECOMMENDING, "about")), "passed"),
    "one of two": (lambda b: filed(b, b.shows(b.ALGORITHM)), "failed"),
    "the other is of another product": (lambda b: filed(b, b.shows(b.ALGORITHM), products="星禾地图（APP）"), "passed"),
    "the other is cancelled": (lambda b: filed(b, b.shows(b.ALGORITHM), remark="已注销"), "passed"),
    "page of filings blocked": (
        lambda b: filed(b, b.shows(b.ALGORITHM), pages=[b.page("disclosure", reached=b.Reached.BLOCKED)]),
        "needs-review",
    ),
    "none is another rule": (lambda b: filed(b), "not-applicable"),
    "no register": (lambda b: b.facts(b.shows(b.ALGORITHM), operator=b.OPERATOR), "not-applicable"),
}


def filed(b, *shown, pages=(), **second):
    rows = [b.row(b.ALGORITHM), b.row(b.RECOMMENDING, b.List.RECOMMENDATION, **second)]
    return b.facts(*shown, operator=b.OPERATOR, register=b.Register(rows), pages=pages)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_offers_the_missing_number(check, build):
    ruling = check(filed(build, build.shows(build.ALGORITHM)))
    assert f">{build.RECOMMENDING}</a>" in ruling.html
    assert build.ALGORITHM not in ruling.html
