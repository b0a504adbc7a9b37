import pytest

from auditor import pages


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("https://chat.xinghe.example.cn/", True),
        ("https://chat.xinghe.example.cn", True),
        ("https://chat.xinghe.example.cn/#top", True),
        ("https://chat.xinghe.example.cn/other", False),
        ("", False),
    ],
)
def test_page_at(build, href, found):
    assert (pages.page_at(build.facts(), href) is not None) is found


@pytest.mark.parametrize(
    ("text", "explains"),
    [
        ("算法基本原理：……；算法运行机制：……", True),
        ("公示内容：算法类型 生成合成类，应用场景 写作", True),
        ("算法说明", False),
        ("联系我们", False),
    ],
)
def test_explains_algorithm(build, text, explains):
    assert pages.explains_algorithm(build.page("disclosure", text)) is explains


def test_links_to_compares_hosts(build):
    hrefs = ["https://beian.cac.gov.cn.example.net/", "http://[", "https://beian.cac.gov.cn/#/index"]
    assert pages.links_to(build.facts(hrefs=hrefs), "beian.cac.gov.cn") == hrefs[2]
    assert pages.links_to(build.facts(hrefs=hrefs[:2]), "beian.cac.gov.cn") is None


def test_a_picture_that_nobody_read_may_hold_the_number(build):
    assert pages.missed(build.facts()) is None
    assert pages.missed(build.facts(ocr=False)) is not None


@pytest.mark.parametrize(
    ("site", "text", "outside"),
    [
        ("https://xinghe.example.cn/", "AI writing", False),
        ("https://xinghe.example.com/", "智能写作", False),
        ("https://xinghe.example.com/", "AI writing", True),
        ("http://192.0.2.1:8080/", "智能写作", True),
        ("http://[2001:db8::1]/", "智能写作", True),
        ("http://intranet/", "智能写作", True),
    ],
)
def test_outside_icp(build, site, text, outside):
    assert (pages.outside_icp(build.facts(site=site, text=text)) is not None) is outside


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("本产品已完成算法备案", True),
        ("已通过国家网信办算法备案", True),
        ("算法备案指南", False),
        ("正在申请算法备案", False),
    ],
)
def test_claims_filing(build, text, claims):
    assert (pages.claims_filing(build.facts(text=text)) is not None) is claims


def test_icon_beside(build):
    (d,) = build.shows(build.POLICE)
    assert pages.icon_beside(build.facts((d,), images=1), d)
    assert not pages.icon_beside(build.facts((d,)), d)
    (far,) = build.shows(build.POLICE, desktop=build.seen(box=(120.0, 400.0, 300.0, 16.0)))
    assert not pages.icon_beside(build.facts((far,), images=1), far)
