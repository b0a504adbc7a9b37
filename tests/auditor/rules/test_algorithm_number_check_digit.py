WRONG = "网信算备110108900000101240013号"

CASES = {
    "agrees": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "mistyped": (lambda b: b.facts(b.shows(WRONG)), "failed"),
    "mistyped, and not in the lists": (lambda b: b.facts(b.shows(WRONG, registry=b.Listing("absent"))), "failed"),
    "the list prints it so": (lambda b: b.facts(b.shows(WRONG, registry=b.Listing("listed"))), "passed"),
    "too short is another rule": (lambda b: b.facts(b.shows("网信算备1101号")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
    "somebody else's": (lambda b: b.facts(b.shows(WRONG, own=False)), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_never_says_false(check, build):
    ruling = check(build.facts(build.shows(WRONG)))
    assert "不代表编号虚假" in ruling.message.zh
    assert "does not mean that the number is false" in ruling.message.en
