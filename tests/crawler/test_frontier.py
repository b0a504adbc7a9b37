import pytest

from crawler.capture import PageCapture, Reached, Role
from crawler.frontier import Anchor, Frontier, anchors_of, key_of, role_of, same_site, shape_of

HOME = "https://www.xinghe.example/"


def page(html: str, url: str = HOME, clicks: int = 0, via: tuple[str, ...] = ()) -> PageCapture:
    return PageCapture(url, Role.HOME, clicks, via, Reached.OK, final_url=url, status=200, html=html)


def chosen(html: str, most: int = 8) -> list[tuple[str, str]]:
    frontier = Frontier(HOME, most, 2)
    frontier.add(page(html))
    found = []
    while (one := frontier.next()) is not None:
        found.append((one.url.removeprefix(HOME.rstrip("/")), str(one.role)))
    return found


@pytest.mark.parametrize(
    ("label", "path", "role"),
    [
        ("备案公示", "/x", Role.DISCLOSURE),
        ("资质证照", "/x", Role.DISCLOSURE),
        ("算法公示", "/x", Role.DISCLOSURE),
        ("Algorithm Filing", "/x", Role.DISCLOSURE),
        ("", "/beian.html", Role.DISCLOSURE),
        ("关于我们", "/x", Role.ABOUT),
        ("About", "/x", Role.ABOUT),
        ("产品中心", "/x", Role.PRODUCT),
        ("大模型", "/x", Role.PRODUCT),
        ("用户协议", "/x", Role.LEGAL),
        ("Privacy Policy", "/x", Role.LEGAL),
        ("更多", "/privacy", Role.LEGAL),
        ("下载客户端", "/x", Role.DOWNLOAD),
        ("算法工程师", "/x", Role.OTHER),
        ("招聘：大模型产品经理", "/x", Role.OTHER),
        ("登录", "/x", Role.OTHER),
        ("首页", "/x", Role.OTHER),
        ("某某公司的大模型产品今日通过备案并正式向社会公众开放服务", "/a/1", Role.OTHER),
        ("公司动态", "/news/product-1", Role.OTHER),
    ],
)
def test_roles_are_told_by_label_then_by_address(label: str, path: str, role: Role) -> None:
    assert role_of(Anchor(HOME.rstrip("/") + path, label))[0] is role


def test_the_best_come_first_and_no_role_takes_all() -> None:
    html = "".join(f"<a href=/p{chr(97 + n)}>产品{n}</a>" for n in range(6))
    html += "<a href=/terms>用户协议</a><a href=/about>关于我们</a><a href=/gs>备案公示</a><a href=/app>下载</a>"
    assert chosen(html) == [
        ("/gs", "disclosure"),
        ("/about", "about"),
        ("/pa", "product"),
        ("/pb", "product"),
        ("/pc", "product"),
        ("/terms", "legal"),
        ("/app", "download"),
    ]


def test_no_more_than_asked_for() -> None:
    html = "<a href=/gs>备案公示</a><a href=/zz>资质</a><a href=/about>关于</a><a href=/m>大模型</a>"
    assert len(chosen(html, 2)) == 2


def test_the_same_page_is_one_page() -> None:
    html = (
        "<a href='/about'>关于</a><a href='/about/'>关于</a><a href='http://www.xinghe.example/about#team'>关于</a>"
        "<a href='/about/index.html'>关于</a><a href='//WWW.xinghe.example:443/about'>关于</a><a href='/'>关于</a>"
    )
    assert len(chosen(html)) == 1


def test_only_pages_of_the_site() -> None:
    html = (
        "<a href='https://docs.xinghe.example/about'>关于</a><a href='https://other.example/about'>关于</a>"
        "<a href='https://xinghe.example.evil.test/about'>关于</a><a href='mailto:about@xinghe.example'>关于</a>"
        "<a href='javascript:about()'>关于</a><a href='/about.zip'>关于</a><a href='http://[about'>关于</a>"
    )
    assert chosen(html) == [("https://docs.xinghe.example/about", "about")]


def test_a_trap_of_endless_links_is_left_soon() -> None:
    html = "".join(f"<a href='/product/{n}?session={n}'>产品</a>" for n in range(5000))
    assert len(chosen(html)) == 2


def test_a_disclosure_two_clicks_away_comes_before_an_agreement() -> None:
    frontier = Frontier(HOME, 8, 2)
    frontier.add(page("<a href=/about>关于我们</a><a href=/terms>用户协议</a>"))
    about = frontier.next()
    assert about is not None
    frontier.add(page("<a href=/about/gs>算法备案公示</a>", about.url, about.clicks, about.via))
    deep = frontier.next()
    assert deep is not None
    assert (deep.role, deep.clicks, deep.via) == (Role.DISCLOSURE, 2, ("关于我们", "算法备案公示"))
    frontier.add(page("<a href=/about/gs/more>备案公示</a>", deep.url, deep.clicks, deep.via))
    last = frontier.next()
    assert last is not None
    assert last.role is Role.LEGAL
    assert frontier.next() is None


def test_routes_of_scripts_are_pages() -> None:
    assert chosen("<a href='#/about'>关于</a><a href='#top'>关于</a>") == [("/#/about", "about")]


def test_the_choice_is_the_same_each_time() -> None:
    html = "".join(f"<a href=/{c}{n}>{w}</a>" for c, w in (("p", "产品"), ("t", "隐私政策")) for n in "abcdef")
    assert chosen(html) == chosen(html)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.xinghe.com.cn/", "http://b.xinghe.com.cn/x", True),
        ("https://xinghe.com.cn/", "https://yinhe.com.cn/", False),
        ("http://127.0.0.1:80/", "http://127.0.0.1:8080/", False),
        ("http://a.localhost:1/", "http://b.localhost:1/", False),
        ("https://公示.中国/", "https://www.公示.中国/", True),
        ("http://[::1", "http://[::1", False),
    ],
)
def test_what_belongs_to_one_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


def test_shapes_leave_out_what_numbers_pages() -> None:
    assert (
        shape_of("https://a.example/p/1?id=x1")
        == shape_of("http://a.example/p/22?id=zz")
        != shape_of("https://a.example/q/1")
    )
    assert key_of("https://a.example/?b=1&a=2") == key_of("http://a.example/?a=2&b=1")


@pytest.mark.parametrize("html", ["", "<", "<a href='\x00'>x", "<a>\ud800</a><a href=/x>\ud800关于", "<a" * 50_000])
def test_hostile_markup_is_only_markup(html: str) -> None:
    assert isinstance(anchors_of(page(html)), tuple)
