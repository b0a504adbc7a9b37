"""The provinces as generative-AI numbers begin with them: in pinyin, sometimes in Chinese, sometimes misspelt."""

from functools import cache

PROVINCES = {
    "Anhui": "安徽",
    "Beijing": "北京",
    "Chongqing": "重庆",
    "Fujian": "福建",
    "Gansu": "甘肃",
    "Guangdong": "广东",
    "Guangxi": "广西",
    "Guizhou": "贵州",
    "Hainan": "海南",
    "Hebei": "河北",
    "Heilongjiang": "黑龙江",
    "Henan": "河南",
    "Hubei": "湖北",
    "Hunan": "湖南",
    "Jiangsu": "江苏",
    "Jiangxi": "江西",
    "Jilin": "吉林",
    "Liaoning": "辽宁",
    "Neimenggu": "内蒙古",
    "Ningxia": "宁夏",
    "Qinghai": "青海",
    "Shaanxi": "陕西",
    "Shandong": "山东",
    "Shanghai": "上海",
    "Shanxi": "山西",
    "Sichuan": "四川",
    "Tianjin": "天津",
    "Xinjiang": "新疆",
    "Xizang": "西藏",
    "Yunnan": "云南",
    "Zhejiang": "浙江",
    "ZhongYangQiYe": "中央企业",
}
"""Prefixes with their Chinese names. The register writes ShanXi for 山西 and for 陕西; ZhongYangQiYe is no province."""

BY_NAME = {name.lower(): name for name in PROVINCES}
BY_CHINESE = {chinese: name for name, chinese in PROVINCES.items()}
UNIT = "(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
"""What a province in Chinese may end in, as a pattern."""


@cache
def nearest_province(prefix: str) -> str | None:
    """The province that a misspelt prefix means: the only one that differs in one letter.

    >>> nearest_province("Shinghai"), nearest_province("Hanan"), nearest_province("Report")
    ('Shanghai', None, None)
    """
    low = prefix.lower()
    near = [name for key, name in BY_NAME.items() if abs(len(key) - len(low)) < 2 and _one_apart(low, key)]
    return near[0] if len(near) == 1 else None


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter was changed, left out, added, or swapped with its neighbour."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[start:], other[start:]
    swapped = rest[:2] == rest_other[:2][::-1] and rest[2:] == rest_other[2:]
    return swapped or rest[1:] == rest_other[1:] or rest[1:] == rest_other or rest == rest_other[1:]
