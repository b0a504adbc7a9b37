"""The rule catalogue as a page of documentation, in either language.

`python -m auditor.catalogue_doc en > docs/rules.md` and `python -m auditor.catalogue_doc zh > docs/zh/rules.md`.
"""

import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from auditor import policy
from auditor.model import Citation, Level, Severity, Text
from auditor.rules import Rule, catalogue
from auditor.wording import PROXY

Language = Literal["zh", "en"]

SEVERITIES = {
    Severity.VIOLATION: Text("不符合要求", "requirement not met"),
    Severity.WARNING: Text("疑似不符", "possible shortfall"),
    Severity.ADVICE: Text("建议", "advice"),
}
LEVELS = {
    Level.LAW: Text("法律", "law"),
    Level.REGULATION: Text("行政法规", "administrative regulation"),
    Level.RULE: Text("部门规章", "departmental rule"),
    Level.NOTICE: Text("规范性文件、公告", "notice"),
    Level.STANDARD: Text("国家标准", "national standard"),
    Level.PRACTICE: Text("平台说明、通行做法", "platform guidance or practice"),
    Level.PROXY: Text("参考值，法律未定", "reference value, not law"),
    Level.INFERRED: Text("由公开数据推断", "inferred from published data"),
}

_HEAD = Text(
    """<!-- 由 `python -m auditor.catalogue_doc zh > docs/zh/rules.md` 生成；测试会与代码核对。 -->

# 规则目录

[English](../rules.md)

每条规则是 `auditor/rules/` 下的一个模块，文件名即规则编号。结果有五种：`passed`（符合）、`failed`（不符）、
`needs-review`（需人工核对）、`not-applicable`（不适用）和 `error`（检查出错）；没有把握时为 `needs-review`。
""",
    """<!-- Made by `python -m auditor.catalogue_doc en > docs/rules.md`; a test compares it with the code. -->

# Rules

[中文](zh/rules.md)

Each rule is a module of `auditor/rules/`; its file name is its id. There are five outcomes: `passed`, `failed`,
`needs-review`, `not-applicable` and `error`. What is not certain is `needs-review`.
""",
)
_CONTENTS = Text("| 规则 | 未满足时 | 程度 |", "| rule | when it fails | severity |")
_SEVERITY, _REQUIREMENT = Text("程度", "Severity"), Text("要求", "Requirement")
_JUDGES, _REMEDY, _BASIS = Text("判断", "How it judges"), Text("整改", "Remedy"), Text("依据", "Basis")
_VALUES = Text("# 参考值", "# Reference values")
_UNITS = {"次": "clicks", "屏": "screens", "字": "characters"}  # of the policy, in English
_VALUE_HEAD = Text("| 名称 | 值 | 来源 |", "| name | value | source |")


def page(language: Language = "en") -> str:
    """The whole page, in Markdown."""
    rules = catalogue()
    parts = (_contents(rules, language), *(_rule(*item, language) for item in rules.items()), _policy(language))
    return "\n".join((_pick(_HEAD, language), *(line for part in parts for line in part)))


@cache
def judging() -> dict[str, Text]:
    """How each rule judges: in English the words of its code, in Chinese what `judging.txt` has for them."""
    lines = (Path(__file__).parent / "judging.txt").read_text("utf-8").splitlines()
    rows = (line.split(" | ") for line in lines if not line.startswith("#"))
    return {rule: Text(zh, en) for rule, en, zh in rows}


def words_of_code(rule: Rule) -> str:
    """What the docstring of a rule's `check` says."""
    return " ".join(inspect.cleandoc(rule.check.__doc__ or "").split())


def _pick(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en


def _contents(rules: dict[str, Rule], language: Language) -> Iterator[str]:
    yield _pick(_CONTENTS, language)
    yield "|---|---|---|"
    for name, rule in rules.items():
        severity = _pick(SEVERITIES[rule.META.severity], language)
        yield f"| [`{name}`](#{name}) | {_pick(rule.META.title, language)} | {severity} (`{rule.META.severity}`) |"
    yield ""


def _rule(name: str, rule: Rule, language: Language) -> Iterator[str]:
    meta, stop, colon = rule.META, *(("。", "：") if language == "zh" else (".", ": "))
    yield f"## {name}"
    yield ""
    yield f"**{_pick(meta.title, language)}**"
    yield ""
    rows = (
        (_SEVERITY, f"{_pick(SEVERITIES[meta.severity], language)} (`{meta.severity}`)"),
        (_REQUIREMENT, _pick(meta.requirement, language) + stop),
        (_JUDGES, _pick(judging()[name], language)),
        (_REMEDY, _pick(meta.remedy, language)),
        (_BASIS, ""),
    )
    for label, told in rows:
        yield f"- {_pick(label, language)}{colon}{told}".rstrip()
    yield from (_basis(citation, language) for citation in meta.basis)
    yield ""


def _basis(citation: Citation, language: Language) -> str:
    level = _pick(LEVELS[citation.level], language)
    told = f"（{level}）：" if language == "zh" else f" ({level}): "
    return f"  - [{citation.law} {citation.article}]({citation.url}){told}“{citation.quote}”"


def _policy(language: Language) -> Iterator[str]:
    yield _pick(_VALUES, language)
    yield ""
    yield _pick(PROXY, language)
    yield ""
    yield _pick(_VALUE_HEAD, language)
    yield "|---|---|---|"
    for name, threshold in policy.load().thresholds.items():
        unit = threshold.unit if language == "zh" else _UNITS.get(threshold.unit, threshold.unit)
        value = f"{threshold.value:g} {unit}".strip().replace(" :", ":")
        yield f"| `{name}` | {value} | {_pick(threshold.source, language)} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page("zh" if sys.argv[1:] == ["zh"] else "en"))
