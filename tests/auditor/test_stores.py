"""Product pages of app stores: copies of their structures with an invented app."""

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auditor import disclosures, stores
from auditor.model import Disclosure, NumberKind, Outcome, SiteAudit
from auditor.scout import NumberScout
from crawler.appstores import STORES, store_of
from crawler.capture import PageCapture, Role
from crawler.settings import CrawlSettings
from crawler.store import Run
from crawler.sweep import sweep
from gongshi_judging import Judge
from reports.as_json import decode
from seeds.model import Seed

DEVELOPER = "北京星禾智能科技有限公司"
APP = "京ICP备2099000001号-3A"
ALGORITHM = "网信算备110108900000101240015号"
STORE_ALGORITHM = "网信算备310115900000201230011号"
OTHER_APP = "Shanghai-YunFan-202405010002"
STORE_ICP = "粤ICP备2099000009号"
TODAY = datetime.date(2026, 11, 25)
Pages = Callable[..., PageCapture]

FOOT = f"<footer><p>© 2026 某某应用商店 版权所有</p><p>{STORE_ICP}</p><p>算法备案：{STORE_ALGORITHM}</p></footer>"
OTHERS = f"<section><h2>相关应用</h2><ul><li>云帆笔记 云帆大模型 备案号：{OTHER_APP}</li></ul></section>"
DATA = {
    "props": {
        "pageProps": {
            "dynamicCardResponse": {
                "data": {
                    "components": [
                        {
                            "data": {
                                "itemData": [{"pkg_name": "cn.other.app", "name": "云帆笔记", "developer": "别家公司"}]
                            }
                        },
                        {
                            "data": {
                                "itemData": [{"pkg_name": "cn.xinghe.app", "name": "星禾写作", "developer": DEVELOPER}]
                            }
                        },
                    ]
                }
            }
        }
    }
}

PAGES = {
    "应用宝": (
        "https://sj.qq.com/appdetail/cn.xinghe.app",
        f"<h1>星禾写作</h1><div class='AppInfo_detailContent__a1'><div><span>版本号</span><p>3.2.1</p></div>"
        f"<div><span>开发者</span><p>{DEVELOPER}</p></div><div><span>备案号</span><p>{APP}</p></div></div>"
        f"<div class='intro'><h2>应用简介</h2><p>帮您写文章。算法备案：{ALGORITHM}</p></div>{OTHERS}{FOOT}"
        f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(DATA, ensure_ascii=False)}</script>",
    ),
    "华为应用市场": (
        "https://appgallery.huawei.com/app/detail?id=cn.xinghe.app",
        f"<h1>星禾写作</h1><div><div>应用信息</div><div>版本</div><div>3.2.1</div><div>开发者</div><div>{DEVELOPER}</div>"
        f"<div>备案号</div><div>{APP}</div></div><div><div>应用介绍</div><div>帮您写文章。{ALGORITHM}</div></div>{OTHERS}{FOOT}",
    ),
    "小米应用商店": (
        "https://app.mi.com/details?id=cn.xinghe.app",
        f"<h3>星禾写作</h3><div class='float-left'><div style='float:left'>开发者</div>"
        f"<div style='float:right'>{DEVELOPER}</div></div>"
        f"<div><div>版本号</div><div style='float:right'>3.2.1</div></div>"
        f"<div><div>备案号</div>"
        f"<div style='float:right'>{APP}</div></div><h3>应用介绍</h3><p class='pslide'>帮您写文章。{ALGORITHM}</p>"
        f"{OTHERS}{FOOT}",
    ),
    "豌豆荚": (
        "https://www.wandoujia.com/apps/8012345",
        f"<div class='app-info'><h1 class='title'>星禾写作</h1></div><dl class='infos-list'><dt>版本</dt><dd>3.2.1</dd>"
        f"<dt>开发者</dt><dd><span class='dev-sites'>{DEVELOPER}</span></dd><dt>备案号</dt><dd>{APP}</dd></dl>"
        f"<div class='desc-info'><h2>应用描述</h2><div>帮您写文章。{ALGORITHM}</div></div>{OTHERS}{FOOT}",
    ),
    "酷安": (
        "https://www.coolapk.com/apk/cn.xinghe.app",
        f"<p class='detail_app_title'>星禾写作 <span>3.2.1</span></p><p class='apk_left_title_info'>"
        f"更新时间：2026-10-01<br>版本：3.2.1<br>开发者名称：{DEVELOPER}<br>备案号：{APP}</p><div><p>应用简介</p><div>帮您写文章。{ALGORITHM}</div></div>"
        f"{OTHERS}{FOOT}",
    ),
    "App Store": (
        "https://apps.apple.com/cn/app/xinghe/id6400000001",
        f"<h1>星禾写作</h1><section><h2>简介</h2><p>帮您写文章。{ALGORITHM}</p></section><section><h2>信息</h2><dl><dt>提供者</dt>"
        f"<dd>{DEVELOPER}</dd><dt>大小</dt><dd>88 MB</dd><dt>ICP 备案号</dt><dd>{APP}</dd></dl></section>{OTHERS}{FOOT}"
        f'<script type=\'application/ld+json\'>{{"@type": "SoftwareApplication", "name": "星禾写作"}}</script>',
    ),
}


