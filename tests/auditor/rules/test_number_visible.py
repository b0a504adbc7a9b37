CASES = {
    "seen": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "hidden": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("display-none"))), "failed"),
    "same colour": (lambda b: b.facts(b.shows(b.FILING, desktop=b.hidden("same-colour"))), "failed"),
    "tiny": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("tiny"))), "failed"),
    "hidden once, seen once": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("clipped")), b.shows(b.ALGORITHM)),
        "passed",
    ),
    "one of two numbers": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("off-screen")), b.shows(b.OTHER)),
        "failed",
    ),
    "hidden on phones only is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.hidden("display-none"))),
        "passed",
    ),
    "seen on phones only": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("display-none"), mobile=b.seen())),
        "failed",
    ),
    "built for phones, or late": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("not-rendered"), mobile=b.seen())),
        "needs-review",
    ),
    "never built": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("not-rendered"), mobile=b.hidden("not-rendered"))),
        "failed",
    ),
    "covered until closed": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("covered", doubt="covered-at-every-scroll"))),
        "needs-review",
    ),
    "in closed details": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("closed-details"))),
        "needs-review",
    ),
    "in alt only": (
        lambda b: b.facts(b.shows(b.ALGORITHM, source="attribute", desktop=b.hidden("not-rendered"))),
        "failed",
    ),
    "in alt of a picture that nobody read": (
        lambda b: b.facts(
            b.shows(b.ALGORITHM, source="attribute", selector="footer > img", desktop=b.hidden("not-rendered")),
            ocr=False,
        ),
        "needs-review",
    ),
    "for a moment is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(persistent=False))),
        "passed",
    ),
    "never rendered": (lambda b: b.facts(b.shows(b.ALGORITHM, views={})), "needs-review"),
    "in a comment": (lambda b: b.facts(b.shows(b.ALGORITHM, source="comment", views={})), "not-applicable"),
    "in a script": (lambda b: b.facts(b.shows(b.ALGORITHM, source="script", views={})), "not-applicable"),
    "a hidden ICP number is another rule": (
        lambda b: b.facts(b.shows(b.ICP, desktop=b.hidden("display-none"))),
        "not-applicable",
    ),
    "somebody else's": (
        lambda b: b.facts(b.shows(b.ALGORITHM, own=False, desktop=b.hidden("display-none"))),
        "not-applicable",
    ),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_says_why(check, build):
    ruling = check(build.facts(build.shows(build.ALGORITHM, desktop=build.hidden("off-screen"))))
    assert "可视区域之外" in ruling.message.zh


def test_says_how_small_and_how_pale(check, build):
    tiny = build.shows(build.ALGORITHM, desktop=build.hidden("tiny", font_px=3.0))
    assert "字号 3 px，可见下限 5 px" in check(build.facts(tiny)).message.zh
    pale = build.shows(build.ALGORITHM, desktop=build.hidden("same-colour", contrast=1.1))
    assert "对比度 1.1:1，可见下限 1.5:1" in check(build.facts(pale)).message.zh
