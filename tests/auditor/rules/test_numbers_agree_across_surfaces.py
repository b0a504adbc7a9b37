APP = "京ICP备2099000001号-3A"
CASES = {
    "the same": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ALGORITHM, "store")), "passed"),
    "others": (
        lambda b: b.facts(
            b.shows(b.ALGORITHM), b.shows(b.OTHER, "store"), pages=[b.page("store", developer=b.OPERATOR)]
        ),
        "failed",
    ),
    "other app numbers": (
        lambda b: b.facts(
            b.shows(APP),
            b.shows("京ICP备2099000001号-4A", "store"),
            pages=[b.page("store", app="星禾写作")],
            name="星禾写作",
        ),
        "failed",
    ),
    "of an app that may be another firm's": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.OTHER, "store"), pages=[b.page("store", app="云帆扫描")]),
        "needs-review",
    ),
    "more on the site": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.OTHER), b.shows(b.ALGORITHM, "store")),
        "needs-review",
    ),
    "of other kinds": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.FILING, "store")), "not-applicable"),
    "no store page": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.OTHER, "legal")), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
