CASES = {
    "opens": (lambda b: linked(b, "ok", 200), "passed"),
    "gone": (lambda b: linked(b, "http-4xx", 404), "failed"),
    "gone for good": (lambda b: linked(b, "http-4xx", 410), "failed"),
    "gone once": (lambda b: linked(b, "http-4xx", 404, tries=1), "needs-review"),
    "an error of the server": (lambda b: linked(b, "http-5xx", 503), "needs-review"),
    "blocked": (lambda b: linked(b, "blocked", 403), "needs-review"),
    "the system cannot be opened from here": (
        lambda b: linked(b, "http-4xx", 404, href="https://beian.cac.gov.cn/#/index"),
        "needs-review",
    ),
    "one of two links opens": (
        lambda b: b.facts(
            b.shows(b.ALGORITHM, link="broken", href=b.SITE + "gone"),
            b.shows(b.ALGORITHM, "about", href="https://beian.cac.gov.cn/#/index"),
            checks=[
                b.LinkCheck(b.SITE + "gone", b.Reached.HTTP_4XX, 404, 2),
                b.LinkCheck("https://beian.cac.gov.cn/", b.Reached.OK, 200, 1),
            ],
        ),
        "passed",
    ),
    "a hash is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="dead")), "not-applicable"),
    "no link is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="none")), "not-applicable"),
    "not tried": (lambda b: b.facts(b.shows(b.ALGORITHM)), "not-applicable"),
    "an ICP link": (
        lambda b: b.facts(
            b.shows(b.ICP, link="broken", href=b.SITE + "gone"),
            checks=[b.LinkCheck(b.SITE + "gone", b.Reached.HTTP_4XX, 404, 2)],
        ),
        "not-applicable",
    ),
}


def linked(b, reached, status, tries=2, href=None):
    at = href or b.SITE + "beian"
    target = "ok" if reached == "ok" else "broken"
    found = b.shows(b.ALGORITHM, link="own" if target == "ok" else "broken", href=at)
    return b.facts(found, checks=[b.LinkCheck(at, b.Reached(reached), status, tries)])


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_a_system_that_does_not_answer_us_does_not_change_the_verdict(check, build):
    unreachable = build.LinkCheck("https://beian.cac.gov.cn/#/index", build.Reached.DNS, None, 2)
    official = build.shows(build.ALGORITHM, href=unreachable.url, link="official")
    assert check(build.facts(official, checks=[unreachable])).severity == "advice"
    own = build.LinkCheck(build.SITE + "beian", build.Reached.DNS, None, 2)
    other = build.shows(build.ALGORITHM, href=own.url, link="own")
    assert check(build.facts(other, checks=[own])).severity is None
