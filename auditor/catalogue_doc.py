"""The rule catalogue as a page of documentation: `python -m auditor.catalogue_doc > docs/rules.md`."""

import inspect
import sys
from collections.abc import Iterator

from auditor import policy
from auditor.model import Citation, Level, Severity, Text
from auditor.rules import Rule, catalogue
from auditor.wording import PROXY

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

_HEAD = """<!-- Made by `python -m auditor.catalogue_doc > docs/rules.md`; a test compares it with the code. -->

# 规则目录 · Rules

每条规则是 `auditor/rules/` 下的一个模块，文件名即规则编号。
结果有五种：passed、failed、needs-review、not-applicable、error；没有把握时为 needs-review。

Each rule is a module of `auditor/rules/`; its file name is its id. There are five outcomes: passed, failed,
needs-review, not-applicable and error. What is not certain is needs-review.
"""


def page() -> str:
    """The whole page, in Markdown."""
    rules = catalogue()
    return "\n".join((_HEAD, *_contents(rules), *(line for item in rules.items() for line in _rule(*item)), *_policy()))


def _contents(rules: dict[str, Rule]) -> Iterator[str]:
    yield "| 规则 rule | 未满足时 when it fails | 程度 severity |"
    yield "|---|---|---|"
    for name, rule in rules.items():
        meta, severity = rule.META, SEVERITIES[rule.META.severity]
        yield f"| [`{name}`](#{name}) | {meta.title.zh}<br>{meta.title.en} | {severity.zh} {meta.severity} |"
    yield ""


def _rule(name: str, rule: Rule) -> Iterator[str]:
    meta, severity = rule.META, SEVERITIES[rule.META.severity]
    yield f"## {name}"
    yield ""
    yield f"**{meta.title.zh}** · {meta.title.en}"
    yield ""
    yield f"- 程度 Severity: {severity.zh} · {severity.en} (`{meta.severity}`)"
    yield f"- 要求 Requirement: {meta.requirement.zh}。{meta.requirement.en}."
    yield f"- 判断 How it judges: {inspect.cleandoc(rule.check.__doc__ or '')}"
    yield f"- 整改 Remedy: {meta.remedy.zh} {meta.remedy.en}"
    yield "- 依据 Basis:"
    yield from (_basis(citation) for citation in meta.basis)
    yield ""


def _basis(citation: Citation) -> str:
    level = LEVELS[citation.level]
    return f"  - [{citation.law} {citation.article}]({citation.url})（{level.zh} · {level.en}）：“{citation.quote}”"


def _policy() -> Iterator[str]:
    yield "# 参考值 · Reference values"
    yield ""
    yield f"{PROXY.zh} {PROXY.en}"
    yield ""
    yield "| 名称 name | 值 value | 来源 source |"
    yield "|---|---|---|"
    for name, threshold in policy.load().thresholds.items():
        yield f"| `{name}` | {threshold.value:g} {threshold.unit} | {threshold.source.zh}<br>{threshold.source.en} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
