CASES = {
    "shown": (lambda b: filed(b, b.shows(b.ALGORITHM)), "passed"),
    "not shown on its platform": (lambda b: filed(b, text=b.COPY + "\n开放平台 API文档"), "failed"),
    "not shown, other site": (lambda b: filed(b, text="关于我们"), "needs-review"),
    "home not read": (lambda b: filed(b, pages=[b.page("home", reached=b.Reached.TIMEOUT)]), "needs-review"),
    "filed as provider is another rule": (lambda b: filed(b, role="服务提供者"), "not-applicable"),
    "hidden is another rule": (
        lambda b: filed(b, b.shows(b.ALGORITHM, desktop=b.hidden("clipped"))),
        "not-applicable",
    ),
    "no register": (lambda b: b.facts(operator=b.OPERATOR), "not-applicable"),
}


def filed(b, *shown, role="服务技术支持者", **changes):
    listed = b.row(b.ALGORITHM, role_or_class=role, products="--")
    return b.facts(*shown, operator=b.OPERATOR, register=b.Register([listed]), **changes)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
