"""From words that OCR read in pictures to findings: seen, but never a ground for an accusation of a slip of the pen."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from auditor import disclosures, engine
from auditor.model import Finding, Outcome, Severity, SiteAudit, Source
from auditor.policy import load
from auditor.registry import List, Register, Row
from crawler.capture import UNREAD, Custody, PageCapture, PictureText, Reached, SiteCapture, View
from seeds.model import Seed, ServiceKind

ALGORITHM = "网信算备110108900000101250019号"
SLIPPED = "网信算备110108900000101250029号"
SHORT = "网信算备11010890000010125001号"
LINKED = "<a href='https://beian.cac.gov.cn/#/index'><img src=/beian.png{}></a>"
Pages = Callable[..., PageCapture]


def with_pictures(page: PageCapture, *texts: str) -> PageCapture:
    """The page with what OCR read in its pictures, in order, in both views."""
    return replace(page, views=tuple(_read(view, texts) for view in page.views))


def _read(view: View, texts: tuple[str, ...]) -> View:
    rows = [row for row, name in enumerate(view.tree.name) if name == "img"]
    boxes = ((row, view.tree.box[row]) for row in rows)
    found = [PictureText(row, box, text, 0.97) for (row, box), text in zip(boxes, texts, strict=True) if box]
    return replace(view, pictures=tuple(found))


def judged(page: PageCapture, register: Register | None = None) -> SiteAudit:
    seed = Seed("https://a.example.cn/", service=ServiceKind.GENERATIVE)
    custody = Custody("0", None, "test", ())
    capture = SiteCapture(seed, seed.url, "2026-11-25T08:00:00+00:00", Reached.OK, (page,), (), "none", custody)
    return engine.judge(capture, "0" * 64, load(None), register)


def finding(audit: SiteAudit, rule: str) -> Finding:
    return next(one for one in audit.findings if one.rule == rule)


def test_a_number_in_a_picture_is_a_disclosure_that_can_be_seen(page_of: Pages) -> None:
    page = with_pictures(page_of(f"<footer>{LINKED.format('')}</footer>"), f"算法备案号：{ALGORITHM}")
    (found,) = disclosures.of_page(page, (), None)
    assert (found.source, found.number, found.own, found.region) == (Source.IMAGE, ALGORITHM, True, "footer")
    assert found.label == "算法备案号"
    assert found.link.href == "https://beian.cac.gov.cn/#/index"
    assert all(view.visible and view.box and view.font_px is None for view in found.views.values())


@pytest.mark.parametrize("file", ["b.png", "b.jpg"])
@pytest.mark.parametrize("ground", ["rgb(255, 255, 255)", "rgb(20, 20, 20)"])
@pytest.mark.parametrize("covered", [True, False])
def test_what_covers_a_picture_is_something_else(page_of: Pages, file: str, ground: str, covered: bool) -> None:
    style = f"style='background-color: {ground}'"
    html = f"<footer {style}><img src=/{file}></footer><div {style}></div>"
    page = with_pictures(page_of(html), ALGORITHM)
    if covered:
        page = replace(page, views=tuple(_laid_over(view) for view in page.views))
    (found,) = disclosures.of_page(page, (), None)
    assert [view.visible for view in found.views.values()] == [not covered] * 2


def _laid_over(view: View) -> View:
    """The view with its `div` where its `img` is."""
    box = list(view.tree.box)
    box[view.tree.name.index("div")] = box[view.tree.name.index("img")]
    return replace(view, tree=replace(view.tree, box=tuple(box)))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (f"算法备案号：{ALGORITHM}\n备案号：Beijing-XingYuDaMoXing-202501010001", True),
        (f"© 2026 北京星禾智能科技有限公司 版权所有 京ICP备2099000001号-1\n算法备案号：{ALGORITHM}", True),
        (f"记者获悉，甲乙科技有限公司的算法完成备案，编号是{ALGORITHM}。业内人士认为，这是又一进展。", False),
    ],
)
def test_whose_number_a_picture_shows(page_of: Pages, text: str, own: bool) -> None:
    page = with_pictures(page_of("<div><p>开始对话</p></div><div><img src=/foot.png></div>"), text)
    assert {d.own for d in disclosures.of_page(page, (), None) if d.kind != "icp"} == {own}


def test_pictures_of_numbers_are_taken_as_evidence(page_of: Pages) -> None:
    page = with_pictures(page_of(f"<footer>{LINKED.format('')}</footer>"), ALGORITHM)
    (band,) = disclosures.places(page, page.views[0], None)
    box = page.views[0].pictures[0].box  # type: ignore[index]
    assert band[1] <= box[1] and band[1] + band[3] >= box[1] + box[3]


def test_a_number_in_a_picture_alone_is_a_warning_and_no_absence(page_of: Pages) -> None:
    audit = judged(with_pictures(page_of(f"<footer>{LINKED.format('')}</footer>"), ALGORITHM))
    is_text = finding(audit, "number-is-text")
    assert (is_text.outcome, is_text.severity) == (Outcome.FAILED, Severity.WARNING)
    for rule in ("generative-service-shows-a-number", "algorithm-number-well-formed", "number-visible"):
        assert finding(audit, rule).outcome is Outcome.PASSED
    assert finding(audit, "algorithm-number-linked").outcome is Outcome.PASSED


@pytest.mark.parametrize("name", ["alt", "aria-label"])
def test_a_described_picture_is_advice(page_of: Pages, name: str) -> None:
    picture = LINKED.format(f" {name}='算法备案 {ALGORITHM}'")
    audit = judged(with_pictures(page_of(f"<footer>{picture}</footer>"), SLIPPED))
    assert finding(audit, "number-is-text").severity is Severity.ADVICE
    assert finding(audit, "algorithm-number-check-digit").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (SHORT, "algorithm-number-well-formed"),
        ("网信算备1101T8900000101250019号", "algorithm-number-well-formed"),
        (SLIPPED, "algorithm-number-check-digit"),
        ("备案号：Beijing-XingYuDaMoXing-20250199", "model-number-well-formed"),
        ("京公网安备1101089900000号", "police-number-complete"),
        ("ICP备案号：网信算备110108900000101250019号", "number-label-matches-kind"),
        ("算法备案编号：备案中", "no-pending-placeholder"),
        ("网信算备110108900000102250015号", "algorithm-category-fits-service"),
        (ALGORITHM, "model-number-beside-algorithm-number"),
    ],
)
def test_what_may_be_misread_accuses_nobody(page_of: Pages, text: str, rule: str) -> None:
    audit = judged(with_pictures(page_of(f"<footer>{LINKED.format('')}</footer>"), text))
    found = finding(audit, rule)
    assert found.outcome is Outcome.NEEDS_REVIEW
    assert "图片" in found.message.zh and "picture" in found.message.en
    assert found.evidence


def test_a_number_that_the_lists_lack_may_be_misread(page_of: Pages) -> None:
    listed = Register(
        [
            Row(List.SYNTHESIS, "网信算备310115900000201250018号", "甲算法", batch="2026-05"),
            Row(List.RECOMMENDATION, "网信算备310115900000202250014号", "乙算法", batch="2026-05"),
        ]
    )
    for picture, outcome in ((True, Outcome.NEEDS_REVIEW), (False, Outcome.FAILED)):
        page = page_of(f"<footer>{LINKED.format('')}<p>{'' if picture else ALGORITHM}</p></footer>")
        audit = judged(with_pictures(page, ALGORITHM if picture else ""), listed)
        assert finding(audit, "number-in-registry").outcome is outcome


@pytest.mark.parametrize("rule", ["algorithm-number-well-formed", "algorithm-number-check-digit"])
def test_the_same_slip_in_text_is_judged(page_of: Pages, rule: str) -> None:
    bad = SHORT if rule.endswith("formed") else SLIPPED
    page = with_pictures(page_of(f"<footer><p>{bad}</p>{LINKED.format('')}</footer>"), "网信算备11010890000010x250")
    found = finding(judged(page), rule)
    assert found.outcome is Outcome.FAILED
    assert bad in found.message.zh
    assert "x250" not in found.message.zh


def test_a_misread_copy_of_the_text_is_the_text(page_of: Pages) -> None:
    page = with_pictures(page_of(f"<footer><p>{ALGORITHM}</p>{LINKED.format('')}</footer>"), SLIPPED)
    audit = judged(page)
    assert {d.number for d in audit.disclosures} == {ALGORITHM}
    for rule in ("algorithm-number-check-digit", "number-is-text"):
        assert finding(audit, rule).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "rule", ["generative-service-shows-a-number", "icp-number-shown", "algorithm-number-beside-model-number"]
)
@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize("partly", [True, False])
def test_absence_is_open_while_a_picture_is_unread(page_of: Pages, rule: str, read: bool, partly: bool) -> None:
    model = "大模型：星语 备案号：Beijing-XingYuDaMoXing-202501010001" if "beside" in rule else "开始对话"
    page = page_of(f"<main><p>与大模型对话，智能写作。</p></main><footer><p>{model}</p></footer>")
    unread = replace(page.views[0], pictures=() if partly else None, limits=(UNREAD,))
    page = replace(page, views=(page.views[0] if read else unread, *page.views[1:]))
    found = finding(judged(page), rule)
    assert found.outcome is (Outcome.FAILED if read else Outcome.NEEDS_REVIEW)
    if not read:
        assert "图片" in found.message.zh and "OCR" in found.message.en


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("算法备案", Outcome.FAILED),
        ("网信算 110108 9000 0010125", Outcome.NEEDS_REVIEW),
    ],
)
def test_a_described_number_may_stand_in_a_picture_that_was_half_read(
    page_of: Pages, text: str, outcome: Outcome
) -> None:
    page = with_pictures(page_of(f"<footer><img src=/b.png alt='{ALGORITHM}'></footer>"), text)
    assert finding(judged(page), "number-visible").outcome is outcome
