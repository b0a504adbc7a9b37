CASES = {
    "shown": (lambda b: filed(b, b.shows(b.FILING)), "passed"),
    "shown in the agreement": (lambda b: filed(b, b.shows(b.FILING, "legal")), "passed"),
    "filed and not shown": (lambda b: filed(b, b.shows(b.ALGORITHM)), "failed"),
    "another model of the operator": (lambda b: filed(b, name="星禾地图", title="星禾地图"), "needs-review"),
    "another model of the operator, and a number shown": (
        lambda b: filed(b, b.shows(b.REGISTRATION), title="星禾地图"),
        "not-applicable",
    ),
    "the operator's site without AI": (lambda b: filed(b, title="星禾集团", service=None), "not-applicable"),
    "product page blocked": (
        lambda b: filed(b, pages=[b.page("product", reached=b.Reached.BLOCKED)]),
        "needs-review",
    ),
    "somebody else's": (lambda b: b.facts(register=b.Register([row(b, entity=b.UPSTREAM)])), "not-applicable"),
    "hidden is another rule": (
        lambda b: filed(b, b.shows(b.FILING, desktop=b.hidden("clipped"))),
        "not-applicable",
    ),
    "no register": (lambda b: b.facts(operator=b.OPERATOR), "not-applicable"),
}


def row(b, **changes):
    base = {"name": "星禾写作", "products": "", "role_or_class": "", "province": "北京市"}
    return b.row("Beijing-XingHeXieZuo-202403010001", b.List.FILING, **(base | changes))


def filed(b, *shown, **changes):
    return b.facts(*shown, operator=b.OPERATOR, register=b.Register([row(b)]), **changes)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_names_the_notice_and_the_number(check, build):
    ruling = check(filed(build))
    assert "不符合国家网信办公告的要求" in ruling.message.zh
    assert ruling.html == "<span>模型名称：星禾写作 备案号：Beijing-XingHeXieZuo-202403010001</span>"
