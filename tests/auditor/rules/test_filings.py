import pytest

from auditor.facts import AI, ALGORITHM
from auditor.filings import concerns, filings, is_operator, numbers, operators


@pytest.mark.parametrize(
    ("text", "declared", "names"),
    [
        ("© 2026 北京星禾智能科技有限公司 版权所有", None, ("北京星禾智能科技有限公司",)),
        ("Copyright 上海云帆模型有限公司", None, ("上海云帆模型有限公司",)),
        ("主办单位：上海云帆模型有限公司", None, ("上海云帆模型有限公司",)),
        ("© 2026 北京星禾智能科技有限公司", "上海云帆模型有限公司", ("上海云帆模型有限公司",)),
        ("合作伙伴：上海云帆模型有限公司", None, ()),
        ("", None, ()),
    ],
)
def test_operators(build, text, declared, names):
    assert operators(build.facts(text=text, operator=declared)) == names


def test_filings_in_force_of_the_operator(build):
    rows = [
        build.row(build.ALGORITHM),
        build.row(build.OTHER, entity=build.UPSTREAM),
        build.row(build.RECOMMENDING, build.List.RECOMMENDATION, remark="已注销"),
        build.row("Beijing-XingHeXieZuo-202403010001", build.List.FILING),
    ]
    facts = build.facts(operator=build.OPERATOR, register=build.Register(rows))
    assert numbers(filings(facts, *ALGORITHM)) == (build.ALGORITHM,)
    assert numbers(filings(facts, *AI)) == numbers(filings(facts)) == (rows[0].number, rows[3].number)
    assert filings(build.facts(operator=build.OPERATOR)) == ()


@pytest.mark.parametrize(
    ("products", "name", "title", "ours"),
    [
        ("星禾写作（网站）", "星禾写作", "", True),
        ("星禾写作（网站）", None, "星禾写作 - 与星禾对话", True),
        ("星禾地图（APP）、星禾写作（网站）", None, "星禾 写作", True),
        ("星禾地图（APP）", "星禾写作", "星禾写作", False),
        ("星禾（APP）", None, "北京星禾智能科技有限公司", False),
        ("星禾写作（网站）", None, "", False),
        ("--", None, "星禾写作", False),
    ],
)
def test_concerns_this_product(build, products, name, title, ours):
    facts = build.facts(text="我们的产品：星禾写作、星禾地图", title=title, name=name)
    assert concerns(facts, build.row(build.ALGORITHM, products=products)) is ours


@pytest.mark.parametrize(
    ("entity", "operator", "text", "same"),
    [
        ("北京星禾智能科技有限公司", "北京星禾智能科技有限公司", "", True),
        ("上海云帆模型有限公司", "北京星禾智能科技有限公司", "", False),
        ("上海云帆模型有限公司", "北京星禾智能科技有限公司", "由上海云帆模型有限公司提供模型", False),
        ("上海云帆模型有限公司", "云帆", "", None),
        ("上海云帆模型有限公司", None, "", None),
        ("上海云帆模型有限公司", None, "联系 上海云帆模型 有限公司", True),
    ],
)
def test_is_operator(build, entity, operator, text, same):
    assert is_operator(build.facts(text=text, operator=operator), entity) is same
