"""Audits of invented firms, built by hand."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from auditor.model import (
    Citation,
    Disclosure,
    Evidence,
    Finding,
    Level,
    Link,
    Listing,
    NumberKind,
    Outcome,
    Page,
    Prominence,
    Provenance,
    Service,
    Severity,
    SiteAudit,
    Source,
    Target,
    Text,
    Verdict,
)
from crawler.capture import Reached, Role, Shot
from reports.pictures import Album, Picture
from seeds.model import ModelSource, Seed, ServiceKind

HOME = "https://chat.lanhe.example.cn/"
ALGORITHM = "网信算备310115900000101240011号"
OTHERS = "网信算备330106900000201240017号"
GENAI = "Shanghai-LanHeXiaoZhu-202411180007"

ARTICLE_26 = Citation(
    "《互联网信息服务算法推荐管理规定》",
    "第二十六条",
    "完成备案的算法推荐服务提供者应当在其对外提供服务的网站、应用程序等的显著位置标明其备案编号并提供公示信息链接。",
    "https://www.cac.gov.cn/2022-01/04/c_1642894606364259.htm",
    Level.RULE,
)
WCAG = Citation("WCAG 2.2", "1.4.3", "at least 4.5:1", "https://www.w3.org/TR/WCAG22/", Level.PROXY)


def shot(view: str) -> Shot:
    """The picture of the foot of the page."""
    return Shot(f"shots/0-{view}-1.webp", (0.0, 1500.0, 800.0, 500.0), 1.0, "d" * 64)


def prominence(**changes: object) -> Prominence:
    seen = Prominence(True, None, (120.0, 1890.0, 330.0, 16.0), 12.0, 4.7, 0.0, 2.4, screenshot=shot("desktop"))
    return replace(seen, **changes)  # type: ignore[arg-type]


def disclosure(**changes: object) -> Disclosure:
    one = Disclosure(
        kind=NumberKind.ALGORITHM,
        raw=ALGORITHM,
        number=ALGORITHM,
        well_formed=True,
        problems=(),
        parts={"division": "310115", "operator_id": "9000001", "category": "01", "year": 2024, "serial": 1},
        source=Source.TEXT,
        own=True,
        page=HOME,
        selector="footer > p:nth-of-type(2)",
        region="footer",
        link=Link(None, Target.NONE),
        views={"desktop": prominence(), "mobile": prominence(screens_down=4.1, screenshot=shot("mobile"))},
        registry=Listing("listed", "上海蓝禾示例科技有限公司", "蓝禾小助生成算法", "2026-05"),
        role=Role.HOME,
        clicks=0,
        via=(),
        label="算法备案编号：",
        context=f"蓝禾小助 算法备案编号：{ALGORITHM} 沪ICP备2099999901号-1",
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def finding(
    rule: str, outcome: Outcome = Outcome.FAILED, severity: Severity = Severity.VIOLATION, **changes: object
) -> Finding:
    one = Finding(
        rule,
        outcome,
        severity,
        Text(f"{rule}：桌面端所见与要求不一致。", f"{rule}: what is seen on the desktop differs from what is asked."),
        (ARTICLE_26,),
        Text("请在编号旁附上公示信息链接。", "Link the number to the public-information page."),
        (
            Evidence(
                HOME,
                ALGORITHM,
                "footer > p:nth-of-type(2)",
                (120.0, 1890.0, 330.0, 16.0),
                "desktop",
                "shots/0-desktop-1.webp",
            ),
        ),
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def page(url: str = HOME, **changes: object) -> Page:
    return replace(Page(url, url, 200, "蓝禾小助", Role.HOME, 0, Reached.OK, ""), **changes)  # type: ignore[arg-type]


def site_audit(**changes: object) -> SiteAudit:
    one = SiteAudit(
        site=HOME,
        seed=Seed(
            HOME,
            "蓝禾小助",
            "上海蓝禾示例科技有限公司",
            ServiceKind.GENERATIVE,
            ModelSource.OWN,
            extra=(("类别", "对话"),),
        ),
        taken_at="2026-11-24T07:00:00Z",
        reached=Reached.OK,
        detail="",
        verdict=Verdict.VIOLATION,
        service=Service((ServiceKind.GENERATIVE,), ModelSource.OWN, True, 1.0, ("智能对话",)),
        pages=(
            page(),
            page(HOME + "about", role=Role.ABOUT, clicks=1, reached=Reached.TIMEOUT, status=None, detail="30 s"),
        ),
        disclosures=(
            disclosure(),
            disclosure(
                kind=NumberKind.GENAI_FILING,
                raw=GENAI,
                number=GENAI,
                parts={"province": "上海", "date": "20241118"},
                views={
                    "desktop": prominence(visible=False, why_not="display-none", box=None, font_px=None, contrast=None)
                },
                selector="#model",
                label="模型备案号：",
            ),
            disclosure(own=False, raw=OTHERS, number=OTHERS, region="main", selector="article > p"),
        ),
        findings=(
            finding("algorithm-number-linked", html='<a href="https://beian.cac.gov.cn/#/index">网信算备…号</a>'),
            finding("number-contrast", severity=Severity.ADVICE, basis=(WCAG,)),
            finding("number-in-registry", Outcome.NEEDS_REVIEW, Severity.WARNING),
            finding("number-visible", Outcome.PASSED),
            finding("icp-number-shown", Outcome.NOT_APPLICABLE, evidence=()),
            finding("footer-reachable", Outcome.ERROR, Severity.WARNING),
        ),
        provenance=Provenance(
            "0.1.0", "a" * 64, "b" * 64, {"algorithm": "2026-05", "genai": None}, "HeadlessChrome/140", "c" * 64
        ),
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def unreached_audit(reached: Reached = Reached.BLOCKED, site: str = "https://hei.example.cn/") -> SiteAudit:
    return site_audit(
        site=site,
        seed=Seed(site, "黑石问答", extra=(("类别", "问答"),)),
        reached=reached,
        detail="HTTP 403",
        verdict=Verdict.UNREACHED,
        service=Service((ServiceKind.NONE,), None, False, 0.0, ()),
        pages=(page(site, reached=reached, status=403, final_url=None, title=""),),
        disclosures=(),
        findings=(),
    )


HOSTILE = (
    "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
    "\x1b[31m\x1b]0;x\x07\x9b5m\u202egnp\u2066\ud800\x00'\"=1+1{{7*7}}"
)


def hostile_audit() -> SiteAudit:
    """Everything that a site decides is hostile."""
    site = "https://evil.example.cn/"
    return site_audit(
        site=site,
        seed=Seed(site, "=HYPERLINK(1)" + HOSTILE, HOSTILE, extra=((HOSTILE, HOSTILE), ("类别", "=1+1"))),
        detail=HOSTILE,
        service=Service((ServiceKind.GENERATIVE,), None, False, 0.4, (HOSTILE,)),
        pages=(page("javascript:window.hacked=1", title=HOSTILE * 200, detail=HOSTILE, final_url=HOSTILE),),
        disclosures=(
            disclosure(
                raw=HOSTILE,
                number=None,
                problems=("length", HOSTILE),
                page="javascript:window.hacked=1",
                selector=HOSTILE,
                region=HOSTILE,
                link=Link("javascript:window.hacked=1", Target.DEAD),
                views={HOSTILE: prominence(why_not=HOSTILE, visible=False)},
                via=(HOSTILE,),
                label=HOSTILE,
                context=HOSTILE * 9,
                parts={HOSTILE: HOSTILE},
            ),
        ),
        findings=(
            finding(
                "number-visible",
                message=Text(HOSTILE, HOSTILE),
                html=HOSTILE,
                evidence=(Evidence("javascript:window.hacked=1", HOSTILE, HOSTILE, screenshot="../../etc/passwd"),),
            ),
        ),
    )


def png(width: int = 800, height: int = 500, words: str = "") -> bytes:
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).text((130, height - 100), words, fill="#555")
    out = BytesIO()
    image.save(out, "WEBP", lossless=True)
    return out.getvalue()


@pytest.fixture
def audit() -> SiteAudit:
    return site_audit()


@pytest.fixture
def unreached() -> SiteAudit:
    return unreached_audit()


@pytest.fixture
def hostile() -> SiteAudit:
    return hostile_audit()


@pytest.fixture
def make_audit() -> Callable[..., SiteAudit]:
    return site_audit


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    return finding


@pytest.fixture
def make_disclosure() -> Callable[..., Disclosure]:
    return disclosure


@pytest.fixture
def make_view() -> Callable[..., Prominence]:
    return prominence


@pytest.fixture
def album() -> Album:
    """Pictures of the part of the page from y = 1,500 on; only files under shots/ exist."""
    shot = Picture(png(), (0.0, 1500.0, 800.0, 500.0), 1.0, "d" * 64)
    return lambda _audit, file: shot if file.startswith("shots/") else None
