from dataclasses import replace

CASES = {
    "shown": (lambda b: b.facts(b.shows(b.ICP)), "passed"),
    "a licence": (lambda b: b.facts(b.shows("京ICP证990001号")), "passed"),
    "missing": (lambda b: b.facts(), "failed"),
    "on the about page only": (lambda b: b.facts(b.shows(b.ICP, "about")), "failed"),
    "hidden": (lambda b: b.facts(b.shows(b.ICP, desktop=b.hidden("display-none"))), "failed"),
    "covered until something is closed": (
        lambda b: b.facts(b.shows(b.ICP, desktop=b.hidden("covered", doubt="covered-at-every-scroll"))),
        "needs-review",
    ),
    "somebody else's": (lambda b: b.facts(b.shows(b.ICP, own=False)), "failed"),
    "a bare IP address": (lambda b: b.facts(site="http://192.0.2.7/"), "needs-review"),
    "an IPv6 address": (lambda b: b.facts(site="http://[2001:db8::1]/"), "needs-review"),
    "in English, abroad": (
        lambda b: b.facts(text="Write with our assistant.", site="https://starry.example.com/"),
        "needs-review",
    ),
    "in Chinese, not under .cn": (lambda b: b.facts(site="https://xinghe.example.com/"), "failed"),
    "home not read": (lambda b: b.facts(pages=[b.page("home", reached=b.Reached.BLOCKED)]), "needs-review"),
    "a store page was audited": (lambda b: store(b), "not-applicable"),
    "a placeholder is another rule": (lambda b: b.facts(b.shows("ICP备案号：备案中")), "not-applicable"),
}


def store(b):
    facts = b.facts(pages=[b.page("store", "星禾写作")])
    return replace(facts, pages=tuple(page for page in facts.pages if page.store))


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome
