from datetime import date

import pytest

from auditor.model import NumberKind
from auditor.numbers import find
from auditor.numbers.genai_filing import validate

EARLY = "Shanghai-InventedModel-20230901"
LATE = "Shanghai-InventedModel-202505010042"


@pytest.mark.parametrize(
    "number",
    [
        EARLY,
        LATE,
        "BeiJing-InventedLM-V-202505010042",
        "ZheJiang-360InventedModel-202505010042",
        "Guangdong-In.Vented-202505010042",
        "Shaanxi-In’Vented-202505010042",
        "Shaanxi-In·Vented-202505010042",
        "ShanXi-InventedModel-202505010042",
        "ZhongYangQiYe-InventedModel-202505010042",
        "Neimenggu-inventedModel-20231222",
        "Guangdong-XLM-2-202505010042",
        "Xizang-" + "InventedModel" * 4 + "-202505010042",
    ],
)
@pytest.mark.parametrize(
    "frame",
    ["{}", "备案号：{}。", "（{}）", '"{}"', "| {} |", "备案号\n{}\n", "模型：示例 / {}、", "{}ICP备案", "filing={}"],
)
def test_sound_numbers_with_and_without_label(number: str, frame: str):
    text = frame.format(number)
    (found,) = find(text)
    assert (found.kind, found.number, found.raw) == (NumberKind.GENAI_FILING, number, number)
    assert (found.well_formed, found.problems) == (True, ())
    assert text[found.start : found.end] == number


def test_parts():
    (found,) = find(f"备案号 {LATE}")
    assert found.parts == {"province": "Shanghai", "name": "InventedModel", "date": "2025-05-01", "serial": 42}
    assert find(f"备案号 {EARLY}")[0].parts["serial"] is None


@pytest.mark.parametrize("join", ["、", "/", " / ", " ", "\n", "；", "|", "和", ""])
def test_numbers_in_a_row(join: str):
    numbers = [EARLY, LATE, "Beijing-OtherModel-202505010043"]
    assert [number.number for number in find("大模型备案号：" + join.join(numbers))] == numbers


@pytest.mark.parametrize(
    ("shown", "number", "problems", "well_formed"),
    [
        ("上海-InventedModel-20230901", EARLY, {"province"}, False),
        ("上海市-InventedModel-20230901", EARLY, {"province"}, False),
        ("Shinghai-InventedModel-20230901", EARLY, {"province"}, False),
        ("Shanghia-InventedModel-20230901", EARLY, {"province"}, False),
        ("shanghai-InventedModel-20230901", "shanghai-InventedModel-20230901", set(), True),
        ("Shanghai-InventedModel-20230931", "Shanghai-InventedModel-20230931", {"date"}, False),
        ("Shanghai-InventedModel-20250501042", None, {"serial"}, False),
        ("Shanghai-InventedModel-20250501000042", "Shanghai-InventedModel-20250501000042", {"serial"}, False),
        ("Shanghai-示例模型-20230901", "Shanghai-示例模型-20230901", {"name"}, False),
        ("Shanghai – InventedModel – 20230901", EARLY, {"separator"}, True),
        ("Shanghai－InventedModel－20230901", EARLY, {"fullwidth"}, True),
        ("Shanghai-InventedModel-２０２３０９０１", EARLY, {"fullwidth"}, True),
        ("Shanghai-Invented\u200bModel-20230901", EARLY, {"separator"}, True),
        ("Shanghai-InventedModel-", None, {"date"}, False),
        ("Shanghai-InventedModel-202309", None, {"date"}, False),
        ("Shanghai-InventedModel-2023-09-01", None, {"date"}, False),
        ("Shanghai-InventedModel", None, {"date"}, False),
        ("SH-InventedModel-202505010042", None, {"province"}, False),
        ("Atlantis-InventedModel-202505010042", None, {"province"}, False),
        ("InventedModel-202505010042", None, {"province"}, False),
        ("Shanghai_InventedModel_202505010042", LATE, {"separator"}, True),
        ("Shanghai_InventedModel_20250501004", None, {"date"}, False),
    ],
)
def test_faults_behind_a_label(shown: str, number: str | None, problems: set[str], well_formed: bool):
    text = f"大模型备案号：{shown}"
    (found,) = find(text)
    assert (found.raw, found.number, set(found.problems), found.well_formed) == (shown, number, problems, well_formed)


