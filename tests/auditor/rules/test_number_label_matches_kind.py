CASES = {
    "a placeholder of another kind on the line before": (
        lambda b: b.facts(
            b.shows("算法备案号：备案中\n模型名称：星禾大模型 备案号：Beijing-XingHeXieZuo-202503010001")
        ),
        "passed",
    ),
    "no label": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "its label": (lambda b: b.facts(b.shows("算法备案号：" + b.ALGORITHM)), "passed"),
    "any label": (lambda b: b.facts(b.shows(b.FILING)), "passed"),
    "after another number": (lambda b: b.facts(b.shows(f"算法备案号：{b.ALGORITHM} 大模型{b.FILING}")), "passed"),
    "both labels before both numbers": (
        lambda b: b.facts(b.shows(f"算法备案及大模型备案：{b.ALGORITHM}、Beijing-XingHeXieZuo-202403010001")),
        "passed",
    ),
    "algorithm number called model number": (lambda b: b.facts(b.shows("大模型备案号：" + b.ALGORITHM)), "failed"),
    "model number called algorithm number": (lambda b: b.facts(b.shows("算法" + b.FILING)), "failed"),
    "called ICP": (lambda b: b.facts(b.shows("ICP备案号：" + b.ALGORITHM)), "failed"),
    "the firm's name holds words of another kind": (
        lambda b: b.facts(b.shows("北京星禾人工智能模型有限公司（XingHe） " + b.ALGORITHM)),
        "passed",
    ),
    "the product's name holds words of another kind": (
        lambda b: b.facts(b.shows("星禾通用大语言模型 " + b.ALGORITHM)),
        "passed",
    ),
    "another label, then a name": (
        lambda b: b.facts(b.shows("算法备案公示 星禾 Beijing-XingHeXieZuo-202403010001")),
        "passed",
    ),
    "a longer label": (
        lambda b: b.facts(b.shows("生成式人工智能服务备案编号：" + b.ALGORITHM)),
        "failed",
    ),
    "wrong in the agreement only": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows("大模型备案号：" + b.ALGORITHM, "legal")),
        "passed",
    ),
    "its label in the cell before": (
        lambda b: b.facts(b.shows(b.FILING, context="Beijing-XingHeXieZuo-202403010001"), text="大模型备案编号"),
        "passed",
    ),
    "bare model number": (lambda b: b.facts(b.shows(b.FILING, context="Beijing-XingHeXieZuo-202403010001")), "failed"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_severity(check, build):
    bare = build.facts(build.shows(build.FILING, context="Beijing-XingHeXieZuo-202403010001"))
    assert check(bare).severity == "advice"
    ruling = check(build.facts(build.shows("大模型备案号：" + build.ALGORITHM)))
    assert ruling.severity is None
    assert "大模型备案号" in ruling.message.zh
