RECORD = "https://beian.cac.gov.cn/api/static/fileUpload/principalOrithm/additional/user_1_2.pdf"
CASES = {
    "the record": (lambda b: b.facts(b.shows(b.ALGORITHM, link="official-record", href=RECORD)), "passed"),
    "a notice": (lambda b: b.facts(b.shows(b.ALGORITHM, link="announcement")), "passed"),
    "the system's home page": (lambda b: b.facts(b.shows(b.ALGORITHM)), "failed"),
    "home page here, record there": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ALGORITHM, "about", "official-record", href=RECORD)),
        "passed",
    ),
    "one record behind two numbers": (
        lambda b: b.facts(
            b.shows(b.ALGORITHM, link="official-record", href=RECORD),
            b.shows(b.OTHER, link="official-record", href=RECORD),
        ),
        "needs-review",
    ),
    "one number twice": (
        lambda b: b.facts(
            b.shows(b.ALGORITHM, link="official-record", href=RECORD),
            b.shows(b.ALGORITHM, "about", "official-record", href=RECORD),
        ),
        "passed",
    ),
    "elsewhere is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="third-party")), "not-applicable"),
    "no link is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="none")), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
