"""The province under which a site is filed, read from the first character of its ICP or public security number."""

from auditor.model import NumberKind, SiteAudit, Text

_NAMES = """
京 北京 Beijing
津 天津 Tianjin
冀 河北 Hebei
晋 山西 Shanxi
蒙 内蒙古 Inner~Mongolia
辽 辽宁 Liaoning
吉 吉林 Jilin
黑 黑龙江 Heilongjiang
沪 上海 Shanghai
苏 江苏 Jiangsu
浙 浙江 Zhejiang
皖 安徽 Anhui
闽 福建 Fujian
赣 江西 Jiangxi
鲁 山东 Shandong
豫 河南 Henan
鄂 湖北 Hubei
湘 湖南 Hunan
粤 广东 Guangdong
桂 广西 Guangxi
琼 海南 Hainan
渝 重庆 Chongqing
蜀 四川 Sichuan
黔 贵州 Guizhou
滇 云南 Yunnan
藏 西藏 Xizang
陕 陕西 Shaanxi
陇 甘肃 Gansu
青 青海 Qinghai
宁 宁夏 Ningxia
新 新疆 Xinjiang
"""

PROVINCES = {
    letter: Text(zh, en.replace("~", " ")) for letter, zh, en in (line.split() for line in _NAMES.strip().splitlines())
}
_SAME = {"川": "蜀", "贵": "黔", "云": "滇", "秦": "陕", "甘": "陇"}  # two letters are in use for one province

UNKNOWN = Text("未见ICP或公安备案号", "no ICP or police number seen")

_KINDS = (NumberKind.ICP, NumberKind.ICP_LICENSE, NumberKind.POLICE)


def province(audit: SiteAudit) -> str:
    """The letter of the province; "" where the site shows no number that tells it."""
    firsts = ((one.number or "")[:1] for kind in _KINDS for one in audit.disclosures if one.own and one.kind is kind)
    letters = (_SAME.get(first, first) for first in firsts)
    return next((letter for letter in letters if letter in PROVINCES), "")


def province_name(letter: str) -> Text:
    """The name of a province by its letter."""
    return PROVINCES.get(letter, UNKNOWN)
