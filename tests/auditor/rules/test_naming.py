import pytest

from auditor.naming import model_named, named_as_upstream

FILING = "备案号：Beijing-XingHeXieZuo-202403010001"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("模型名称：星禾 " + FILING, True),
        ("星禾大模型 " + FILING, True),
        ("星禾视觉模型（" + FILING + "）", True),
        ("XingHe XieZuo " + FILING, True),
        ("星禾大模型" + FILING, True),
        ("星禾语言模型" + FILING, True),
        ("所调用模型：云帆 " + FILING, True),
        ("Model: YunFan Ask, " + FILING, True),
        ("大模型：" + FILING, False),
        ("本产品大模型" + FILING, False),
        ("已通过大模型" + FILING, None),
        ("大模型" + FILING, False),
        ("生成式人工智能服务" + FILING, False),
        ("本产品使用的大模型 " + FILING, None),
        ("大模型备案信息 | 网信算备110108900000101240015号 | " + FILING, False),
        ("京公网安备11010899000001号 京ICP备2099000001号-1 " + FILING, False),
        ("星禾 " + FILING, None),
    ],
)
def test_model_named(build, line, named):
    (d,) = (d for d in build.shows(line) if d.kind == "genai-filing")
    assert model_named(build.facts((d,), text=build.COPY), d) is named


def test_the_cell_before_may_hold_the_name(build):
    (d,) = build.shows(FILING, context="Beijing-XingHeXieZuo-202403010001")
    assert model_named(build.facts((d,), text="星禾"), d) is None
    assert model_named(build.facts((d,), text="备案号"), d) is False


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ("模型\n星禾\n备案号", True),
        ("星禾写作\n大模型备案号", True),  # the title of the site
        ("云帆\n大模型备案号", None),
        ("模型\n备案号", False),
        ("网信算备110108900000101240015号\n备案号", False),
    ],
)
def test_cells_before_a_number_alone_are_read(build, cells, named):
    number = "Beijing-XingHeXieZuo-202403010001"
    (d,) = build.shows(FILING, context=number)
    assert model_named(build.facts((d,), text=f"{cells}\n{number}"), d) is named


@pytest.mark.parametrize(
    ("line", "upstream"),
    [
        ("本服务调用云帆大模型 " + FILING, True),
        ("技术支持：云帆 " + FILING, True),
        ("我司大模型" + FILING, False),
        ("自研大模型 " + FILING, False),
        (FILING, None),
    ],
)
def test_named_as_upstream(build, line, upstream):
    (d,) = build.shows(line)
    assert named_as_upstream(build.facts((d,), text="首页"), d) is upstream
