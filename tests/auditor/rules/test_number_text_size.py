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
    "12 px": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(font_px=12.0))), "passed"),
    "11 px": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(font_px=11.0))), "failed"),
    "9 px on phones": (lambda b: b.facts(b.shows(b.ALGORITHM, mobile=b.seen(font_px=9.0))), "failed"),
    "small in the agreement only": (
        lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ALGORITHM, "legal", desktop=b.seen(font_px=8.0))),
        "passed",
    ),
    "small at home, large in the agreement": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(font_px=8.0)), b.shows(b.ALGORITHM, "legal")),
        "failed",
    ),
    "smaller than the ICP line": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(font_px=12.0)), b.shows(b.ICP)),
        "failed",
    ),
    "as large as the ICP line": (lambda b: b.facts(b.shows(b.ALGORITHM), b.shows(b.ICP)), "passed"),
    "the ICP line stands elsewhere": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(font_px=12.0)), b.shows(b.ICP, region="header")),
        "passed",
    ),
    "not measured": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(font_px=None))), "needs-review"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


@pytest.mark.parametrize(("px", "severity"), [(11.0, None), (10.0, None), (9.0, "warning")])
def test_severity_and_sentence(check, build, px, severity):
    ruling = check(build.facts(build.shows(build.ALGORITHM, desktop=build.seen(font_px=px))))
    assert ruling.severity == severity
    assert f"字号 {px:g} px，参考值 12 px；依据：" in ruling.message.zh
    assert "法律未规定数值" in ruling.message.zh
