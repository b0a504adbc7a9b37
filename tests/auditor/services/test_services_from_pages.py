"""Services from page to verdict: what is declared and displayed, what is therefore owed, what the whole audit says.

Every case is a small site, laid out as a browser would, judged with everything that a real audit runs through. Firms,
numbers and the register are invented.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from auditor.duties import TABLE, Audience, Origin, duties
from auditor.model import Outcome, Severity, SiteAudit
from auditor.registry import List, Register, Row
from auditor.rules import catalogue
from crawler.capture import LinkCheck, Reached, Scroll, SiteCapture
from seeds.model import ModelSource, Seed, ServiceKind

SITE = "https://www.example.cn/"
OPERATOR, OTHER = "北京星禾智能科技有限公司", "上海云帆模型有限公司"
N, SECOND = "网信算备110108900000101240015号", "网信算备110108900000101240023号"
PUSH = "网信算备110108900000102240011号"
THEIRS = "网信算备310115900000201230011号"
G, THEIR_G = "Beijing-XingHeXieZuo-202503010001", "Shanghai-YunFan-202505010002"
S = "Beijing-XingHeXieZuo-20250301S0001"
THEIR_S = "Shanghai-YunFanBiJi-20250301S0001"
ICP, POLICE = "京ICP备2099000001号-1", "京公网安备11010899000001号"
APP = "京ICP备2099000001号-3A"
CAC, MIIT = "https://beian.cac.gov.cn/#/index", "https://beian.miit.gov.cn/"
RECORD = "https://beian.cac.gov.cn/api/static/fileUpload/principalOrithm/additional/user_1_2.pdf"


def link(text: str, href: str | None = RECORD) -> str:
    return text if href is None else f"<a href='{href}'>{text}</a>"


ALGORITHM = f"<p>算法备案：{link(N)}</p>"
MODEL = f"<p>模型名称：星禾大模型 备案号：{link(G, 'https://www.cac.gov.cn/2025-05/1.htm')}</p>"
UPSTREAM = f"<p>使用云帆大模型 备案号：{link(THEIR_G, 'https://www.cac.gov.cn/2025-05/1.htm')}</p>"
REGISTERED = f"<p>上线编号：{link(S, 'https://www.cac.gov.cn/2025-05/2.htm')}</p>"
POLICE_LINK = link(POLICE, "https://beian.mps.gov.cn/#/query/webSearch?code=11010899000001")
TAIL = f"<p>{link(ICP, MIIT)}</p><p><img src='/ga.png'>{POLICE_LINK}</p>"
ASK = "<h1>星禾写作</h1><textarea placeholder='向我提问'></textarea><button>发送</button><p>内容由AI生成，仅供参考</p>"
FEED = "<h1>星禾资讯</h1><p>为您推荐</p><p>根据您的兴趣进行个性化推荐</p>"
VOICE = "<h1>星禾配音</h1><textarea placeholder='输入要配音的文本'></textarea><button>合成语音</button>"
SHOP = "<h1>星禾茶庄</h1><p>白毫银针 ¥199</p><button>加入购物车</button>"


def home(*shown: str, body: str = ASK, tail: str = TAIL, title: str = "星禾写作") -> str:
    """A home page with these lines in its footer."""
    foot = f"<footer><p>© 2026 {OPERATOR}</p>{''.join(shown)}{tail}</footer>"
    return f"<html><head><title>{title}</title></head><body><main>{body}</main>{foot}</body></html>"


def sub(*shown: str, title: str = "用户协议") -> str:
    """Another page."""
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{''.join(shown)}</body></html>"


STORE = "https://sj.qq.com/appdetail/cn.xinghe.app"


def store(*shown: str, developer: str = OPERATOR) -> str:
    rows = f"<p>版本号：3.2.1</p><p>开发者：{developer}</p>"
    return sub(f"<div>{rows}{''.join(shown)}</div>", title="星禾写作")


def row(number: str, kind: List = List.SYNTHESIS, **changes: Any) -> Row:
    base = Row(
        kind, number, "星禾写作算法", OPERATOR, "星禾写作(网站)", "服务提供者", batch="2026-05", date="2024-06-01"
    )
    return replace(base, **changes)


ROWS = {
    "algorithm": row(N),
    "second": row(SECOND),
    "model": row(G, List.FILING, name="星禾写作", province="北京市"),
    "application": row(S, List.REGISTRATION, name="星禾写作", province="北京市"),
    "their model": row(THEIR_G, List.FILING, name="云帆大模型", entity=OTHER, province="上海市"),
    "their algorithm": row(N, entity=OTHER),
    "theirs": row(THEIRS, entity=OTHER),
    "cancelled": row(N, remark="已注销"),
    "supporter": row(N, role_or_class="服务技术支持者", products="--"),
    "filler": row("网信算备440305900000301230019号", entity="深圳某某科技有限公司"),
    "filler model": row("Guangdong-MouMou-202501010009", List.FILING, name="某某", entity="深圳某某科技有限公司"),
}


def end_flees(capture: SiteCapture) -> SiteCapture:
    """The end of the home page moves away from whoever scrolls towards it."""
    scroll = Scroll(9, (60.0,), settled=False)
    views = tuple(replace(view, scroll=scroll) for view in capture.pages[0].views)
    return replace(capture, pages=(replace(capture.pages[0], views=views), *capture.pages[1:]))


def gone_later(capture: SiteCapture) -> SiteCapture:
    """Some seconds later the home page shows none of its lines any more."""
    views = tuple(
        replace(view, later=replace(view.tree, text=("",) * len(view.tree.text))) for view in capture.pages[0].views
    )
    return replace(capture, pages=(replace(capture.pages[0], views=views), *capture.pages[1:]))


@dataclass(frozen=True)
class Case:
    """A site and what must be said of it."""

    home: str
    row: str = ""  # of the decision table
    failed: str = ""  # rules, violations and warnings
    review: str = ""  # likewise
    service: str | None = "generative"  # as declared
    model: str | None = "own"
    pages: Mapping[str, str] = field(default_factory=dict)
    register: str = ""  # names of `ROWS`, parted by commas
    audience: Audience = Audience.PUBLIC
    origin: Origin | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def api(*shown: str, **more: Any) -> Case:
    return Case(home(*shown), "B", model="api", **more)


A, AB = "A", "A/B"
BOTH = (ALGORITHM, MODEL)
CASES = {
    # A: its own model, for the public
    "A whole": Case(home(*BOTH), A),
    "A nothing": Case(home(), A, "generative-service-shows-a-number"),
    "A algorithm only": Case(home(ALGORITHM), A, "model-number-beside-algorithm-number"),
    "A model only": Case(home(MODEL), A, "algorithm-number-beside-model-number"),
    "A unlinked": Case(home(f"<p>算法备案：{N}</p>", MODEL), A, "algorithm-number-linked"),
    "A dead link": Case(home(f"<p>算法备案：{link(N, '#')}</p>", MODEL), A, "algorithm-number-linked"),
    "A linked to a look-up site": Case(
        home(f"<p>算法备案：{link(N, 'https://icp.example.com/q')}</p>", MODEL), A, "public-link-target"
    ),
    "A linked to a lookalike": Case(
        home(f"<p>算法备案：{link(N, 'https://beian.cac.gov.cn.example.com/')}</p>", MODEL), A, "public-link-target"
    ),
    "A linked to the ministry": Case(home(f"<p>算法备案：{link(N, MIIT)}</p>", MODEL), A, "public-link-target"),
    "A link gone": Case(
        home(f"<p>算法备案：{link(N, SITE + 'gongshi')}</p>", MODEL), A, "public-link-works",
        more={"links": (LinkCheck(SITE + "gongshi", Reached.HTTP_4XX, 404, 2),)},
    ),
    "A link opens": Case(home(*BOTH), A, more={"links": (LinkCheck(RECORD, Reached.OK, 200, 1),)}),
    "A system's home page": Case(home(f"<p>算法备案：{link(N, CAC)}</p>", MODEL), A),
    "A hidden": Case(home(f"<p style='display:none'>算法备案：{link(N)}</p>", MODEL), A, "number-visible"),
    "A invisible colour": Case(
        home(f"<p style='color:rgb(255, 255, 255)'>算法备案：{link(N)}</p>", MODEL), A, "number-visible"
    ),
    "A pale": Case(home(f"<p style='color:rgb(190, 190, 190)'>算法备案：{link(N)}</p>", MODEL), A, "number-contrast"),
    "A small": Case(home(f"<p style='font-size:8px'>算法备案：{link(N)}</p>", MODEL), A, "number-text-size"),
    "A tiny": Case(home(f"<p style='font-size:4px'>算法备案：{link(N)}</p>", MODEL), A, "number-visible"),
    "A in an alternative text": Case(
        home(f"<p><a href='{RECORD}'><img src='/b.png' alt='{N}'></a></p>", MODEL), A, "number-visible number-is-text"
    ),
    "A in the agreement only": Case(
        home(), A, "number-in-prominent-place", pages={"legal": sub(ALGORITHM, MODEL)}
    ),
    "A on a page of filings": Case(
        home(), A, "", "number-in-prominent-place", pages={"disclosure": sub(ALGORITHM, MODEL, title="备案公示")}
    ),
    "A model on the product page": Case(home(ALGORITHM), A, pages={"product": sub(MODEL, title="产品")}),
    "A not on phones": Case(
        home(*BOTH), A, "number-visible-on-mobile", more={"mobile": home(MODEL)}
    ),
    "A end flees": Case(home(*BOTH), A, "footer-reachable", more={"change": end_flees}),
    "A gone later": Case(home(*BOTH), A, "number-persistent", more={"change": gone_later}),
    "A short of a digit": Case(
        home(f"<p>算法备案：{link('网信算备11010890000010124001号')}</p>", MODEL), A, "algorithm-number-well-formed"
    ),
    "A check digit": Case(
        home(f"<p>算法备案：{link('网信算备110108900000101240017号')}</p>", MODEL), A, "algorithm-number-check-digit"
    ),
    "A malformed model number": Case(
        home(ALGORITHM, "<p>模型名称：星禾大模型 大模型备案号：北京-XingHeXieZuo-202503010001</p>"), A,
        "model-number-well-formed",
    ),
    "A blanks and full width": Case(
        home(f"<p>算法备案：{link('网信算备：１１０１０８９０００００１０１２４００１５号')}</p>", MODEL), A
    ),
    "A no such division": Case(home(f"<p>算法备案：{link('网信算备110199900000101240013号')}</p>", MODEL), A),
    "A labelled as another kind": Case(
        home(f"<p>大模型备案号：{link(N)}</p>", MODEL), A, "number-label-matches-kind"
    ),
    "A name missing": Case(home(ALGORITHM, f"<p>大模型备案号：{G}</p>"), A, "model-name-beside-number"),
    "A placeholder": Case(home("<p>算法备案号：备案中</p>", MODEL), A, "no-pending-placeholder"),
    "A sample digits": Case(home(f"<p>算法备案：{link('网信算备123456789012345678901号')}</p>", MODEL), A,
                            "no-template-number algorithm-number-well-formed"),
    "A push algorithm only": Case(home(f"<p>算法备案：{link(PUSH)}</p>", MODEL), A, "algorithm-category-fits-service"),
    "A endorsement": Case(
        home(*BOTH, body=ASK + "<p>通过国家算法备案，官方权威认证，安全可靠</p>"), A, "filing-not-used-as-endorsement"
    ),
    "A far away": Case(
        home(MODEL), A, "number-in-prominent-place number-click-depth",
        pages={"other": sub(ALGORITHM, title="帮助")},
        more={"change": lambda c: replace(c, pages=(c.pages[0], replace(c.pages[1], clicks=4, via=("帮助",) * 4)))},
    ),
    # A with the register
    "A listed": Case(home(*BOTH), A, register="algorithm,model"),
    "A filed, not shown": Case(
        home(), A, "algorithm-number-shown model-filing-number-shown", register="algorithm,model"
    ),
    "A unlisted": Case(home(*BOTH), A, "number-in-registry", register="filler,filler model"),
    "A another firm's": Case(home(*BOTH), A, "registry-entity-matches", register="their algorithm,model"),
    "A cancelled": Case(home(*BOTH), A, "number-not-cancelled", register="cancelled,model"),
    "A one of two": Case(home(*BOTH), A, "all-filings-shown", register="algorithm,second,model"),
    "A of another region": Case(
        home(*BOTH), A, register="algorithm,model", more={"rows": {"model": {"province": "广东省"}}}
    ),
    # A: deep synthesis
    "A voice": Case(home(ALGORITHM, body=VOICE), A, service="deep-synthesis", model=None),
    "A voice, nothing": Case(
        home(body=VOICE), A, "generative-service-shows-a-number", service="deep-synthesis", model=None
    ),
    # A/B: whose model is not known
    "A/B whole": Case(home(*BOTH), AB, model=None),
    "A/B found out": Case(home(*BOTH), AB, service=None, model=None),
    "A/B nothing": Case(home(), AB, "generative-service-shows-a-number", model=None),
    # B: a filed model by API
    "B whole": api(ALGORITHM, UPSTREAM, REGISTERED),
    "B nothing": api(failed="generative-service-shows-a-number upstream-model-disclosed"),
    "B own number only": api(ALGORITHM, REGISTERED, failed="upstream-model-disclosed"),
    "B upstream only": api(
        ALGORITHM, UPSTREAM, failed="own-number-not-only-upstream", register="algorithm,their model"
    ),
    "B registered, not shown": api(
        ALGORITHM, UPSTREAM, failed="registration-number-shown own-number-not-only-upstream",
        register="algorithm,their model,application",
    ),
    "B registered and shown": api(
        ALGORITHM, UPSTREAM, REGISTERED, register="algorithm,their model,application"
    ),
    # C: open to the public, but without that capacity
    "C by API": Case(home(*BOTH), "C", model="api", audience=Audience.LIMITED),
    "C own": Case(home(*BOTH), "C", audience=Audience.LIMITED),
    "C feed": Case(home(f"<p>算法备案：{link(PUSH)}</p>", body=FEED), "C", service="recommendation", model=None,
                   audience=Audience.LIMITED),
    # D: platforms for firms
    "D whole": Case(home(*BOTH, body="<h1>星禾开放平台</h1><p>API文档</p>"), "D", audience=Audience.BUSINESS),
    "D filed as supporter, nothing": Case(
        home(body="<h1>星禾开放平台</h1><p>开放平台 API文档</p>"), "D", "technical-supporter-number-shown",
        service="deep-synthesis", model=None, register="supporter", audience=Audience.BUSINESS,
    ),
    "D filed as supporter, shown": Case(
        home(ALGORITHM, body="<h1>星禾开放平台</h1><p>API文档</p>"), "D", service="deep-synthesis", model=None,
        register="supporter", audience=Audience.BUSINESS,
    ),
    # E: recommendation
    "E whole": Case(home(f"<p>算法备案：{link(PUSH)}</p>", body=FEED), "E", service="recommendation", model=None),
    "E nothing": Case(home(body=FEED.replace("个性化推荐", "内容推送")), "E", "algorithm-notice-shown",
                      service="recommendation", model=None),
    "E unlinked": Case(home(f"<p>算法备案：{PUSH}</p>", body=FEED.replace("个性化推荐", "内容推送")), "E",
                       "algorithm-number-linked algorithm-notice-shown", service="recommendation", model=None),
    # F: nobody outside
    "F": Case(home(body="<h1>星禾内部研发平台</h1><p>仅供员工使用</p>"), "F", "generative-service-shows-a-number",
              audience=Audience.INTERNAL),
    # G: a model from abroad
    "G": Case(home(*BOTH, body=ASK + "<p>支持 GPT-4o、Claude 与 Gemini</p>"), "G", "upstream-model-filed", model=None),
    "G nothing": Case(home(body=ASK + "<p>支持 GPT-4o、Claude 与 Gemini</p>"), "G",
                      "generative-service-shows-a-number upstream-model-filed", model=None),
    # H, I
    "H": Case(home(*BOTH), "H", origin=Origin.TUNED),
    "H nothing": Case(home(), "H", "generative-service-shows-a-number", origin=Origin.TUNED),
    "I": Case(home(*BOTH), "I", origin=Origin.DEVICE),
    "I open model": Case(home(*BOTH), "I", origin=Origin.DEVICE_OPEN),
    # apps
    "app agrees": Case(home(*BOTH), A, pages={f"store {STORE}": store(f"<p>备案号：{APP}</p><p>算法备案：{N}</p>")}),
    "app differs": Case(
        home(*BOTH), A, "numbers-agree-across-surfaces", "number-in-prominent-place algorithm-number-linked",
                        pages={f"store {STORE}": store(f"<p>备案号：{APP}</p><p>算法备案：{THEIRS}</p>")}),
    "app without": Case(home(*BOTH), A, "", "app-filing-number-shown", pages={f"store {STORE}": store()}),
    "app linked elsewhere": Case(
        home(*BOTH), A, "app-filing-number-shown",
        pages={"download": sub(f"<p>{link(APP, 'https://icp.example.com/')}</p>", title="下载")},
    ),
    "app's page without, agreement with": Case(
        home(), A, "number-in-prominent-place",
        pages={"product": sub("<p>星禾写作</p>", title="产品"), "legal": sub(ALGORITHM, MODEL)},
    ),
    # none
    "a shop": Case(home(body=SHOP, title="星禾茶庄"), service=None, model=None),
    "a shop, declared": Case(home(body=SHOP, title="星禾茶庄"), service="none", model=None),
    "a shop without ICP number": Case(home(body=SHOP, tail="", title="茶庄"), "", "icp-number-shown",
                                      service=None, model=None),
    "ICP unlinked": Case(home(*BOTH, tail=f"<p>{ICP}</p>"), A, "icp-number-linked"),
    "ICP of two": Case(
        home(*BOTH, tail=TAIL + f"<p>{link('沪ICP备2099000002号', MIIT)}</p>"), A, "icp-number-placement"
    ),
    "police link of another": Case(
        home(*BOTH, tail=f"<p>{link(ICP, MIIT)}</p><p><img src='/ga.png'>"
             + link(POLICE, "https://beian.mps.gov.cn/#/query/webSearch?code=11010899000002") + "</p>"),
        A, "police-number-complete",
    ),
}  # fmt: skip


def audited(audit_of: Callable[..., SiteAudit], case: Case) -> SiteAudit:
    more = dict(case.more)
    changes = more.pop("rows", {})
    rows = [replace(ROWS[name], **changes.get(name, {})) for name in case.register.split(",") if name]
    seed = Seed(
        SITE, "星禾写作", OPERATOR, ServiceKind(case.service) if case.service else None,
        ModelSource(case.model) if case.model else None,
    )  # fmt: skip
    return audit_of(case.home, case.pages, Register(rows) if rows else None, seed=seed, **more)


def weighty(audit: SiteAudit, outcome: Outcome) -> set[str]:
    return {f.rule for f in audit.findings if f.outcome is outcome and f.severity is not Severity.ADVICE}


@pytest.mark.parametrize("name", CASES)
def test_a_service_is_judged_by_what_it_owes_and_shows(audit_of: Callable[..., SiteAudit], name: str) -> None:
    case = CASES[name]
    audit = audited(audit_of, case)
    said = {f.rule: f.message.en for f in audit.findings if f.outcome in {Outcome.FAILED, Outcome.NEEDS_REVIEW}}
    assert "".join(sorted({d.row for d in duties(audit.service, case.audience, case.origin)})) == case.row
    assert weighty(audit, Outcome.FAILED) == set(case.failed.split()), said
    assert weighty(audit, Outcome.NEEDS_REVIEW) == set(case.review.split()), said
    assert weighty(audit, Outcome.ERROR) == set()


def test_the_table_covers_every_row_and_every_rule_both_ways(audit_of: Callable[..., SiteAudit]) -> None:
    outcomes = {(f.rule, f.outcome) for case in CASES.values() for f in audited(audit_of, case).findings}
    assert len(CASES) >= 60
    assert {case.row for case in CASES.values()} >= {line.label for line in TABLE}
    assert set(catalogue()) == {rule for rule, outcome in outcomes if outcome is Outcome.FAILED}
    assert set(catalogue()) == {rule for rule, outcome in outcomes if outcome is Outcome.PASSED}
