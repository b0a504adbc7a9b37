EXPLAINS = "星禾写作算法：算法基本原理……；算法运行机制……；算法目的意图……"

CASES = {
    "the system": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "the record": (lambda b: b.facts(b.shows(b.ALGORITHM, link="official-record")), "passed"),
    "a list of the CAC": (lambda b: b.facts(b.shows(b.ALGORITHM, link="announcement")), "passed"),
    "somebody's page": (lambda b: b.facts(b.shows(b.ALGORITHM, link="third-party")), "failed"),
    "the ICP system": (lambda b: b.facts(b.shows(b.ALGORITHM, link="wrong-authority")), "failed"),
    "a lookalike": (lambda b: b.facts(b.shows(b.ALGORITHM, link="lookalike")), "failed"),
    "wrong in the agreement only": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ALGORITHM, "legal", "third-party")),
        "passed",
    ),
    "own page with the public information": (
        lambda b: b.facts(b.shows(b.ALGORITHM, link="own"), pages=[b.page("disclosure", EXPLAINS)]),
        "passed",
    ),
    "own page that says nothing": (
        lambda b: b.facts(b.shows(b.ALGORITHM, link="own"), pages=[b.page("disclosure", "联系我们")]),
        "failed",
    ),
    "own page with the number alone": (
        lambda b: b.facts(b.shows(b.ALGORITHM, link="own"), pages=[b.page("disclosure", b.ALGORITHM)]),
        "needs-review",
    ),
    "own page that was not read": (lambda b: b.facts(b.shows(b.ALGORITHM, link="own")), "needs-review"),
    "no link is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="none")), "not-applicable"),
    "a hash is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="dead")), "not-applicable"),
    "broken is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="broken")), "not-applicable"),
    "a model number": (lambda b: b.facts(b.shows(b.FILING, link="third-party")), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_names_the_target(check, build):
    ruling = check(
        build.facts(build.shows(build.ALGORITHM, link="lookalike", href="https://beian.cac.gov.cn.example.net/"))
    )
    assert "beian.cac.gov.cn.example.net" in ruling.message.zh
    assert "beian.cac.gov.cn.example.net" in ruling.message.en
