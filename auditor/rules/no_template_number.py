"""The number shown is no sample."""

import re
from itertools import pairwise

from auditor import laws, wording
from auditor.facts import Facts, evidence
from auditor.model import Disclosure, NumberKind, Severity, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed

META = Meta(
    category="placeholder",
    title=Text("使用示例或模板编号", "A dummy or template number is shown"),
    requirement=Text("所标明的编号是本主体取得的编号", "The displayed number is the operator's own"),
    basis=(laws.ALGORITHM_DISPLAY, laws.ALGORITHM_REVOKED, laws.ICP_DISPLAY),
    severity=Severity.VIOLATION,
    remedy=Text("请删除示例编号，改为本主体备案编号。", "Delete the sample number and show your own."),
)

SHORTEST = 8  # digits of the shortest number of any kind
_SAMPLE_NAME = re.compile(
    r"^(?:x{3,}|example|sample|demo|test|template|(?:your|my)-?(?:name|model|app|company|product)|(?:model|app)-?name|"
    r"mo-?xing-?ming-?cheng)$",
    re.IGNORECASE,
)


def check(facts: Facts) -> Ruling:
    """Fails for digits that nobody was issued (all alike, counting up or down) and for names such as Example."""
    numbers = facts.seen()
    if not numbers:
        return not_applicable("未见网站自己展示的编号。", "The site shows no number of its own.")
    bad = [d for d in numbers if d.registry.status not in {"listed", "cancelled"} and is_sample(d)]
    if not bad:
        return passed("未见示例编号。", "No sample number was found.")
    what = wording.named(bad)
    return failed(f"编号 {what.zh} 是示例或模板编号。", f"{what.en} is a sample, not an issued number.", evidence(bad))


def is_sample(d: Disclosure) -> bool:
    """Whether a number was made up to fill a template."""
    if d.kind in {NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION}:
        return bool(_SAMPLE_NAME.match(str(d.parts.get("name") or "")))
    runs = re.findall(rf"[0-9]{{{SHORTEST},}}", d.number or d.raw)
    return any(_counts(run) for run in runs)


def _counts(digits: str) -> bool:
    """All alike, or each one more (or less) than the one before, modulo 10."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return steps in ({0}, {1}, {9})
