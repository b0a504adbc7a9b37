import pytest

from auditor.model import NumberKind
from auditor.numbers import find, label_before

STAND_INS = [
    "备案中",
    "备案申请中",
    "办理中",
    "正在办理",
    "待备案",
    "待申请",
    "待填写",
    "审核中",
    "XXXX",
    "xxxxxxxx",
    "****",
]
STAND_INS += ["{{ICP_NUMBER}}", "${filing}", "<%= no %>", "T-2026-XXXX", "TBD", "____"]


@pytest.mark.parametrize("stand_in", STAND_INS)
@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("算法备案号：", NumberKind.ALGORITHM),
        ("算法备案编号\n", NumberKind.ALGORITHM),
        ("互联网信息服务算法备案：", NumberKind.ALGORITHM),
        ("大模型备案号：", NumberKind.GENAI_FILING),
        ("生成式人工智能服务备案号: ", NumberKind.GENAI_FILING),
        ("生成式 AI 服务备案 (备案编号: ", NumberKind.GENAI_FILING),
        ("生成式人工智能服务登记号：", NumberKind.GENAI_REGISTRATION),
        ("生成式人工智能服务上线编号：", NumberKind.GENAI_REGISTRATION),
        ("ICP备案号：", NumberKind.ICP),
        ("网站备案号：", NumberKind.ICP),
        ("中国区 ICP App 备案号：", NumberKind.ICP_APP),
        ("ICP许可证号：", NumberKind.ICP_LICENSE),
        ("公安备案号：", NumberKind.POLICE),
        ("| 公安联网备案编号 | ", NumberKind.POLICE),
    ],
)
def test_a_stand_in_under_a_label_is_a_placeholder(label: str, kind: NumberKind, stand_in: str):
    text = f"{label}{stand_in}"
    (found,) = find(text)
    assert (found.kind, found.raw, found.number) == (kind, stand_in, None)
    assert (found.well_formed, found.problems) == (False, ("placeholder",))
    assert text[found.start : found.end] == found.raw


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("网信算备XXXXXXXX号", NumberKind.ALGORITHM),
        ("网信算备 xxxxxxxxxxxxx号", NumberKind.ALGORITHM),
        ("网信算备330108000XXXXX号", NumberKind.ALGORITHM),
        ("网信算备{{NUMBER}}号", NumberKind.ALGORITHM),
        ("网信算备...号", NumberKind.ALGORITHM),
        ("网信算备：申请中", NumberKind.ALGORITHM),
        ("网信算备 号", NumberKind.ALGORITHM),
        ("粤ICP备XXXXXXXX号", NumberKind.ICP),
        ("粤ICP备2026XXXXXX号-1", NumberKind.ICP),
        ("粤ICP备XXXXXXXX号-1A", NumberKind.ICP_APP),
        ("粤ICP证XXXXXX号", NumberKind.ICP_LICENSE),
    ],
)
def test_a_stand_in_behind_a_prefix_is_a_placeholder(text: str, kind: NumberKind):
    (found,) = find(f"版权所有 {text}（上线前替换）")
    assert (found.kind, found.raw, found.number) == (kind, text, None)
    assert (found.well_formed, found.problems) == (False, ("placeholder",))


@pytest.mark.parametrize(
    "text",
    [
        "算法备案号 大模型备案号",
        "| 算法备案号 | 大模型备案号 |\n| --- | --- |",
        "| 通义 | — |",
        "填写算法备案号：请在后台填写",
        "算法备案号：备案中心查询",
        "算法备案进行中的产品",
        "应用正在合规备案流程中",
        "备案号：备案中",
        "待备案",
        "{{ICP_NUMBER}}",
        "XXXX",
        "算法备案 办理中心",
        "公安备案图标",
        "算法备案号：见设置",
        "网信算备号以公示为准",
        "算法备案号：无需备案",
        "生成式人工智能服务上线备案号」和「算法备案号」，并有",
    ],
)
def test_words_are_no_placeholders(text: str):
    assert find(text) == ()


@pytest.mark.parametrize("digits", ["44030000000000000001", "110108900000101250019", "4403000000"])
def test_bare_digits_under_an_algorithm_label(digits: str):
    (found,) = find(f"AI 算法备案号: {digits} ")
    assert (found.kind, found.raw, found.number) == (NumberKind.ALGORITHM, digits, f"网信算备{digits}号")
    assert {"missing-prefix", "missing-suffix"} <= set(found.problems)
    assert found.well_formed == (len(digits) == 21)


def test_label_before():
    text = "© 2026 示例公司 算法备案号：\n网信算备"
    assert label_before(text, text.index("网信")) == "© 2026 示例公司 算法备案号"
    assert label_before(text, text.index("网信"), limit=6) == "法备案号"
    assert label_before(text, 0) == ""
