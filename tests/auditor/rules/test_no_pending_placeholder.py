CASES = {
    "a number": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "nothing": (lambda b: b.facts(), "passed"),
    "pending": (lambda b: b.facts(b.shows("算法备案号：备案中")), "failed"),
    "masked": (lambda b: b.facts(b.shows("网信算备XXXXXXXX号")), "failed"),
    "a template": (lambda b: b.facts(b.shows("ICP备案号：{{ICP_NUMBER}}")), "failed"),
    "somebody else's": (lambda b: b.facts(b.shows("算法备案号：备案中", own=False)), "passed"),
    "hidden": (lambda b: b.facts(b.shows("算法备案号：备案中", desktop=b.hidden("display-none"))), "passed"),
    "in a comment": (lambda b: b.facts(b.shows("算法备案号：备案中", source="comment", views={})), "passed"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_knows_that_a_filing_may_follow_the_launch(check, build):
    ruling = check(build.facts(build.shows("算法备案号：备案中")))
    assert "十个工作日" in ruling.message.zh
    assert "备案中" in ruling.message.zh
