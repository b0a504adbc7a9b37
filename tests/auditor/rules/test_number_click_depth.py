import pytest

CASES = {
    "at home": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "one click": (lambda b: b.facts(b.shows(b.ALGORITHM, "legal", clicks=1)), "passed"),
    "two clicks": (lambda b: b.facts(b.shows(b.ALGORITHM, "legal", clicks=2)), "failed"),
    "three clicks": (lambda b: b.facts(b.shows(b.ALGORITHM, "legal", clicks=3)), "failed"),
    "far and near": (
        lambda b: b.facts(b.shows(b.ALGORITHM, "legal", clicks=3), b.shows(b.ALGORITHM)),
        "passed",
    ),
    "one near, another far": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.FILING, "legal", clicks=3)),
        "failed",
    ),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


@pytest.mark.parametrize(("clicks", "severity", "limit"), [(2, "advice", 2), (3, None, 3), (4, None, 3), (5, None, 4)])
def test_severity_and_sentence(check, build, clicks, severity, limit):
    ruling = check(build.facts(build.shows(build.ALGORITHM, "legal", clicks=clicks, via=("帮助", "协议"))))
    assert ruling.severity == severity
    assert f"{clicks} 次，参考值 {limit} 次；依据：" in ruling.message.zh
    assert "帮助 → 协议" in ruling.message.zh
