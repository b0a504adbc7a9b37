import pytest

from auditor.divisions import division, in_a_province, place, table


def test_the_table_is_whole_and_clean():
    assert len(table()) > 6_700
    assert all(len(code) == 6 and code.isdigit() and each.name and code == each.code for code, each in table().items())
    assert sum(each.withdrawn is not None for each in table().values()) > 3_500
    assert sum(code.endswith("0000") for code in table()) == 34


@pytest.mark.parametrize("code", ["441900", "441901", "442000", "442001", "406301"])
def test_codes_that_filers_use_though_no_list_has_them(code: str):
    assert division(code)


def test_provinces():
    assert in_a_province("310199")
    assert not in_a_province("000000")
    assert not in_a_province("400001")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("310104", "上海市徐汇区"),
        ("440305", "广东省深圳市南山区"),
        ("441901", "广东省东莞市"),
        ("310199", None),
        ("110000", "北京市"),
    ],
)
def test_place(code: str, name: str | None):
    assert place(code) == name
