APP = "京ICP备2099000001号-3A"
CASES = {
    "shown": (lambda b: b.facts(b.shows(APP, "store", "none")), "passed"),
    "shown and linked": (lambda b: b.facts(b.shows(APP, "download")), "passed"),
    "linked to a look-up site": (lambda b: b.facts(b.shows(APP, link="third-party")), "failed"),
    "linked to a lookalike": (lambda b: b.facts(b.shows(APP, link="lookalike")), "failed"),
    "wrong here, right there": (
        lambda b: b.facts(b.shows(APP, link="third-party"), b.shows(APP, "download")),
        "passed",
    ),
    "a store page without": (lambda b: b.facts(pages=[b.page("store", "星禾写作")]), "needs-review"),
    "a download page without": (lambda b: b.facts(pages=[b.page("download", "下载")]), "not-applicable"),
    "the site's own number": (lambda b: b.facts(b.shows(b.ICP)), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
