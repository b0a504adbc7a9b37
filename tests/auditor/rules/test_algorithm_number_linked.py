CASES = {
    "to the system": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "to a page of its own": (lambda b: b.facts(b.shows(b.ALGORITHM, link="own")), "passed"),
    "wrong target is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="third-party")), "passed"),
    "broken is another rule": (lambda b: b.facts(b.shows(b.ALGORITHM, link="broken")), "passed"),
    "none": (lambda b: b.facts(b.shows(b.ALGORITHM, link="none")), "failed"),
    "a hash": (lambda b: b.facts(b.shows(b.ALGORITHM, link="dead")), "failed"),
    "malformed and unlinked": (lambda b: b.facts(b.shows("网信算备1101号", link="none")), "failed"),
    "one of two": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.OTHER, link="none")), "failed"),
    "linked in the footer, bare in the agreement": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ALGORITHM, "legal", "none")),
        "passed",
    ),
    "a script may open it": (lambda b: b.facts(b.shows(b.ALGORITHM, link="none", clickable=True)), "needs-review"),
    "the system is linked elsewhere": (
        lambda b: b.facts(b.shows(b.ALGORITHM, link="none"), hrefs=["https://beian.cac.gov.cn/#/index"]),
        "needs-review",
    ),
    "a lookalike elsewhere": (
        lambda b: b.facts(b.shows(b.ALGORITHM, link="none"), hrefs=["https://beian.cac.gov.cn.example.net/"]),
        "failed",
    ),
    "a model number needs none": (lambda b: b.facts(b.shows(b.FILING, link="none")), "not-applicable"),
    "somebody else's": (lambda b: b.facts(b.shows(b.ALGORITHM, link="none", own=False)), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_offers_the_link(check, build):
    ruling = check(build.facts(build.shows(build.ALGORITHM, link="none")))
    assert ruling.html == (
        f'<a href="https://beian.cac.gov.cn/#/index" target="_blank" rel="noopener">{build.ALGORITHM}</a>'
    )
    assert "未提供公示信息链接" in ruling.message.zh


def test_pasted_html_is_escaped(check, build):
    ruling = check(build.facts(build.shows(build.ALGORITHM, link="none", number=None, raw='"><script>')))
    assert "<script>" not in (ruling.html or "")
