import datetime
from collections.abc import Callable

import pytest

from auditor import disclosures
from auditor.model import NumberKind, Source
from crawler.capture import PageCapture, Role

NUMBER = "网信算备110108900000101250019号"
OTHER = "网信算备310115900000201250018号"
MODEL = "Beijing-XingYuDaMoXing-202501010001"
TODAY = datetime.date(2026, 11, 25)
Pages = Callable[..., PageCapture]


def of(page: PageCapture, *names: str) -> tuple[disclosures.Disclosure, ...]:
    return disclosures.of_page(page, names, TODAY)


def test_a_number_in_both_views_is_one_disclosure(page_of: Pages) -> None:
    (found,) = of(page_of(f"<footer><p>算法备案：{NUMBER}</p></footer>"))
    assert (found.kind, found.number, found.source, found.own) == (NumberKind.ALGORITHM, NUMBER, Source.TEXT, True)
    assert set(found.views) == {"desktop", "mobile"}
    assert found.region == "footer"
    assert found.label == "算法备案"


def test_a_number_of_the_phone_alone_is_not_rendered_on_the_desktop(page_of: Pages) -> None:
    (found,) = of(page_of("<footer><p>无</p></footer>", mobile=f"<footer><p>{NUMBER}</p></footer>"))
    assert found.views["desktop"].why_not == "not-rendered"
    assert found.views["mobile"].box is not None


def test_a_number_that_moved_between_the_views_is_still_one(page_of: Pages) -> None:
    desktop = f"<footer><p>{NUMBER}</p></footer>"
    (found,) = of(page_of(desktop, mobile=f"<footer><div><span>{NUMBER}</span></div></footer>"))
    assert set(found.views) == {"desktop", "mobile"}


def test_split_over_inline_elements_is_one_number(page_of: Pages) -> None:
    html = f"<footer><p><b>网信算备</b><span>{NUMBER[4:15]}</span><i>{NUMBER[15:]}</i></p></footer>"
    (found,) = of(page_of(html))
    assert found.number == NUMBER


def test_a_line_break_parts_no_number_and_a_block_does(page_of: Pages) -> None:
    (found,) = of(page_of(f"<footer><p>{NUMBER[:15]}<br>{NUMBER[15:]}</p></footer>"))
    assert (found.number, found.well_formed) == (NUMBER, True)
    (found,) = of(page_of(f"<footer><p>{NUMBER[:15]}</p><p>{NUMBER[15:]}</p></footer>"))
    assert (found.raw, found.well_formed) == (NUMBER[:15], False)
    model = "Beijing-InventedModel-202501010001"
    (found,) = of(page_of(f"<footer><p>大模型备案号：{model[:22]}<br>{model[22:]}</p></footer>"))
    assert found.number == model


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (f"<footer><p hidden>{NUMBER}</p></footer>", Source.TEXT),
        (f"<footer><img alt='{NUMBER}'></footer>", Source.ATTRIBUTE),
        (f"<footer><!-- {NUMBER} --></footer>", Source.COMMENT),
        (f"<footer></footer><script>var n='{NUMBER}'</script>", Source.SCRIPT),
    ],
)
def test_unseen_numbers_are_listed_with_their_source(page_of: Pages, html: str, source: Source) -> None:
    (found,) = of(page_of(html))
    assert (found.number, found.source) == (NUMBER, source)
    assert not any(view.visible for view in found.views.values())


def test_code_that_repeats_the_text_is_not_listed_again(page_of: Pages) -> None:
    html = f"<footer><p title='{NUMBER}'>{NUMBER}</p><!-- {NUMBER} --></footer><script>'{NUMBER}'</script>"
    assert len(of(page_of(html))) == 1


def test_a_page_without_browser_has_disclosures_without_views(page_of: Pages) -> None:
    page = page_of(f"<footer><p>{NUMBER} {MODEL}</p></footer>")
    plain = PageCapture(page.url, Role.LEGAL, 1, ("协议",), page.reached, html=page.html)
    found = of(plain)
    assert [d.number for d in found] == [NUMBER, MODEL]
    assert all(d.views == {} for d in found)


@pytest.mark.parametrize(
    ("html", "own"),
    [
        (f"<footer>{NUMBER}</footer>", True),
        (f"<main><p>算法备案号：{NUMBER}</p></main>", True),
        (f"<main><p>本平台所用算法已经完成备案，备案编号为{NUMBER}，可在备案系统中查询。欢迎监督。</p></main>", True),
        (f"<article><p>某公司的算法日前完成备案，编号是{NUMBER}。</p></article>", False),
        (
            f"<main><p>记者昨日从主管部门获悉，星河公司研发的推荐算法已经完成备案，备案编号为{NUMBER}。"
            "业内人士认为，这是该行业的又一进展。</p></main>",
            False,
        ),
        (
            "<main><table><tr><td>甲乙科技有限公司</td><td>丙丁科技有限公司</td><td>戊己科技有限公司</td>"
            f"<td>{NUMBER}</td></tr></table></main>",
            False,
        ),
        (f"<main><div class='comment-list'><p>{NUMBER}</p></div></main>", False),
        (f"<main><div class='ad'><p>{NUMBER}</p></div></main>", False),
    ],
)
def test_whose_number_it_is(page_of: Pages, html: str, own: bool) -> None:
    (found,) = of(page_of(html))
    assert found.own is own


def test_a_name_of_the_operator_makes_prose_its_own(page_of: Pages) -> None:
    html = f"<main><p>星河智能旗下的大模型日前顺利完成备案，编号是{NUMBER}，即日起向公众开放服务。</p></main>"
    assert [d.own for d in of(page_of(html))] == [False]
    assert [d.own for d in of(page_of(html), "星河智能")] == [True]


def test_many_numbers_are_bounded(page_of: Pages) -> None:
    html = "".join(f"<p>{NUMBER}</p>" for _ in range(disclosures.MOST + 50))
    assert len(of(page_of(html))) == disclosures.MOST
