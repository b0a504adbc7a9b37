from auditor.service import VisiblePage, infer
from crawler.capture import Role
from seeds.model import Seed, ServiceKind

PAGE = VisiblePage("https://chat.xinghe.example.cn/", Role.HOME, "星禾", "支持 GPT-4o、Claude 与 Gemini", ())
FOREIGN = infer([PAGE], Seed(PAGE.url, service=ServiceKind.GENERATIVE)).evidence
CASES = {
    "none": (lambda b: b.facts(), "passed"),
    "on offer": (lambda b: b.facts(evidence=FOREIGN), "failed"),
    "unsure of the service": (lambda b: b.facts(evidence=FOREIGN, confidence=0.4), "needs-review"),
    "in English": (lambda b: b.facts(evidence=FOREIGN, text="Write with our assistant"), "needs-review"),
    "no AI service": (lambda b: b.facts(evidence=FOREIGN, service=None), "not-applicable"),
}


def test_outcome(check, build, make, outcome):
    assert check(make(build)).outcome == outcome


def test_only_suspects(check, build):
    assert "疑似" in check(build.facts(evidence=FOREIGN)).message.zh
