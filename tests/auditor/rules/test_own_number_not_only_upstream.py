CASES = {
    "its own filing": (lambda b: owned(b, b.FILING, b.OPERATOR), "passed"),
    "the upstream's and a registration": (
        lambda b: b.facts(
            b.shows(b.FILING, registry=b.Listing("listed", b.UPSTREAM)),
            b.shows(b.REGISTRATION),
            operator=b.OPERATOR,
            register=b.Register(),
        ),
        "passed",
    ),
    "the upstream's only": (lambda b: owned(b, "使用云帆大模型 " + b.FILING, b.UPSTREAM), "failed"),
    "a brand for a name": (lambda b: owned(b, b.FILING, b.UPSTREAM, operator="星禾"), "needs-review"),
    "nobody knows the operator": (
        lambda b: owned(b, b.FILING, b.UPSTREAM, operator=None, text="星禾写作"),
        "not-applicable",
    ),
    "no register": (lambda b: b.facts(b.shows(b.FILING), operator=b.OPERATOR), "not-applicable"),
    "algorithm numbers only": (lambda b: owned(b, b.ALGORITHM, b.UPSTREAM), "not-applicable"),
}


def owned(b, line, entity, operator="北京星禾智能科技有限公司", **changes):
    found = b.shows(line, registry=b.Listing("listed", entity))
    return b.facts(found, operator=operator, register=b.Register(), **changes)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
