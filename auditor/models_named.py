"""Whose model a page says it runs on."""

import re

_DOMESTIC = (
    r"deepseek|豆包|doubao|通义|千问|qwen|文心|ernie|混元|hunyuan|星火|智谱|chatglm|glm-?\d|kimi|月之暗面|"
    r"moonshot|minimax|百川|"
    r"baichuan|盘古|日日新|阶跃|可灵|即梦|seedream|seedance|vidu"
)
_FOREIGN = (
    r"chatgpt|gpt-?[345][\w.]*(?: ?(?:mini|turbo|pro))?|gpt-?image\S{0,4}|claude(?! code)|gemini|midjourney|"
    r"dall-?e ?\d?|grok|sora ?\d?"
)
_TAKES = r"(?:接入|调用|集成|搭载|内置|聚合|基于|支持|采用|使用|切换|提供|powered by)"

NAMES = re.compile(rf"(?:{_DOMESTIC}|{_FOREIGN})[\w.\- ]{{0,14}}")
"""A model's name with its version, as menus show it."""

OWN = re.compile(
    r"(?:自研|自主研发|自主训练|自有|自建)[^。,，]{0,12}模型|(?:我们|本公司|公司|团队)(?:的|训练|"
    r"研发)[^。,，]{0,8}大模型|(?:微调|精调|增量训练)[^。,，]{0,12}模型"
)
"""The site says that the model is its own, or tuned by itself."""

API = re.compile(
    rf"由[^。,，]{{1,16}}(?:模型)?(?:提供(?:技术)?(?:支持|服务|能力)|驱动)|"
    rf"{_TAKES}[^。]{{0,24}}?(?:{_DOMESTIC})|(?:所使用|使用|"
    rf"调用)的?(?:已备案)?模型:"
)
"""The site says that the model is another operator's."""

FOREIGN = re.compile(
    rf"^(?P<alone>{_FOREIGN})(?: ?(?:\d[\w.]*|sonnet|opus|haiku|pro|flash|ultra|满血版|模型)){{0,3}}$|"
    rf"{_TAKES}[^。]{{0,30}}?(?P<taken>{_FOREIGN})|"
    rf"(?P<version>{_FOREIGN})[^。]{{0,4}}(?:中文版|国内版|镜像|免登录|免翻|国内直连|在线版)"
)
"""The site offers a model from abroad: alone in a line as in a menu, or with words that offer it."""

_DENIES = r"(?:不(?!限|用|需|必|止|仅|同|断|但|只)|未|没有|并非|拒绝|禁止|严禁)"
NOT_OFFERED = re.compile(
    rf"兼容|对标|超越|媲美|不支持|未接入|类似|compatible|替代|与[^,。;]{{0,40}}无[^,。;]{{0,4}}关|"
    rf"{_DENIES}[^,。;!?]{{0,4}}(?:支持|接入|使用|提供|调用|采用|集成|内置|基于|搭载|依赖|包含|涉及)"
    rf"[^,。;!?]{{0,12}}(?:{_DOMESTIC}|{_FOREIGN}|境外)"
)
"""Words that name a model without offering it, or deny it; "不限次使用" and "不用翻墙" deny nothing."""


def names_upstream(line: str, site_name: str) -> bool:
    """Return whether a line says that the service runs on another's model: one that the site is not called after."""
    found = API.search(line)
    names = re.findall(_DOMESTIC, line)
    return bool(found) and not any(name in site_name for name in names) and not OWN.search(line)


def foreign(line: str) -> tuple[str, ...]:
    """Return the models from abroad that a folded line offers.

    >>> foreign("支持 gpt-4o、claude 与 gemini")
    ('gpt-4o', 'claude', 'gemini')
    """
    return tuple(re.findall(_FOREIGN, line)) if len(line) <= 80 and FOREIGN.search(line) else ()
