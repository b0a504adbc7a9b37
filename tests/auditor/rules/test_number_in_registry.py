CASES = {
    "listed": (lambda b: looked_up(b, b.ALGORITHM, "listed"), "passed"),
    "cancelled is another rule": (lambda b: looked_up(b, b.ALGORITHM, "cancelled"), "passed"),
    "absent": (lambda b: looked_up(b, b.ALGORITHM, "absent"), "failed"),
    "absent model number": (lambda b: looked_up(b, b.FILING, "absent"), "failed"),
    "of the lists' own year": (lambda b: looked_up(b, "网信算备110108900000101260013号", "absent"), "needs-review"),
    "of the lists' own month": (
        lambda b: looked_up(b, "备案号：Beijing-XingHeXieZuo-202605010001", "absent"),
        "needs-review",
    ),
    "not checked": (lambda b: b.facts(b.shows(b.ALGORITHM)), "not-applicable"),
    "mistyped is another rule": (
        lambda b: looked_up(b, "网信算备110108900000101240013号", "absent"),
        "not-applicable",
    ),
    "malformed is another rule": (lambda b: looked_up(b, "网信算备1101号", "absent"), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def looked_up(b, line, status):
    return b.facts(b.shows(line, registry=b.Listing(status, as_of="2026-05", near=None)))


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_never_says_false(check, build):
    ruling = check(looked_up(build, build.ALGORITHM, "absent"))
    assert "截至 2026-05" in ruling.message.zh
    assert "不代表编号虚假" in ruling.message.zh
