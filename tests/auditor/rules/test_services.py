"""What a service declares and displays, what it therefore owes, and what the whole catalogue says of it."""

import pytest

from auditor.duties import duties
from auditor.model import Outcome, Severity
from auditor.rules import catalogue
from auditor.service import VisiblePage, infer
from crawler.capture import Role
from seeds.model import Seed, ServiceKind

MODEL = "星禾大模型 备案号：Beijing-XingHeXieZuo-202403010001"
UPSTREAM_MODEL = "使用云帆大模型 备案号：Shanghai-YunFan-202405010002"
REGISTERED = "上线编号：Shanghai-YunFanBiJi-20250301S0001"
PAGE = VisiblePage("https://chat.xinghe.example.cn/", Role.HOME, "星禾", "支持 GPT-4o、Claude 与 Gemini", ())
FOREIGN = infer([PAGE], Seed(PAGE.url, service=ServiceKind.GENERATIVE)).evidence
COMPANION = ("京ICP备2099000001号-1", "京公网安备11010899000001号")


def site(b, *shown, **changes):
    """A site with its companion numbers in order."""
    return b.facts(*shown, *(b.shows(line) for line in COMPANION), images=1, **changes)


def own(b, *shown, **changes):
    return site(b, *shown, model="own", declared=True, declared_model="own", **changes)


def api(b, *shown, **changes):
    return site(b, *shown, model="api", declared=True, declared_model="api", **changes)


def recommends(b, *shown, **changes):
    return site(b, *shown, service="recommendation", declared=True, **changes)


def synthesis(b, *shown, **changes):
    return site(b, *shown, service="deep-synthesis", declared=True, **changes)


def ours(*lists, b):
    """A register with rows of the operator: its algorithm, its model, its application."""
    rows = {
        "algorithm": b.row(b.ALGORITHM),
        "filing": b.row("Beijing-XingHeXieZuo-202403010001", b.List.FILING, name="星禾写作", province="北京市"),
        "application": b.row("Shanghai-YunFanBiJi-20250301S0001", b.List.REGISTRATION, name="星禾写作"),
        "upstream": b.row("Shanghai-YunFan-202405010002", b.List.FILING, name="云帆大模型", entity=b.UPSTREAM),
        "their algorithm": b.row(b.ALGORITHM, entity=b.UPSTREAM),
        "their application": b.row(
            "Shanghai-YunFanBiJi-20250301S0001", b.List.REGISTRATION, name="云帆笔记", entity=b.UPSTREAM
        ),
        "cancelled": b.row(b.ALGORITHM, remark="已注销"),
        "second": b.row("网信算备110108900000101240023号"),
        "supporter": b.row(b.ALGORITHM, role_or_class="服务技术支持者", products="--"),
        "another": b.row(b.OTHER, entity=b.UPSTREAM),
    }
    return {"operator": b.OPERATOR, "register": b.Register([rows[name] for name in lists])}


