CASES = {
    "the operator's": (lambda b: owned(b, b.ALGORITHM, b.OPERATOR), "passed"),
    "the operator's, as the copyright line says": (
        lambda b: owned(b, b.ALGORITHM, b.OPERATOR, operator=None),
        "passed",
    ),
    "another firm's algorithm": (lambda b: owned(b, b.ALGORITHM, b.UPSTREAM), "failed"),
    "another firm's, as the copyright line says": (
        lambda b: owned(b, b.ALGORITHM, b.UPSTREAM, operator=None),
        "failed",
    ),
    "another firm's registration": (lambda b: owned(b, b.REGISTRATION, b.UPSTREAM), "failed"),
    "another firm's model, named": (lambda b: owned(b, "使用云帆大模型 " + b.FILING, b.UPSTREAM), "passed"),
    "another firm's model, as its own": (lambda b: owned(b, "我司大模型" + b.FILING, b.UPSTREAM), "failed"),
    "nobody knows the operator": (
        lambda b: owned(b, b.ALGORITHM, b.UPSTREAM, operator=None, text="星禾写作"),
        "needs-review",
    ),
    "only the agreement names the firm": (
        lambda b: owned(
            b, b.ALGORITHM, b.OPERATOR, operator=None, text="星禾写作", pages=[b.page("legal", b.OPERATOR)]
        ),
        "passed",
    ),
    "a brand for a name": (lambda b: owned(b, b.ALGORITHM, b.UPSTREAM, operator="星禾"), "needs-review"),
    "the upstream's beside its own": (
        lambda b: b.facts(
            b.shows(b.ALGORITHM, registry=b.Listing("listed", b.OPERATOR)),
            b.shows(b.OTHER, registry=b.Listing("listed", b.UPSTREAM)),
            operator=b.OPERATOR,
            register=b.Register(),
        ),
        "passed",
    ),
    "not in the lists": (
        lambda b: b.facts(b.shows(b.ALGORITHM, registry=b.Listing("absent")), register=b.Register()),
        "not-applicable",
    ),
    "no register": (lambda b: b.facts(b.shows(b.ALGORITHM)), "not-applicable"),
    "in an article": (
        lambda b: b.facts(b.shows(b.ALGORITHM, own=False, registry=b.Listing("listed", b.UPSTREAM))),
        "not-applicable",
    ),
}


def owned(b, line, entity, operator="北京星禾智能科技有限公司", **changes):
    found = b.shows(line, registry=b.Listing("listed", entity, "云帆"))
    return b.facts(found, operator=operator, register=b.Register(), **changes)


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
