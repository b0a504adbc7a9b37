CASES = {
    "a number": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ICP), b.shows(b.FILING)), "passed"),
    "counting": (lambda b: b.facts(b.shows("网信算备123456789012345678901号")), "failed"),
    "zeros": (lambda b: b.facts(b.shows("网信算备000000000000000000000号")), "failed"),
    "ICP counting": (lambda b: b.facts(b.shows("京ICP备12345678号")), "failed"),
    "police zeros": (lambda b: b.facts(b.shows("京公网安备00000000000000号")), "failed"),
    "an example name": (lambda b: b.facts(b.shows("大模型备案号：Beijing-Example-202403010001")), "failed"),
    "a name that begins with You": (
        lambda b: b.facts(b.shows("大模型备案号：Sichuan-YouRanYunXie-202403010001")),
        "passed",
    ),
    "a name to fill in": (lambda b: b.facts(b.shows("大模型备案号：Beijing-YourModel-202403010001")), "failed"),
    "a real name that begins alike": (
        lambda b: b.facts(b.shows("大模型备案号：Beijing-TestiaXie-202403010001")),
        "passed",
    ),
    "the list prints it so": (
        lambda b: b.facts(b.shows("网信算备123456789012345678901号", registry=b.Listing("listed"))),
        "passed",
    ),
    "in a tutorial": (lambda b: b.facts(b.shows("京ICP备12345678号", own=False)), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
