CASES = {
    "linked": (lambda b: b.facts(b.shows(b.FILING, link="announcement")), "passed"),
    "bare": (lambda b: b.facts(b.shows(b.FILING, link="none")), "failed"),
    "a hash": (lambda b: b.facts(b.shows(b.REGISTRATION, link="dead")), "failed"),
    "linked in one of two places": (
        lambda b: b.facts(b.shows(b.FILING, link="none"), b.shows(b.FILING, "about", "own")),
        "passed",
    ),
    "an algorithm number": (lambda b: b.facts(b.shows(b.ALGORITHM, link="none")), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_says_that_nobody_asks_for_it(check, build):
    assert "公告并未要求链接" in check(build.facts(build.shows(build.FILING, link="none"))).message.zh
