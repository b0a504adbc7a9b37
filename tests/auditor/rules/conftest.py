"""Sites made of a few lines of text, without a crawler. Firms and numbers are invented."""

import runpy
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from auditor import policy
from auditor.facts import Facts, PageFacts
from auditor.model import (
    Disclosure,
    Link,
    Listing,
    Prominence,
    Service,
    Source,
    Target,
)
from auditor.numbers import find, label_before
from auditor.registry import List, Register, Row
from auditor.registry.match import listing
from auditor.rules import Ruling, catalogue
from crawler.capture import Custody, LinkCheck, PageCapture, PictureText, Reached, Role, SiteCapture, Tree, View
from seeds.model import ModelSource, Seed, ServiceKind

SITE = "https://chat.xinghe.example.cn/"
TODAY = date(2026, 11, 24)
ALGORITHM = "网信算备110108900000101240015号"
OTHER = "网信算备310115900000201230011号"
RECOMMENDING = "网信算备110108900000102240011号"
FILING = "备案号：Beijing-XingHeXieZuo-202403010001"
REGISTRATION = "上线编号：Shanghai-YunFanBiJi-20250301S0001"
ICP = "京ICP备2099000001号-1"
POLICE = "京公网安备11010899000001号"
OPERATOR = "北京星禾智能科技有限公司"
UPSTREAM = "上海云帆模型有限公司"
COPY = f"星禾写作，与星禾对话，帮您写文章。\n© 2026 {OPERATOR} 版权所有"

ADDRESSES = {
    Role.HOME: SITE,
    Role.DISCLOSURE: SITE + "beian",
    Role.ABOUT: SITE + "about",
    Role.PRODUCT: SITE + "product",
    Role.LEGAL: SITE + "agreement",
    Role.DOWNLOAD: SITE + "download",
    Role.STORE: "https://store.example.cn/app/1",
    Role.OTHER: SITE + "docs/page",
}
HREFS = {
    Target.OFFICIAL: "https://beian.cac.gov.cn/#/index",
    Target.OWN: SITE + "beian",
    Target.DEAD: "#",
    Target.NONE: None,
}


def seen(**changes: Any) -> Prominence:
    """A well visible line of the footer."""
    view = Prominence(True, None, (120.0, 900.0, 300.0, 16.0), 14.0, 7.0, 0.0, 1.2)
    return replace(view, **changes)


def hidden(why: str, **changes: Any) -> Prominence:
    """Laid out, but not to be seen."""
    return replace(seen(visible=False, why_not=why), **changes)


def shows(
    line: str,
    role: str = "home",
    link: str = "official",
    *,
    href: str | None = None,
    clickable: bool = False,
    desktop: Prominence | None = None,
    mobile: Prominence | None = None,
    views: dict[str, Prominence] | None = None,
    registry: Listing | None = None,
    **changes: Any,
) -> tuple[Disclosure, ...]:
    """The disclosures of one line of text; every number in it gets the same link and the same views."""
    at, target = Role(role), Target(link)
    both = {"desktop": desktop or seen(), "mobile": mobile or desktop or seen()}
    address = href or HREFS.get(target, "https://elsewhere.example.com/")
    return tuple(
        replace(
            Disclosure(
                n.kind,
                n.raw,
                n.number,
                n.well_formed,
                n.problems,
                n.parts,
                Source.TEXT,
                True,
                ADDRESSES[at],
                "footer > p",
                "footer",
                Link(address, target, clickable),
                both if views is None else views,
                registry or Listing("not-checked"),
                at,
                0 if at is Role.HOME else 1,
                () if at is Role.HOME else ("链接",),
                label_before(line, n.start),
                line,
            ),
            **changes,
        )
        for n in find(line, today=TODAY)
    )


def page(role: str, text: str = "", **changes: Any) -> PageFacts:
    """A page that was read, unless told otherwise."""
    at = Role(role)
    whole = PageFacts(ADDRESSES[at], at, int(at is not Role.HOME), Reached.OK, text, text, True, at is Role.STORE)
    return replace(whole, **changes)


