CASES = {
    "shown": (lambda b: filed(b, b.shows(b.ALGORITHM)), "passed"),
    "shown in the agreement": (lambda b: filed(b, b.shows(b.ALGORITHM, "legal")), "passed"),
    "filed and not shown": (lambda b: filed(b), "failed"),
    "filed, only a placeholder": (lambda b: filed(b, b.shows("算法备案号：备案中")), "failed"),
    "filed for another product": (
        lambda b: b.facts(operator=b.OPERATOR, register=b.Register([b.row(b.ALGORITHM, products="星禾地图（APP）")])),
        "needs-review",
    ),
    "filed, home not read": (lambda b: filed(b, pages=[b.page("home", reached=b.Reached.TIMEOUT)]), "needs-review"),
    "operator from the copyright line": (lambda b: b.facts(register=b.Register([b.row(b.ALGORITHM)])), "failed"),
    "filed for another product, no AI service": (
        lambda b: b.facts(
            operator=b.OPERATOR, register=b.Register([b.row(b.ALGORITHM)]), title="星禾集团", service=None
        ),
        "not-applicable",
    ),
    "filed by somebody else": (
        lambda b: b.facts(register=b.Register([b.row(b.ALGORITHM, entity=b.UPSTREAM)])),
        "not-applicable",
    ),
    "cancelled": (
        lambda b: b.facts(register=b.Register([b.row(b.ALGORITHM, remark="已注销")])),
        "not-applicable",
    ),
    "filed as technical supporter is another rule": (
        lambda b: b.facts(register=b.Register([b.row(b.ALGORITHM, role_or_class="服务技术支持者")])),
        "not-applicable",
    ),
    "the site says so": (lambda b: b.facts(text=b.COPY + "\n本产品已完成算法备案"), "needs-review"),
    "a paper says so of somebody": (
        lambda b: b.facts(text=b.COPY + "\n某公司已完成算法备案", service=None),
        "not-applicable",
    ),
    "hidden is another rule": (
        lambda b: filed(b, b.shows(b.ALGORITHM, desktop=b.hidden("clipped"))),
        "not-applicable",
    ),
    "no register": (lambda b: b.facts(operator=b.OPERATOR), "not-applicable"),
}


def filed(b, *shown, **changes):
    return b.facts(*shown, operator=b.OPERATOR, register=b.Register([b.row(b.ALGORITHM)]), **changes)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_offers_the_listed_number(check, build):
    ruling = check(filed(build))
    assert build.ALGORITHM in ruling.message.zh
    assert f">{build.ALGORITHM}</a>" in ruling.html
    assert [e.page for e in ruling.evidence] == [build.SITE]
