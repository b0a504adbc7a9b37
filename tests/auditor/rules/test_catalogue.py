import inspect
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from auditor import catalogue_doc, laws, wording
from auditor.model import Citation, Severity, Text
from auditor.rules import Rule, catalogue

ROOT = Path(__file__).parents[3]
IDS = """
algorithm-category-fits-service algorithm-notice-shown algorithm-number-beside-model-number algorithm-number-check-digit
algorithm-number-linked algorithm-number-shown algorithm-number-well-formed all-filings-shown app-filing-number-shown
filing-not-used-as-endorsement footer-reachable generative-service-shows-a-number icp-number-linked icp-number-placement
icp-number-shown model-filing-number-shown model-name-beside-number model-number-beside-algorithm-number
model-number-verifiable model-number-well-formed no-pending-placeholder no-template-number number-click-depth
number-contrast number-in-prominent-place number-in-registry number-is-text number-label-matches-kind
number-not-cancelled number-parts-plausible number-persistent number-text-size number-typography number-visible
number-visible-on-mobile numbers-agree-across-surfaces own-number-not-only-upstream police-number-complete
product-page-shows-filing public-link-direct public-link-target public-link-works registration-number-shown
registry-entity-matches technical-supporter-number-shown upstream-model-disclosed upstream-model-filed
""".split()
VIOLATIONS = """
algorithm-number-linked algorithm-number-shown algorithm-number-well-formed filing-not-used-as-endorsement
icp-number-linked icp-number-shown model-filing-number-shown model-name-beside-number no-template-number
number-not-cancelled number-visible public-link-works registration-number-shown technical-supporter-number-shown
upstream-model-disclosed
""".split()
ADVICE = """
icp-number-placement model-number-verifiable number-contrast number-parts-plausible number-text-size number-typography
police-number-complete product-page-shows-filing public-link-direct
""".split()
RULES = catalogue()
EVERY_RULE = pytest.mark.parametrize("name", sorted(RULES))
HAN = re.compile(r"[一-鿿]")


def test_holds_the_whole_catalogue():
    assert sorted(RULES) == sorted(IDS)
    files = {p.stem.replace("_", "-") for p in (ROOT / "auditor/rules").glob("[!_]*.py")}
    assert files == set(IDS)


@EVERY_RULE
def test_keeps_the_contract(name):
    rule = RULES[name]
    assert isinstance(rule, Rule)
    assert inspect.getdoc(rule)
    assert inspect.getdoc(rule.check)
    assert list(inspect.signature(rule.check).parameters) == ["facts"]
    assert len(inspect.getsource(rule).splitlines()) <= 90
    assert len(inspect.getsource(rule.check).splitlines()) <= 35


@EVERY_RULE
def test_says_everything_in_both_languages(name):
    meta = RULES[name].META
    assert meta.category
    for text in (meta.title, meta.requirement, meta.remedy):
        assert HAN.search(text.zh)
        assert text.en.strip()
        assert text.en[0].isupper() or text.en[0] == "("
        assert len(HAN.findall(text.en)) <= 6  # a Chinese term at most, e.g. 上线编号


@EVERY_RULE
def test_severity_is_the_catalogues(name):
    severity = RULES[name].META.severity
    assert severity == (
        Severity.VIOLATION if name in VIOLATIONS else Severity.ADVICE if name in ADVICE else Severity.WARNING
    )


@EVERY_RULE
def test_cites_its_basis(name):
    basis = RULES[name].META.basis
    assert basis
    known = [value for value in vars(laws).values() if isinstance(value, Citation)]
    for citation in basis:
        assert citation in known
        assert all((citation.law, citation.article, citation.quote))
        assert urlsplit(citation.url).scheme == "https"


@EVERY_RULE
def test_has_its_own_test(name):
    assert (ROOT / "tests/auditor/rules" / f"test_{name.replace('-', '_')}.py").is_file()


def test_each_law_is_cited():
    cited = {citation for rule in RULES.values() for citation in rule.META.basis}
    assert {value for value in vars(laws).values() if isinstance(value, Citation)} == cited


@pytest.mark.parametrize("file", sorted((ROOT / "auditor").rglob("*.py")), ids=lambda p: p.stem)
def test_never_speaks_of_unlawfulness(file):
    source = (
        file.read_text("utf-8").replace(wording.PROXY.zh, "").replace("App违法违规收集使用个人信息行为认定方法", "")
    )
    assert "违法" not in source
    assert "illegal" not in source.lower()


@pytest.mark.parametrize(("language", "file"), [("en", "docs/rules.md"), ("zh", "docs/zh/rules.md")])
def test_documentation_is_up_to_date(language, file):
    assert (ROOT / file).read_text("utf-8") == catalogue_doc.page(language), f"make {file} anew: see its first line"


@EVERY_RULE
def test_how_it_judges_is_told_in_both_languages(name):
    told = catalogue_doc.judging()[name]
    assert told.en == catalogue_doc.words_of_code(RULES[name]), "auditor/judging.txt: look at the Chinese again too"
    assert re.search("[\u4e00-\u9fff]", told.zh) and told.zh.endswith("。")


def test_nothing_is_told_of_rules_that_are_none():
    assert list(catalogue_doc.judging()) == list(RULES)


@EVERY_RULE
def test_messages_are_full_sentences_in_both_languages(name, build):
    sites = (
        build.facts(),
        build.facts(build.shows(build.ALGORITHM), build.shows(build.FILING), build.shows(build.ICP)),
    )
    for facts in sites:
        ruling = RULES[name].check(facts)
        assert isinstance(ruling.message, Text)
        assert ruling.message.zh.endswith(("。", "）"))
        assert ruling.message.en.endswith((".", ")"))
        assert ruling.message.zh != ruling.message.en


@EVERY_RULE
def test_no_failure_without_evidence(name, build, cases_of):
    failures = [make for make, outcome in cases_of(name).values() if outcome == "failed"]
    for make in failures:
        ruling = RULES[name].check(make(build))
        assert ruling.evidence
        assert all(e.page for e in ruling.evidence)


@EVERY_RULE
def test_cases_show_both_outcomes(name, cases_of):
    outcomes = {outcome for _, outcome in cases_of(name).values()}
    assert {"passed", "failed"} <= outcomes


@pytest.mark.parametrize(
    "hostile", ["\ud800", "\x00\u202e", "{0} %s <b>&", "备案" * 50_000, "已" * 20_000 + "算法备案"]
)
@EVERY_RULE
def test_survives_hostile_texts(name, hostile, build):
    changes = {"raw": hostile, "context": hostile, "label": hostile, "selector": hostile, "via": (hostile,)}
    shown = [
        build.shows(line, role, link, href=f"http://[{hostile}", **changes)
        for line, role, link in (
            (build.ALGORITHM, "home", "third-party"),
            (build.FILING, "legal", "own"),
            (build.ICP, "home", "none"),
            (build.POLICE, "store", "broken"),
        )
    ]
    facts = build.facts(*shown, text=hostile, operator=hostile, name=hostile, register=build.Register())
    assert RULES[name].check(facts).message.zh
