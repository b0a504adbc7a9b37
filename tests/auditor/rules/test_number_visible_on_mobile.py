CASES = {
    "seen": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "hidden on phones": (lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.hidden("display-none"))), "failed"),
    "cut off": (lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.hidden("clipped"))), "failed"),
    "a part is covered": (lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.seen(covered=0.3))), "failed"),
    "hidden here, whole there": (
        lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.hidden("clipped")), b.shows(b.ALGORITHM, "about")),
        "passed",
    ),
    "covered until closed": (
        lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.hidden("covered", doubt="covered-at-every-scroll"))),
        "needs-review",
    ),
    "hidden everywhere is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("clipped"))),
        "not-applicable",
    ),
    "gone before the phone looked": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(persistent=False), mobile=b.hidden("not-rendered"))),
        "not-applicable",
    ),
    "no phone was used": (lambda b: b.facts(b.shows(b.ALGORITHM, views={"desktop": b.seen()})), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_says_how_much_is_covered(check, build):
    ruling = check(build.facts(build.shows(build.ALGORITHM, mobile=build.seen(covered=0.3))))
    assert "被遮挡的比例 0.3" in ruling.message.zh
    assert "参考值 0.05" in ruling.message.zh
