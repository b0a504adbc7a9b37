import pytest

CASES = {
    "runs by": (
        lambda b: b.facts(
            b.shows(
                b.ALGORITHM, desktop=b.hidden("clipped", persistent=False), mobile=b.hidden("clipped", persistent=False)
            )
        ),
        "not-applicable",
    ),
    "4.5": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(contrast=4.5))), "passed"),
    "4.4": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(contrast=4.4))), "failed"),
    "2 on phones": (lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.seen(contrast=2.0))), "failed"),
    "large text at 3": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(contrast=3.0, font_px=24.0))), "passed"),
    "pale in the agreement only": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ALGORITHM, "legal", desktop=b.seen(contrast=2.0))),
        "passed",
    ),
    "over a picture": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(contrast=None, doubt="over-image"))),
        "needs-review",
    ),
    "hidden is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("same-colour", contrast=1.1))),
        "not-applicable",
    ),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


@pytest.mark.parametrize(("ratio", "severity"), [(4.0, None), (3.0, None), (2.9, "warning")])
def test_severity_and_sentence(check, build, ratio, severity):
    ruling = check(build.facts(build.shows(build.ALGORITHM, desktop=build.seen(contrast=ratio))))
    assert ruling.severity == severity
    assert f"对比度 {ratio:g}:1，参考值 4.5:1；依据：" in ruling.message.zh
