"""The label before a number names its kind."""

import re

from auditor import laws, wording
from auditor.facts import AI, ALGORITHM, Facts, by_number, evidence
from auditor.model import Disclosure, NumberKind, Severity, Text
from auditor.ownership import COMPANY
from auditor.places import best_placed
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="format",
    title=Text("编号类型标注错误或未标注", "Number labelled as another kind of filing, or unlabelled"),
    requirement=Text(
        "标签与编号类型一致：算法备案、大模型（生成式人工智能服务）备案、上线编号（登记）、ICP备案",
        "The label names the kind: algorithm filing, model filing, registration, ICP filing",
    ),
    basis=(laws.ALGORITHM_DISPLAY, laws.MODEL_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text(
        "请按编号类型规范标注，避免将算法备案号标为大模型备案号。",
        "Label each number with its own kind; an algorithm number is no model number.",
    ),
)

_FILED = r"[^\s，。；;|｜、]{0,8}?(?:备案|登记|上线|编号)"
_KINDS = {
    NumberKind.ALGORITHM: re.compile(rf"算法(?:{_FILED}|$)|algorithm", re.IGNORECASE),
    NumberKind.GENAI_FILING: re.compile(rf"(?:模型|生成式|人工智能|AIGC){_FILED}|generative", re.IGNORECASE),
    NumberKind.ICP: re.compile(r"ICP|(?:工信部|网站)备案", re.IGNORECASE),
    NumberKind.POLICE: re.compile(r"公安[^\s，。；;]{0,4}备案|公网安备"),
}
"""Words that name a kind of filing; firms and products carry 人工智能 and 模型 in their names as well."""
_BETWEEN = re.compile(
    r"(?:编?号码?|公示|信息|名称|备案|登记|上线|证书?|为|是|number|no|id|filing|regist\w+|records?|[\W_])*",
    re.IGNORECASE,
)
"""What may stand between a label and its number: where a name does, the label is maybe another's."""
_OTHER_NUMBER = re.compile(r"^.*[0-9]{6,}(?:S[0-9]{4})?\s*号?(?:-[0-9]+[AXK]?)?[\s|｜、；;/·]*", re.DOTALL)
_ANY_LABEL = re.compile(r"备案|登记|上线|编号|模型|filing|regist|record", re.IGNORECASE)


def check(facts: Facts) -> Ruling:
    """Warns of a label of another kind at a number's best places; advises on model numbers without any label."""
    places = {key: best_placed(p) for key, p in by_number(facts.shown(*AI)).items()}
    if not places:
        return no_number(*AI)
    wrong = [p[0] for p in places.values() if all(_is_other(d) for d in p)]
    if wrong:
        what, label = wording.named(wrong), wording.short(_own_label(wrong[0]), 30)
        return failed(
            f"编号 {what.zh} 被标注为“{label}”，与编号类型（{wording.kinds([wrong[0].kind]).zh}）不一致。",
            f'{what.en} is labelled "{label}", which is not its kind ({wording.kinds([wrong[0].kind]).en}).',
            evidence(wrong),
        )
    bare = [p[0] for p in places.values() if all(_is_bare(facts, d) for d in p)]
    if bare:
        return failed(
            f"编号 {wording.named(bare).zh} 前后未见标签，公众难以得知其类型。",
            f"{wording.named(bare).en} stands without a label: readers cannot tell what it is.",
            evidence(bare),
            Severity.ADVICE,
        )
    return passed("标签与编号类型一致。", "The labels name the kinds of the numbers.")


def _own_label(d: Disclosure) -> str:
    """The words before a number, on the line on which they end and after the number before it."""
    return COMPANY.sub(" ", _OTHER_NUMBER.sub("", d.label).rpartition("\n")[2])


def _is_other(d: Disclosure) -> bool:
    kind = NumberKind.ALGORITHM if d.kind in ALGORITHM else NumberKind.GENAI_FILING
    label = _own_label(d)
    found = [(k, match.end()) for k, words in _KINDS.items() for match in words.finditer(label)]
    beside = any(_BETWEEN.fullmatch(label, end) for _, end in found)
    return beside and kind not in {k for k, _ in found}


def _is_bare(facts: Facts, d: Disclosure) -> bool:
    """A model number without any label in its block or right before or after it; 网信算备 names itself."""
    words = d.context + "\n" + facts.around(d, int(facts.policy["label-distance"]))
    return d.kind not in ALGORITHM and not _ANY_LABEL.search(words.replace(d.raw, ""))