def at(page_of: Pages, url: str, html: str, title: str = "星禾写作 - 应用商店") -> PageCapture:
    return replace(page_of(f"<body>{html}</body>", role=Role.OTHER, url=url), title=title, clicks=1)


def own(page: PageCapture) -> set[str]:
    found: tuple[Disclosure, ...] = disclosures.of_page(stores.classified(page), (), TODAY)
    return {d.number or d.raw for d in found if d.own}


@pytest.mark.parametrize("store", PAGES)
def test_a_product_page_is_read(page_of: Pages, store: str) -> None:
    page = at(page_of, *PAGES[store])
    assert stores.read(page) == stores.StorePage(store, "星禾写作", DEVELOPER)
    assert stores.classified(page).role is Role.STORE


@pytest.mark.parametrize("store", PAGES)
def test_the_app_owns_its_rows_and_description_and_nothing_else(page_of: Pages, store: str) -> None:
    page = at(page_of, *PAGES[store])
    assert own(page) == {APP, ALGORITHM}
    every = disclosures.of_page(stores.classified(page), (), TODAY)
    assert {STORE_ALGORITHM, OTHER_APP, STORE_ICP} <= {d.number for d in every}
    assert {d.kind for d in every if d.number == APP} == {NumberKind.ICP_APP}


def test_every_store_of_the_table_has_a_page() -> None:
    assert set(PAGES) == {store.name for store in STORES}


@pytest.mark.parametrize(
    "url",
    [
        "https://sj.qq.com/appdetail/cn.xinghe.app",
        "http://sj.qq.com/myapp/detail.htm?apkName=cn.xinghe.app",
        "https://android.myapp.com/myapp/detail.htm?apkName=cn.xinghe.app",
        "https://a.app.qq.com/o/simple.jsp?pkgname=cn.xinghe.app",
        "https://appgallery.huawei.com/#/app/C100000001",
        "https://appstore.huawei.com/app/C100000001",
        "https://m.app.mi.com/details?id=cn.xinghe.app",
        "https://app.xiaomi.com/details?id=cn.xinghe.app",
        "https://www.wandoujia.com/apps/cn.xinghe.app",
        "http://sj.localhost:8000/appdetail/cn.xinghe.app",
        "http://127.0.0.1:8000/cn/app/xinghe/id6400000001",
    ],
)
def test_addresses_of_product_pages(url: str) -> None:
    assert store_of(url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://sj.qq.com/",
        "https://sj.qq.com/search?q=ai",
        "https://sj.qq.com.example.com/appdetail/cn.xinghe.app",
        "https://www.example.cn/appdetail/cn.xinghe.app",
        "https://www.example.cn/?u=https://sj.qq.com/appdetail/cn.xinghe.app",
        "https://apps.apple.com/cn/developer/id123",
        "https://[broken/appdetail/x",
        "market://details?id=cn.xinghe.app",
    ],
)
def test_other_addresses(url: str) -> None:
    assert store_of(url) is None


@pytest.mark.parametrize(
    "html", ["<h1>页面不存在</h1>", "<h1>星禾写作</h1><p>版本</p>", "<p>应用已下架</p><script id='__NEXT_DATA__'>{"]
)
def test_a_store_address_without_the_structure_is_no_product_page(page_of: Pages, html: str) -> None:
    page = at(page_of, "https://sj.qq.com/appdetail/cn.xinghe.app", html)
    assert stores.read(page) is None
    assert stores.classified(replace(page, role=Role.STORE)).role is Role.OTHER
    assert stores.classified(replace(page, role=Role.STORE, clicks=0)).role is Role.HOME


def test_the_same_structure_elsewhere_is_no_product_page(page_of: Pages) -> None:
    page = at(page_of, "https://www.example.cn/appdetail/cn.xinghe.app", PAGES["应用宝"][1])
    assert stores.read(page) is None


