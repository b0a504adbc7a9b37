CASES = {
    "plausible": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.FILING)), "passed"),
    "no such division": (lambda b: b.facts(b.shows(b.ALGORITHM, problems=("division",))), "failed"),
    "no such division, listed so": (
        lambda b: b.facts(b.shows(b.ALGORITHM, problems=("division",), registry=b.Listing("listed"))),
        "passed",
    ),
    "later than the list": (
        lambda b: b.facts(b.shows(b.ALGORITHM), register=b.Register([b.row(b.ALGORITHM, batch="2023-08")])),
        "failed",
    ),
    "of another province": (lambda b: filing(b, "江苏省"), "failed"),
    "of its province": (lambda b: filing(b, "北京市"), "passed"),
    "of a central enterprise": (lambda b: filing(b, "北京市", "ZhongYangQiYe-XingHeXieZuo-202403010001"), "passed"),
    "malformed is another rule": (lambda b: b.facts(b.shows("网信算备1101号")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def filing(b, province, number="Beijing-XingHeXieZuo-202403010001"):
    listed = b.row(number, b.List.FILING, province=province)
    return b.facts(b.shows("大模型备案号：" + number), register=b.Register([listed]))


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
