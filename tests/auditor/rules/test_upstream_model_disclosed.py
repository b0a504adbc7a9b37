CASES = {
    "the model's number": (lambda b: calls(b, b.shows(b.FILING)), "passed"),
    "neither number": (lambda b: calls(b), "failed"),
    "its own number only": (lambda b: calls(b, b.shows(b.REGISTRATION)), "failed"),
    "registered, neither number": (lambda b: registered(b), "failed"),
    "only the pages say so": (lambda b: b.facts(model="api"), "needs-review"),
    "home not read": (lambda b: calls(b, pages=[b.page("home", reached=b.Reached.TIMEOUT)]), "needs-review"),
    "own model": (lambda b: b.facts(model="own"), "not-applicable"),
    "nobody knows whose": (lambda b: b.facts(), "not-applicable"),
    "no AI service": (lambda b: b.facts(model="api", service=None), "not-applicable"),
    "a placeholder is another rule": (lambda b: calls(b, b.shows("大模型备案号：备案中")), "not-applicable"),
}


def calls(b, *shown, **changes):
    return b.facts(*shown, model="api", declared_model="api", **changes)


def registered(b):
    row = b.row("Shanghai-YunFanBiJi-20250301S0001", b.List.REGISTRATION, name="星禾写作")
    return b.facts(operator=b.OPERATOR, register=b.Register([row]))


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_severity(check, build):
    assert check(calls(build)).severity is None
    assert check(calls(build, build.shows(build.REGISTRATION))).severity == "warning"