def test_the_date_is_judged_by_the_day_of_capture():
    assert find(LATE, today=date(2025, 5, 1))[0].well_formed
    assert find(LATE)[0].well_formed
    (found,) = find(LATE, today=date(2025, 4, 30))
    assert (found.well_formed, found.problems) == (False, ("date",))
    assert find(LATE, 2024)[0].problems == ("date",)


@pytest.mark.parametrize("label", ["备案号：", "", "© 2026 "])
def test_a_missing_serial_is_no_fault(label: str):
    (found,) = find(f"{label}Henan-YanShiMoXing-20250122")
    assert (found.well_formed, found.problems) == (True, ())


@pytest.mark.parametrize(
    "text",
    [
        "车次 Beijing-Shanghai-20230901",
        "Beijing-Shanghai-20230901",
        "会议编号：Shanghai-WAIC-20250726",
        "Shanghai-WAIC-20250726",
        "采购合同编号：Beijing-HT-202403150012，供应商",
        "采购合同编号：Beijing-HT-202503150012，供应商",
        "共享文件：Shanghai-Model-20240301.docx、Beijing-Report-20231016.pdf、Guangdong-Data-20240909.xlsx",
        "https://example.cn/img/Beijing-Report-20231016",
        "Air-Beijing-Shanghai-2025-03-05-10-25-00",
        "guangdong-report-20231016",
        "JIANGSU-GDP-20231016",
        "Guangdong-HongKong-Macao Greater Bay Area",
        "hunyuan-2023-09-01",
        "上海马拉松 Shanghai-Marathon-20231126 报名结果",
        "备份 Beijing-Dump-202505011230 完成",
        "备份 Beijing-Dump-20250501123000 完成",
        "stage3-riscv64-openrc-20231018T010001Z.tar.xz",
        "image-20240428013941812",
        "Human-Eval-20230901",
        "Shanghai-Report-20230931",
        "Shanghai-Report-20200901",
        "Shanghai-Report-2024",
        "大模型备案号：see-below",
        "大模型备案号：https://example.cn/a-20250501",
        "采购备案号：SH-InventedModel-202505010042",
        "Shanghai-Report-20250901",
        "Beijing-HT-202403150012",
        "生成式人工智能服务备案号：本应用未接入生成式人工智能服务",
        "大模型备案进行中，参数 30B-80B",
    ],
)
def test_false_friends(text: str):
    assert find(text) == ()


def test_a_filing_label_makes_a_number_of_anything_of_the_form():
    assert find("大模型备案号：Shanghai-WAIC-20250726")[0].well_formed
    assert find("大模型备案号：Beijing-Shanghai-20230901")[0].well_formed


@pytest.mark.parametrize(
    "around", ["{}", "© 2026 示例公司 {}", "沪ICP备2026000001号 {}", "本项目使用 AI 模型 {}", "{} 大模型"]
)
def test_without_a_label_the_words_around_must_fit(around: str):
    assert [number.number for number in find(around.format(EARLY)) if number.kind == NumberKind.GENAI_FILING] == [EARLY]


def test_the_nearer_label_counts():
    assert find("已备案。参考文件：Beijing-HT-202503150012") == ()
    assert len(find("文件编号见下；备案号：Beijing-HT-202503150012")) == 1


def test_validate():
    assert validate(LATE) == ()
    assert validate("Atlantis-InventedModel-20230901") == ("province",)
    assert validate("Shanghai-InventedModel-20230901S0001") == ("serial",)
    assert validate("Shanghai-InventedModel") == ("length",)


@pytest.mark.parametrize(
    "text",
    ["模型名称：示例大模型（{}）", "所用模型名称:示例 {}", "本平台接入的模型：示例大模型（{}）、另一", "示例大模型 {}"],
)
def test_behind_the_name_of_its_model_a_number_needs_no_other_label(text: str) -> None:
    """Also one with a serial of a day on which none had any: the CAC's notice asks for name and number together."""
    number = "Beijing-ShiLiDaMoXing-202403210011"
    assert [found.number for found in find(text.format(number))] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "模型：Beijing-V1.2-202301010001",
        "模型文件 Beijing-model-202403210011.zip",
        "大模型峰会（Beijing-Summit-202403211234）",
        "模型 Hunyuan-Large-202403210011",
        "模型，Beijing-ShiLiDaMoXing-202403210011",
    ],
)
def test_what_is_no_number_is_none_behind_the_word_model_either(text: str) -> None:
    assert find(text) == ()
