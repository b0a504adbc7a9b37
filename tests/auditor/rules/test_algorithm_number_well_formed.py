SHORT = "网信算备11010890000010124001号"

CASES = {
    "runs by": (
        lambda b: b.facts(
            b.shows(SHORT, desktop=b.hidden("clipped", persistent=False), mobile=b.hidden("clipped", persistent=False))
        ),
        "failed",
    ),
    "as issued": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "ways of writing": (lambda b: b.facts(b.shows("网信算备：110108900000101240015")), "passed"),
    "a failed check digit is another rule": (lambda b: b.facts(b.shows("网信算备110108900000101240013号")), "passed"),
    "a digit short": (lambda b: b.facts(b.shows(SHORT)), "failed"),
    "a digit short, listed so": (lambda b: b.facts(b.shows(SHORT, registry=b.Listing("listed"))), "passed"),
    "sample digits of a wrong form": (lambda b: b.facts(b.shows("网信算备123456789012345678901号")), "failed"),
    "a placeholder is another rule": (lambda b: b.facts(b.shows("算法备案号：备案中")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
    "somebody else's": (lambda b: b.facts(b.shows(SHORT, own=False)), "not-applicable"),
    "unseen": (lambda b: b.facts(b.shows(SHORT, desktop=b.hidden("display-none"))), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_names_what_is_wrong_and_the_near_number(check, build):
    ruling = check(build.facts(build.shows(SHORT, registry=build.Listing("absent", near=build.ALGORITHM))))
    assert "位数不对" in ruling.message.zh
    assert build.ALGORITHM in ruling.message.zh
    assert ruling.evidence[0].quote == SHORT
