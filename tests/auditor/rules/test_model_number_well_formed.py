CASES = {
    "a filing": (lambda b: b.facts(b.shows(b.FILING)), "passed"),
    "a registration": (lambda b: b.facts(b.shows(b.REGISTRATION)), "passed"),
    "province in Chinese": (lambda b: b.facts(b.shows("大模型备案号：广东-YunFanBiJi-20240301")), "failed"),
    "date cut": (lambda b: b.facts(b.shows("上线编号：Shanghai-YunFanBiJi-2S0033")), "failed"),
    "listed so": (
        lambda b: b.facts(b.shows("大模型备案号：广东-YunFanBiJi-20240301", registry=b.Listing("listed"))),
        "passed",
    ),
    "a placeholder is another rule": (lambda b: b.facts(b.shows("大模型备案号：XXXX")), "not-applicable"),
    "an algorithm number": (lambda b: b.facts(b.shows(b.ALGORITHM)), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
