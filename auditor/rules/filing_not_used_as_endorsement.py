"""A filing is not presented as the state's approval."""

import re

from auditor import laws, wording
from auditor.facts import AI, Facts
from auditor.model import Evidence, Severity, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from crawler.capture import Reached, Role
from seeds.model import ServiceKind

META = Meta(
    category="misuse",
    title=Text("将备案结果用于宣传或暗示官方认可", "Filing used as endorsement or advertising"),
    requirement=Text(
        "备案不代表认可，备案结果不用于宣传和其他商业用途",
        "A filing is no endorsement; its result is not used for publicity or other commercial purposes",
    ),
    basis=(laws.NOT_AN_ENDORSEMENT, laws.ADVERTISING_STATE, laws.ADVERTISING_SUPERLATIVE),
    severity=Severity.VIOLATION,
    remedy=Text(
        "请删除“国家认证”“官方认可”等表述及徽章，仅作中性公示。",
        "Remove endorsement wording and badges; keep the neutral line with the number.",
    ),
)

_STATE = r"(?:国家|官方|政府|权威|中央|网信办|网信部门|工信部|公安部)"
_PRAISE = rf"(?:{_STATE}[^，。；！？\n]{{0,6}}(?:认证|认可|推荐|背书|担保)|国家级|最权威|唯一合法)"
_FILING = r"(?:备案|登记)(?!号|编号|信息|查询|证|[:：])"
_BY_THE_CAC = r"(?:互联网信息办公室|国信办|网信办|网信部门)[^，。；！？\n]{0,6}(?:认证|认可|推荐|背书|担保)"
"""The CAC approves no product: what is called its approval can only be a filing."""
_GAP = r"[^。！？|｜·\n]{0,12}?"
_CLAIM = re.compile(rf"{_PRAISE}{_GAP}{_FILING}|{_FILING}{_GAP}{_PRAISE}|{_BY_THE_CAC}")
"""Praise and filing in one clause: a title of honour beside a line of numbers is another matter."""
_NOT = re.compile(r"不代表|不构成|并非|不是|不等于|不得|未经|禁止|不意味|无需|without|not ")
_ALGORITHM = re.compile(r"算法")
_SENTENCE = re.compile(r"[^。！？!?\n]{1,200}")
PLACES = frozenset({Role.HOME, Role.PRODUCT, Role.ABOUT, Role.DOWNLOAD, Role.STORE})


def check(facts: Facts) -> Ruling:
    """Fails for a sentence that joins a filing with the state's approval; claims about models only are warnings."""
    offers = facts.is_service(ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS, ServiceKind.RECOMMENDATION)
    if offers is False and not facts.seen(*AI):
        return not_applicable("不是人工智能服务，也未展示相关编号。", "Not an AI service, and no such number is shown.")
    pages = [p for p in facts.pages if p.role in PLACES and p.reached == Reached.OK]
    claims = [(p.url, s.strip()) for p in pages for s in _SENTENCE.findall(p.text) if _is_claim(s)]
    if not claims:
        return passed("未见将备案作为认可的表述。", "No wording presents a filing as approval.")
    url, sentence = claims[0]
    proof = [Evidence(u, wording.short(s, 200)) for u, s in claims[:20]]
    zh = f"{url} 写有“{wording.short(sentence)}”，疑似将备案表述为官方认可；"
    zh += "备案“不代表对有关主体、算法、产品、服务等的认可”。"
    en = f'{url} says "{wording.short(sentence)}", which presents a filing as approval; a filing is no endorsement.'
    if offers is None:
        return review(zh, en, proof)
    algorithm = any(_ALGORITHM.search(s) for _, s in claims)
    return failed(zh, en, proof, None if algorithm else Severity.WARNING)


def _is_claim(sentence: str) -> bool:
    return bool(_CLAIM.search(sentence) and not _NOT.search(sentence))
