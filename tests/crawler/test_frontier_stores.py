"""Links to app stores leave the site: few are followed, from few pages, and none of a store's own."""

from crawler.capture import PageCapture, Reached, Role
from crawler.frontier import Frontier

HOME = "https://www.example.cn/"
STORE = "https://sj.qq.com/appdetail/cn.xinghe.app"


def page(html: str, role: Role = Role.HOME, url: str = HOME, clicks: int = 0) -> PageCapture:
    return PageCapture(url, role, clicks, (), Reached.OK, final_url=url, status=200, html=html)


def visited(*pages: PageCapture) -> list[tuple[Role, str]]:
    frontier = Frontier(HOME, max_pages=8, max_clicks=2)
    for one in pages:
        frontier.add(one)
    found = []
    while (following := frontier.next()) is not None:
        found.append((following.role, following.url))
    return found


def test_a_download_page_leads_to_two_stores_at_most() -> None:
    links = "".join(f"<a href='https://{host}'>下载</a>" for host in (
        "sj.qq.com/appdetail/cn.xinghe.app",
        "app.mi.com/details?id=cn.xinghe.app",
        "www.coolapk.com/apk/cn.xinghe.app",
    ))  # fmt: skip
    download = page(links, Role.DOWNLOAD, HOME + "download", 1)
    followed = visited(page(""), download)
    assert [role for role, _ in followed] == [Role.STORE, Role.STORE]
    assert len({url for _, url in followed}) == 2


def test_stores_come_after_the_pages_of_the_site() -> None:
    home = page(f"<a href='{STORE}'></a><a href='/xieyi'>用户协议</a><a href='/beian'>备案公示</a>")
    assert [role for role, _ in visited(home)] == [Role.DISCLOSURE, Role.LEGAL, Role.STORE]


def test_an_agreement_leads_to_no_store() -> None:
    assert visited(page(""), page(f"<a href='{STORE}'>应用宝</a>", Role.LEGAL, HOME + "xieyi", 1)) == []


def test_a_store_page_leads_nowhere() -> None:
    others = (
        "<a href='https://sj.qq.com/appdetail/cn.other.app'>AI写作</a><a href='https://www.example.cn/about'>关于</a>"
    )
    assert visited(page(""), page(others, Role.STORE, STORE, 1)) == []


def test_other_sites_are_not_followed() -> None:
    assert visited(page("<a href='https://shop.example.com/appdetail/cn.xinghe.app'>下载</a>")) == []
