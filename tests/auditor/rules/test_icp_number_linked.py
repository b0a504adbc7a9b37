CASES = {
    "to the system": (lambda b: b.facts(b.shows(b.ICP)), "passed"),
    "none": (lambda b: b.facts(b.shows(b.ICP, link="none")), "failed"),
    "the system is linked beneath": (
        lambda b: b.facts(b.shows(b.ICP, link="none"), hrefs=["https://beian.miit.gov.cn/"]),
        "needs-review",
    ),
    "a lookalike beneath": (
        lambda b: b.facts(b.shows(b.ICP, link="none"), hrefs=["https://beian.mitt.gov.cn/"]),
        "failed",
    ),
    "the link of another number": (
        lambda b: b.facts(
            b.shows(b.ICP), b.shows("沪ICP备2099000009号", link="none"), hrefs=["https://beian.miit.gov.cn/"]
        ),
        "failed",
    ),
    "a hash": (lambda b: b.facts(b.shows(b.ICP, link="dead")), "failed"),
    "the former system": (lambda b: b.facts(b.shows(b.ICP, link="wrong-authority")), "failed"),
    "a mistyped host": (lambda b: b.facts(b.shows(b.ICP, link="lookalike")), "failed"),
    "a look-up site": (lambda b: b.facts(b.shows(b.ICP, link="third-party")), "failed"),
    "its own page": (lambda b: b.facts(b.shows(b.ICP, link="own")), "failed"),
    "linked in one of two places": (
        lambda b: b.facts(b.shows(b.ICP), b.shows("京ICP备2099000001号", "about", "none")),
        "passed",
    ),
    "a script may open it": (lambda b: b.facts(b.shows(b.ICP, link="none", clickable=True)), "needs-review"),
    "could not be opened": (lambda b: b.facts(b.shows(b.ICP, link="broken")), "needs-review"),
    "a licence": (lambda b: b.facts(b.shows("京ICP证990001号", link="none")), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_offers_the_link(check, build):
    ruling = check(build.facts(build.shows(build.ICP, link="none")))
    assert ruling.html == f'<a href="https://beian.miit.gov.cn/" target="_blank" rel="noopener">{build.ICP}</a>'