def facts(
    *shown: tuple[Disclosure, ...],
    service: str | None = "generative",
    confidence: float = 0.9,
    declared: bool = False,
    model: str | None = None,
    declared_model: str | None = None,
    evidence: tuple[str, ...] = ("与星禾对话",),
    text: str = COPY,
    title: str = "星禾写作 - 与星禾对话",
    pages: Iterable[PageFacts] = (),
    hrefs: Iterable[str] = (),
    images: int = 0,
    alt: str = "",
    ocr: bool = True,
    site: str = SITE,
    operator: str | None = None,
    name: str | None = None,
    register: Register | None = None,
    checks: Iterable[LinkCheck] = (),
) -> Facts:
    """A site with these disclosures: a home page, a page for each of them, and the pages given."""
    disclosures = tuple(_looked_up(d, register) for line in shown for d in line)
    words: dict[Role, list[str]] = {Role.HOME: [text]}
    for d in disclosures:
        words.setdefault(d.role, []).append(d.context)
    read = {Role(p.role): p for p in (page(role, "\n".join(lines)) for role, lines in words.items())}
    read.update({p.role: replace(p, text=p.text or getattr(read.get(p.role), "text", "")) for p in pages})
    seed = Seed(site, name=name, operator=operator, model=ModelSource(declared_model) if declared_model else None)
    kinds = (ServiceKind(service or "none"),)
    source = ModelSource(model) if model else None
    return Facts(
        _capture(seed, title, read.values(), _tree(hrefs, images, alt), ocr, tuple(checks)),
        tuple(read.values()),
        disclosures,
        Service(kinds, source, declared, confidence, evidence),
        policy.load(),
        register,
    )


def _looked_up(d: Disclosure, register: Register | None) -> Disclosure:
    """With what the register says of it, unless the case says it."""
    return d if d.registry.status != "not-checked" else replace(d, registry=listing(register, d.number))


def _capture(
    seed: Seed, title: str, pages: Iterable[PageFacts], tree: Tree, ocr: bool, checks: tuple[LinkCheck, ...]
) -> SiteCapture:
    pictures: tuple[PictureText, ...] | None = () if ocr else None
    view = View("desktop", 1366, 768, 1366.0, 1000.0, tree, None, pictures=pictures)
    captured = tuple(
        PageCapture(
            p.url,
            p.role,
            p.clicks,
            (),
            p.reached,
            final_url=p.url,
            title=title if p.role is Role.HOME else "",
            views=(view,) if p.rendered else (),
        )
        for p in pages
    )
    custody = Custody("0.1.0", None, "gongshi", ())
    return SiteCapture(seed, seed.url, "2026-11-24T07:00:00Z", Reached.OK, captured, checks, "allowed", custody)


def _tree(hrefs: Iterable[str], images: int, alt: str) -> Tree:
    """A document with these links, a picture with this description, and so many icons before a line at y = 900."""
    nodes = [("#document", 9, (), None), ("img", 1, ("alt", alt), (0.0, 0.0, 50.0, 16.0))]
    nodes += [("a", 1, ("href", href), (0.0, 0.0, 50.0, 16.0)) for href in hrefs]
    nodes += [("img", 1, (), (98.0, 898.0, 20.0, 20.0))] * images
    count = len(nodes)
    return Tree(
        parent=(-1, *(0,) * (count - 1)),
        kind=tuple(n[1] for n in nodes),
        name=tuple(n[0] for n in nodes),
        text=("",) * count,
        attributes=tuple(n[2] for n in nodes),
        box=tuple(n[3] for n in nodes),
        style=(-1, *(0,) * (count - 1)),
        paint=(-1, *range(count - 1)),
        ground=(None,) * count,
        opacity=(1.0,) * count,
        styles=(("block",) + ("",) * 29,),
        lines=(),
    )


def row(number: str, kind: List = List.SYNTHESIS, **changes: Any) -> Row:
    """A row of an official list, of the invented operator unless told otherwise."""
    base = Row(
        kind, number, "星禾写作算法", OPERATOR, "星禾写作（网站）", "服务提供者", batch="2026-05", date="2024-06-01"
    )
    return replace(base, **changes)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `make` and `outcome` runs once for each of its module's `CASES`."""
    if {"make", "outcome"} <= set(metafunc.fixturenames):
        cases = metafunc.module.CASES
        metafunc.parametrize(("make", "outcome"), cases.values(), ids=cases.keys())


@pytest.fixture
def build() -> SimpleNamespace:
    """Everything above, for the cases of a rule's test."""
    return SimpleNamespace(**{name: value for name, value in globals().items() if not name.startswith("_")})


@pytest.fixture
def check(request: pytest.FixtureRequest) -> Callable[[Facts], Ruling]:
    """The check of the rule that the test file is named after."""
    name = request.path.stem.removeprefix("test_").replace("_", "-")
    return catalogue()[name].check


@pytest.fixture
def cases_of() -> Callable[[str], dict[str, tuple[Any, str]]]:
    """The cases in the test file of a rule."""

    def load(name: str) -> dict[str, tuple[Any, str]]:
        cases: dict[str, tuple[Any, str]] = runpy.run_path(
            str(Path(__file__).with_name(f"test_{name.replace('-', '_')}.py"))
        )["CASES"]
        return cases

    return load