# label: site, row of the decision table, failed rules (violations and warnings), rules that need review
# fmt: off
CASES = {
    # A: own model, for the public
    "A both numbers": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL)), "A", "", ""),
    "A no number": (lambda b: own(b), "A", "generative-service-shows-a-number", ""),
    "A algorithm only": (lambda b: own(b, b.shows(b.ALGORITHM)), "A", "model-number-beside-algorithm-number", ""),
    "A model only": (lambda b: own(b, b.shows(MODEL)), "A", "algorithm-number-beside-model-number", ""),
    "A unlinked": (lambda b: own(b, b.shows(b.ALGORITHM, link="none"), b.shows(MODEL)), "A",
     "algorithm-number-linked", ""),
    "A one of two unlinked": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(b.OTHER, link="dead"), b.shows(MODEL)),
     "A", "algorithm-number-linked", ""),
    "A in the agreement only": (lambda b: own(b, b.shows(b.ALGORITHM, "legal"), b.shows(MODEL, "legal")), "A",
     "number-in-prominent-place", ""),
    "A on a page of filings": (lambda b: own(b, b.shows(b.ALGORITHM, "disclosure"), b.shows(MODEL, "disclosure")),
     "A", "", "number-in-prominent-place"),
    "A model on the product page": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL, "product")), "A", "", ""),
    "A three clicks away": (lambda b: own(b, b.shows(b.ALGORITHM, "other", clicks=3), b.shows(MODEL)), "A",
     "number-in-prominent-place number-click-depth", ""),
    "A hidden": (lambda b: own(b, b.shows(b.ALGORITHM, desktop=b.hidden("display-none")), b.shows(MODEL)), "A",
     "number-visible", ""),
    "A hidden on phones": (lambda b: own(b, b.shows(b.ALGORITHM, mobile=b.hidden("clipped")), b.shows(MODEL)), "A",
     "number-visible-on-mobile", ""),
    "A in closed details": (lambda b: own(b, b.shows(b.ALGORITHM, desktop=b.hidden("closed-details")),
     b.shows(MODEL)), "A", "", "number-visible"),
    "A in a picture": (lambda b: own(b, b.shows(b.ALGORITHM, source="image"), b.shows(MODEL)), "A",
     "number-is-text", ""),
    "A in alt": (lambda b: own(b, b.shows(b.ALGORITHM, source="attribute", desktop=b.hidden("not-rendered")),
     b.shows(MODEL)), "A", "number-visible number-is-text", ""),
    "A in a toast": (lambda b: own(b, b.shows(b.ALGORITHM, desktop=b.seen(persistent=False)), b.shows(MODEL)), "A",
     "number-persistent", ""),
    "A the footer flees": (lambda b: own(b, b.shows(b.ALGORITHM, desktop=b.seen(reachable=False)), b.shows(MODEL)),
     "A", "footer-reachable", ""),
    "A tiny": (lambda b: own(b, b.shows(b.ALGORITHM, desktop=b.seen(font_px=8.0)), b.shows(MODEL)), "A",
     "number-text-size", ""),
    "A small": (lambda b: b.facts(b.shows(b.ALGORITHM, desktop=b.seen(font_px=11.0)), b.shows(MODEL), b.shows(b.ICP,
     region="main")), "A/B", "", ""),
    "A pale": (lambda b: own(b, b.shows(b.ALGORITHM, desktop=b.seen(contrast=2.0)), b.shows(MODEL)), "A",
     "number-contrast", ""),
    "A linked to somebody": (lambda b: own(b, b.shows(b.ALGORITHM, link="lookalike"), b.shows(MODEL)), "A",
     "public-link-target", ""),
    "A link gone": (lambda b: own(b, b.shows(b.ALGORITHM, link="broken", href=b.SITE+"gone"), b.shows(MODEL),
     checks=[b.LinkCheck(b.SITE+"gone", b.Reached.HTTP_4XX, 404, 2)]), "A", "public-link-works", ""),
    "A only recommending": (lambda b: own(b, b.shows(b.RECOMMENDING), b.shows(MODEL)), "A",
     "algorithm-category-fits-service", ""),
    "A model without its name": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows("大模型"+b.FILING)), "A",
     "model-name-beside-number", ""),
    "A labels exchanged": (lambda b: own(b, b.shows("大模型备案号："+b.ALGORITHM),
     b.shows("星禾大模型 算法"+b.FILING)), "A", "number-label-matches-kind", ""),
    "A algorithm number pending": (lambda b: own(b, b.shows("算法备案号：备案中"), b.shows(MODEL)), "A",
     "no-pending-placeholder", ""),
    "A everything pending": (lambda b: own(b, b.shows("算法备案号：备案中"), b.shows("大模型备案号：XXXX")), "A",
     "no-pending-placeholder", ""),
    "A sample digits": (lambda b: own(b, b.shows("网信算备123456789012345678901号"), b.shows(MODEL)), "A",
     "no-template-number algorithm-number-well-formed", ""),
    "A a digit lost": (lambda b: own(b, b.shows("网信算备11010890000010124001号"), b.shows(MODEL)), "A",
     "algorithm-number-well-formed", ""),
    "A mistyped": (lambda b: own(b, b.shows("网信算备110108900000101240013号"), b.shows(MODEL)), "A",
     "algorithm-number-check-digit", ""),
    "A mistyped model number": (lambda b: own(b, b.shows(b.ALGORITHM),
     b.shows("星禾大模型 备案号：广东-XingHeXieZuo-20240301")), "A", "model-number-well-formed", ""),
    "A advertised": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), text="国家认证的算法备案，值得信赖"),
     "A", "filing-not-used-as-endorsement", ""),
    "A only others' numbers": (lambda b: own(b, b.shows(b.ALGORITHM, own=False, selector="article > p")), "A",
     "generative-service-shows-a-number", ""),
    "A only in a comment": (lambda b: own(b, b.shows(b.ALGORITHM, source="comment", views={})), "A",
     "generative-service-shows-a-number", ""),
    "A listed": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), **ours("algorithm", "filing", b=b)), "A",
     "", ""),
    "A not in the lists": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), **ours("filing", "another", b=b)),
     "A", "number-in-registry", ""),
    "A another firm's": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), **ours("their algorithm", "filing",
     b=b)), "A", "registry-entity-matches", ""),
    "A cancelled": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), **ours("cancelled", "filing", b=b)), "A",
     "number-not-cancelled", ""),
    "A one of two filings": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), **ours("algorithm", "second",
     "filing", b=b)), "A", "all-filings-shown", ""),
    "A filed, nothing shown": (lambda b: own(b, **ours("algorithm", "filing", b=b)), "A",
     "algorithm-number-shown model-filing-number-shown", ""),
    "A filed, model not shown": (lambda b: own(b, b.shows(b.ALGORITHM), **ours("algorithm", "filing", b=b)), "A",
     "model-filing-number-shown", ""),
    "A filed, algorithm not shown": (lambda b: own(b, b.shows(MODEL), **ours("algorithm", "filing", b=b)), "A",
     "algorithm-number-shown", ""),
    "A home blocked": (lambda b: b.facts(model="own", declared=True, pages=[b.page("home",
     reached=b.Reached.BLOCKED)]), "A", "", "generative-service-shows-a-number icp-number-shown"),
    # A/B: nobody knows whose model
    "A/B both numbers": (lambda b: site(b, b.shows(b.ALGORITHM), b.shows(MODEL)), "A/B", "", ""),
    "A/B no number": (lambda b: site(b), "A/B", "generative-service-shows-a-number", ""),
    "A/B unsure, no number": (lambda b: site(b, confidence=0.5), "A/B", "", "generative-service-shows-a-number"),
    "A/B unsure, algorithm only": (lambda b: site(b, b.shows(b.ALGORITHM), confidence=0.5), "A/B", "",
     "model-number-beside-algorithm-number"),
    # B: calls a filed model
    "B all three": (lambda b: api(b, b.shows(b.ALGORITHM), b.shows(UPSTREAM_MODEL), b.shows(REGISTERED)), "B", "",
     ""),
    "B upstream's number": (lambda b: api(b, b.shows(b.ALGORITHM), b.shows(UPSTREAM_MODEL)), "B", "", ""),
    "B its own number": (lambda b: api(b, b.shows(b.ALGORITHM), b.shows(REGISTERED)), "B",
     "upstream-model-disclosed", ""),
    "B neither": (lambda b: api(b, b.shows(b.ALGORITHM)), "B",
     "model-number-beside-algorithm-number upstream-model-disclosed", ""),
    "B nothing": (lambda b: api(b), "B", "generative-service-shows-a-number upstream-model-disclosed", ""),
    "B only its words say so": (lambda b: site(b, b.shows(b.ALGORITHM), b.shows(REGISTERED, "legal"), model="api",
     text="© 星禾"), "B", "number-in-prominent-place upstream-model-disclosed", ""),
    "B its words say so, neither number": (lambda b: site(b, b.shows(b.ALGORITHM), model="api"), "B",
     "model-number-beside-algorithm-number", "upstream-model-disclosed"),
    "B listed, all three": (lambda b: api(b, b.shows(b.ALGORITHM), b.shows(UPSTREAM_MODEL), b.shows(REGISTERED),
     **ours("algorithm", "upstream", "application", b=b)), "B", "", ""),
    "B listed, upstream's only": (lambda b: api(b, b.shows(b.ALGORITHM), b.shows(UPSTREAM_MODEL),
     **ours("algorithm", "upstream", b=b)), "B", "own-number-not-only-upstream", ""),
    "B registered, number not shown": (lambda b: api(b, b.shows(b.ALGORITHM), b.shows(UPSTREAM_MODEL),
     **ours("algorithm", "upstream", "application", b=b)), "B",
     "registration-number-shown own-number-not-only-upstream", ""),
    "B registered, nothing shown": (lambda b: api(b, **ours("application", b=b)), "B",
     "registration-number-shown upstream-model-disclosed", ""),
    "B another application's number": (lambda b: api(b, b.shows(b.ALGORITHM), b.shows(UPSTREAM_MODEL),
     b.shows(REGISTERED), **ours("algorithm", "upstream", "their application", b=b)), "B",
     "registry-entity-matches", ""),
    # D: technical supporter
    "D number shown": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), text="开放平台 API文档",
     **ours("supporter", "filing", b=b)), "A", "", ""),
    "D nothing shown": (lambda b: own(b, text="开放平台 API文档", **ours("supporter", b=b)), "A",
     "technical-supporter-number-shown", ""),
    # deep synthesis
    "A synthesis": (lambda b: synthesis(b, b.shows(b.ALGORITHM)), "A", "", ""),
    "A synthesis, nothing": (lambda b: synthesis(b), "A", "generative-service-shows-a-number", ""),
    "A synthesis, recommending": (lambda b: synthesis(b, b.shows(b.RECOMMENDING)), "A",
     "algorithm-category-fits-service", ""),
    # E: recommendation
    "E number": (lambda b: recommends(b, b.shows(b.RECOMMENDING)), "E", "", ""),
    "E unlinked": (lambda b: recommends(b, b.shows(b.RECOMMENDING, link="none")), "E",
     "algorithm-number-linked algorithm-notice-shown", ""),
    "E nothing": (lambda b: recommends(b), "E", "algorithm-notice-shown", ""),
    "E a notice": (lambda b: recommends(b, text="个性化推荐说明"), "E", "", ""),
    "E filed, nothing shown": (lambda b: recommends(b, text="星禾写作 算法说明", **ours("algorithm", b=b)), "E",
     "algorithm-number-shown", ""),
    "E in the agreement": (lambda b: recommends(b, b.shows(b.RECOMMENDING, "legal")), "E",
     "number-in-prominent-place", ""),
    # F, and what is no AI service
    "none": (lambda b: site(b, service=None), "", "", ""),
    "none, a list of others' numbers": (lambda b: site(b, b.shows(b.ALGORITHM, "other", own=False), b.shows(MODEL,
     "other", own=False), service=None), "", "", ""),
    "none, news of a filing": (lambda b: site(b, service=None, text="某模型获国家认证并完成算法备案。本报讯"), "",
     "", ""),
    "none, no ICP number": (lambda b: b.facts(service=None), "", "icp-number-shown", ""),
    "none, in English": (lambda b: b.facts(service=None, text="Fine tea since 1890",
     site="https://tea.example.com/"), "", "", "icp-number-shown"),
    # G: a model from abroad
    "G": (lambda b: site(b, b.shows(b.ALGORITHM), b.shows(MODEL), evidence=FOREIGN), "G", "upstream-model-filed",
     ""),
    "G, nothing": (lambda b: site(b, evidence=FOREIGN), "G",
     "generative-service-shows-a-number upstream-model-filed", ""),
    # companion numbers
    "ICP unlinked": (lambda b: b.facts(b.shows(b.ICP, link="none"), service=None), "", "icp-number-linked", ""),
    "ICP of two operators": (lambda b: b.facts(b.shows(b.ICP), b.shows("沪ICP备2099000002号"), service=None), "",
     "icp-number-placement", ""),
    "ICP pending": (lambda b: b.facts(b.shows("ICP备案号：备案中"), service=None), "", "no-pending-placeholder",
     ""),
    "ICP sample": (lambda b: b.facts(b.shows("京ICP备12345678号"), service=None), "", "no-template-number", ""),
    "police link of another number": (lambda b: b.facts(b.shows(b.ICP), b.shows(b.POLICE,
     href="https://beian.mps.gov.cn/#/query/webSearch?code=11010899000002"), service=None), "",
     "police-number-complete", ""),
    # apps
    "app numbers differ": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL), b.shows(b.OTHER, "store"),
     pages=[b.page("store", developer=b.OPERATOR)]), "A",
     "numbers-agree-across-surfaces", "app-filing-number-shown number-in-prominent-place"),
    "a store page without numbers": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL),
     pages=[b.page("store", "星禾写作")]), "A", "", "app-filing-number-shown"),
    "app number linked to a look-up site": (lambda b: own(b, b.shows(b.ALGORITHM), b.shows(MODEL),
     b.shows("京ICP备2099000001号-3A", "download", "third-party")), "A", "app-filing-number-shown", ""),
}
# fmt: on


def test_covers_every_rule():
    failed = {name for *_, rules, _ in CASES.values() for name in rules.split()}
    only_advice = {
        "model-number-verifiable", "number-parts-plausible", "number-typography", "product-page-shows-filing",
        "public-link-direct",
    }  # fmt: skip
    assert failed == set(catalogue()) - only_advice
    assert len(CASES) >= 60


@pytest.mark.parametrize(("make", "row", "failed", "review"), CASES.values(), ids=CASES.keys())
def test_findings(build, make, row, failed, review):
    facts = make(build)
    assert "".join(sorted({duty.row for duty in duties(facts.service)})) == row
    rulings = {name: rule.check(facts) for name, rule in catalogue().items()}
    assert weighty(rulings, Outcome.FAILED) == set(failed.split())
    assert weighty(rulings, Outcome.NEEDS_REVIEW) == set(review.split())


def weighty(rulings, outcome):
    """Rules of this outcome whose severity counts for the verdict."""
    severities = {name: r.severity or catalogue()[name].META.severity for name, r in rulings.items()}
    return {n for n, r in rulings.items() if r.outcome == outcome and severities[n] != Severity.ADVICE}
