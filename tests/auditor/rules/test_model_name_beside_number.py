CASES = {
    "named": (lambda b: b.facts(b.shows("模型名称：星禾写作 " + b.FILING)), "passed"),
    "named as a model": (lambda b: b.facts(b.shows("星禾大模型 " + b.FILING)), "passed"),
    "the name of the number": (lambda b: b.facts(b.shows("XingHeXieZuo " + b.FILING)), "passed"),
    "as the lists call it": (
        lambda b: b.facts(b.shows("星禾文心笔 " + b.FILING, registry=b.Listing("listed", name="星禾文心笔大模型"))),
        "passed",
    ),
    "bare": (lambda b: b.facts(b.shows("大模型" + b.FILING)), "failed"),
    "beside other numbers and the firm": (
        lambda b: b.facts(b.shows(f"© 2026 {b.OPERATOR} 版权所有 {b.ICP} {b.POLICE} 大模型{b.FILING}")),
        "failed",
    ),
    "other words": (lambda b: b.facts(b.shows("星禾笔 " + b.FILING), text="首页"), "needs-review"),
    "a short line before": (lambda b: b.facts(b.shows(b.FILING), text="星禾笔"), "needs-review"),
    "named in one of two places": (
        lambda b: b.facts(b.shows(b.FILING), b.shows("模型名称：星禾写作 " + b.FILING, "about"), text="首页"),
        "passed",
    ),
    "a registration": (lambda b: b.facts(b.shows(b.REGISTRATION)), "not-applicable"),
    "somebody else's": (lambda b: b.facts(b.shows(b.FILING, own=False)), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_offers_the_line(check, build):
    listing = build.Listing("listed", name="星禾文心笔")
    ruling = check(build.facts(build.shows("大模型" + build.FILING, registry=listing)))
    assert ruling.html == "<span>模型名称：星禾文心笔 备案号：Beijing-XingHeXieZuo-202403010001</span>"
