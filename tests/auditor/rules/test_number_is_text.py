CASES = {
    "text": (lambda b: b.facts(b.shows(b.ALGORITHM)), "passed"),
    "generated": (lambda b: b.facts(b.shows(b.ALGORITHM, source="generated")), "passed"),
    "a picture": (lambda b: b.facts(b.shows(b.ALGORITHM, source="image")), "failed"),
    "alt only": (
        lambda b: b.facts(b.shows(b.ALGORITHM, source="attribute", desktop=b.hidden("not-rendered"))),
        "failed",
    ),
    "a picture, and text elsewhere": (
        lambda b: b.facts(b.shows(b.ALGORITHM, source="image"), b.shows(b.ALGORITHM, "about")),
        "passed",
    ),
    "hidden text is another rule": (
        lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.hidden("display-none"))),
        "passed",
    ),
    "somebody else's": (lambda b: b.facts(b.shows(b.ALGORITHM, source="image", own=False)), "not-applicable"),
    "nothing": (lambda b: b.facts(), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_a_described_picture_is_advice(check, build):
    found = build.facts(build.shows(build.ALGORITHM, source="image"), alt=f"算法备案 {build.ALGORITHM}")
    assert check(found).severity == "advice"
    assert check(build.facts(build.shows(build.ALGORITHM, source="image"), alt="算法备案")).severity is None


def test_says_that_pictures_were_not_read(check, build):
    assert "未读取" in check(build.facts(ocr=False)).message.zh
    assert "未读取" not in check(build.facts()).message.zh