def test_another_table_of_addresses(page_of: Pages) -> None:
    page = at(page_of, "https://store.example.cn/appdetail/cn.xinghe.app", PAGES["应用宝"][1])
    table = (replace(STORES[0], hosts=("store.example.cn",)),)
    assert stores.read(page, table) is not None
    assert stores.classified(page, table).role is Role.STORE


def test_data_names_the_app_that_the_address_names_but_shows_nothing(page_of: Pages) -> None:
    data = json.dumps(
        {"items": [{"pkg_name": "cn.xinghe.app", "name": "星禾写作", "developer": DEVELOPER, "icp": APP}]}
    )
    html = f"<div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>{data}</script>"
    page = at(page_of, "https://sj.qq.com/appdetail/cn.xinghe.app", html, title="")
    assert stores.read(page) == stores.StorePage("应用宝", "星禾写作", DEVELOPER)
    found = disclosures.of_page(stores.classified(page), (), TODAY)
    assert not any(view.visible for d in found for view in d.views.values())


def test_words_about_other_apps_do_not_tell_the_service() -> None:
    assert stores.about_app("连连看\n消除游戏\n相关应用\nAI写作大师\n立即下载") == "连连看\n消除游戏"


@pytest.mark.parametrize("data", ["[" * 100_000, '{"pkg_name": 5}', '{"@type": ["x"]}', "null"])
def test_hostile_data(page_of: Pages, data: str) -> None:
    html = f"<script id='__NEXT_DATA__'>{data}</script>"
    assert stores.read(at(page_of, "https://sj.qq.com/appdetail/cn.xinghe.app", html)) is None


@pytest.fixture
def audit(serve: Callable[..., str], tmp_path: Path) -> Callable[..., SiteAudit]:
    """The audit of an address below a server of these pages, by the real pipeline."""

    def make(pages: dict[str, str], path: str = "/") -> SiteAudit:
        base = serve(lambda asked: pages.get(asked))
        store = base.replace("127.0.0.1", "sj.localhost")
        pages.update({asked: html.replace("STORE", store) for asked, html in pages.items()})
        seed = Seed(base.replace("127.0.0.1", "www.localhost") + path, operator=DEVELOPER)
        settings = CrawlSettings(allow_private=True, delay=0.0)
        done = list(sweep([seed], tmp_path / "run", settings, NumberScout(), Judge(None, None), 1))
        assert [d.problem for d in done if d.problem] == []
        return decode(Run(tmp_path / "run").folder(seed.url).read_audit())

    return make


def outcome(audit: SiteAudit, rule: str) -> Outcome:
    return next(finding.outcome for finding in audit.findings if finding.rule == rule)


@pytest.mark.browser
@pytest.mark.parametrize(("shown", "agrees"), [(ALGORITHM, Outcome.PASSED), (STORE_ALGORITHM, Outcome.FAILED)])
def test_a_download_page_leads_to_the_app(audit: Callable[..., SiteAudit], shown: str, agrees: Outcome) -> None:
    foot = f"<footer>© 2026 {DEVELOPER} <a href='https://beian.cac.gov.cn/#/index'>{shown}</a></footer>"
    found = audit(
        {
            "/": f"<title>星禾写作</title><h1>星禾写作</h1><a href='/get'>下载客户端</a>{foot}",
            "/get": "<h1>下载</h1><a href='STORE/appdetail/cn.xinghe.app'>应用宝</a>",
            "/appdetail/cn.xinghe.app": PAGES["应用宝"][1],
        }
    )
    assert [page.role for page in found.pages] == [Role.HOME, Role.DOWNLOAD, Role.STORE]
    own = {d.number for d in found.disclosures if d.own and d.role is Role.STORE}
    assert own == {APP, ALGORITHM}
    assert outcome(found, "numbers-agree-across-surfaces") is agrees
    assert outcome(found, "app-filing-number-shown") is Outcome.PASSED


@pytest.mark.browser
def test_a_seed_that_is_a_store_page_is_never_blamed_for_what_it_lacks(audit: Callable[..., SiteAudit]) -> None:
    bare = PAGES["应用宝"][1].replace(APP, "—").replace(ALGORITHM, "AI写作助手，输入主题，一键生成文章")
    found = audit({"/appdetail/cn.xinghe.app": bare}, "/appdetail/cn.xinghe.app")
    assert [page.role for page in found.pages] == [Role.STORE]
    assert {f.rule for f in found.findings if f.outcome is Outcome.FAILED} == set()
    assert outcome(found, "app-filing-number-shown") is Outcome.NEEDS_REVIEW
