CASES = {
    "near": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "deep": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(screens_down=9.0))), "passed"),
    "flees": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(reachable=False))), "failed"),
    "flees and is not seen": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("off-screen", reachable=False))),
        "failed",
    ),
    "flees on phones": (lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.seen(reachable=False))), "failed"),
    "the page did not scroll": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(reachable=False, doubt="scroll-locked"))),
        "needs-review",
    ),
    "stands in the header too": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(reachable=False)), b.shows(b.ALGORITHM, region="header")),
        "not-applicable",
    ),
    "another page's footer is reached": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(reachable=False)), b.shows(b.ALGORITHM, "about")),
        "passed",
    ),
    "not in a footer": (lambda b: b.facts(b.shows(b.ALGORITHM, region="main")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_tells_the_distance(check, build):
    ruling = check(build.facts(build.shows(build.ALGORITHM, desktop=build.seen(screens_down=9.0))))
    assert "9 屏，参考值 4 屏" in ruling.message.zh
