TOP = (100.0, 20.0, 200.0, 16.0)

CASES = {
    "footer": (lambda b: b.facts(b.shows(b.ICP)), "passed"),
    "low": (lambda b: b.facts(b.shows(b.ICP, region="main")), "passed"),
    "high": (lambda b: b.facts(b.shows(b.ICP, region="header", desktop=b.seen(box=TOP))), "failed"),
    "high and low": (
        lambda b: b.facts(b.shows(b.ICP, region="header", desktop=b.seen(box=TOP)), b.shows(b.ICP)),
        "passed",
    ),
    "two operators": (lambda b: b.facts(b.shows(b.ICP), b.shows("京ICP备2099000002号")), "failed"),
    "two sites of one operator": (lambda b: b.facts(b.shows(b.ICP), b.shows("京ICP备2099000001号-2")), "passed"),
    "not at home": (lambda b: b.facts(b.shows(b.ICP, "about")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_severity(check, build):
    high = build.facts(build.shows(build.ICP, region="header", desktop=build.seen(box=TOP)))
    assert check(high).severity is None
    assert check(build.facts(build.shows(build.ICP), build.shows("京ICP备2099000002号"))).severity == "warning"


def test_tells_the_place(check, build):
    ruling = check(build.facts(build.shows(build.ICP, region="header", desktop=build.seen(box=TOP))))
    assert "距页首的相对位置 0.036，参考值 0.8" in ruling.message.zh
