CASES = {
    "shown": (lambda b: filed(b, b.shows(b.REGISTRATION)), "passed"),
    "registered and not shown": (lambda b: filed(b), "failed"),
    "only the upstream's number": (lambda b: filed(b, b.shows(b.FILING)), "failed"),
    "another application of the operator": (lambda b: filed(b, title="星禾地图"), "needs-review"),
    "another application of the operator, and a number shown": (
        lambda b: filed(b, b.shows(b.FILING), title="星禾地图"),
        "not-applicable",
    ),
    "home not read": (lambda b: filed(b, pages=[b.page("home", reached=b.Reached.TIMEOUT)]), "needs-review"),
    "somebody else's": (
        lambda b: b.facts(register=b.Register([row(b, entity=b.UPSTREAM)])),
        "not-applicable",
    ),
    "a placeholder": (lambda b: filed(b, b.shows("大模型登记编号：办理中")), "failed"),
    "no register": (lambda b: b.facts(operator=b.OPERATOR), "not-applicable"),
}


def row(b, number="Shanghai-YunFanBiJi-20250301S0001", **changes):
    base = {"name": "星禾写作", "products": "", "role_or_class": ""}
    return b.row(number, b.List.REGISTRATION, **(base | changes))


def filed(b, *shown, number="Shanghai-YunFanBiJi-20250301S0001", **changes):
    return b.facts(*shown, operator=b.OPERATOR, register=b.Register([row(b, number)]), **changes)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_softer_where_the_province_asks_for_nothing_known(check, build):
    upstream = build.shows(build.FILING)
    assert check(filed(build, upstream)).severity is None
    assert check(filed(build, upstream, number="Gansu-YunFanBiJi-20250301S0001")).severity == "warning"
    assert check(filed(build, number="Gansu-YunFanBiJi-20250301S0001")).severity is None


def test_offers_the_number(check, build):
    assert check(filed(build)).html == "<span>上线编号：Shanghai-YunFanBiJi-20250301S0001</span>"
