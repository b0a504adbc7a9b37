from collections.abc import Callable

import pytest

from auditor.anchors import link_of
from auditor.model import NumberKind, Target
from auditor.text import Words
from crawler.capture import Tree

NUMBER = "网信算备110108900000101250019号"
OFFICIAL = "https://beian.cac.gov.cn/#/index"


@pytest.mark.parametrize(
    ("html", "href", "target"),
    [
        (f"<p><a href='{OFFICIAL}'>{NUMBER}</a></p>", OFFICIAL, Target.OFFICIAL),
        (f"<p><a href='{OFFICIAL}'><b>{NUMBER}</b></a></p>", OFFICIAL, Target.OFFICIAL),
        (f"<p>{NUMBER} <a href='{OFFICIAL}'>备案公示</a></p>", OFFICIAL, Target.OFFICIAL),
        (f"<p>{NUMBER} <a href='{OFFICIAL}'>点此</a></p>", OFFICIAL, Target.OFFICIAL),
        (f"<p>{NUMBER} <a href='/about'>关于我们</a></p>", None, Target.NONE),
        (f"<p>{NUMBER}</p><p><a href='{OFFICIAL}'>备案查询</a></p>", None, Target.NONE),
        (f"<p>{NUMBER} <a href='https://beian.miit.gov.cn/'>京ICP备2025000001号</a></p>", None, Target.NONE),
        (f"<p><a href='#'>{NUMBER}</a></p>", "#", Target.DEAD),
        (f"<p><a href='javascript:;'>{NUMBER}</a></p>", "javascript:;", Target.DEAD),
        (f"<p>{NUMBER}</p>", None, Target.NONE),
    ],
)
def test_the_link_of_a_number(laid_out: Callable[[str], Tree], html: str, href: str | None, target: Target) -> None:
    words = Words(laid_out(html))
    row = next(row for row, text in enumerate(words.tree.text) if NUMBER in text)
    link = link_of(words, row, NumberKind.ALGORITHM, NUMBER, "https://a.example.cn/")
    assert (link.href, link.target, link.clickable) == (href, target, False)


@pytest.mark.parametrize(
    "html",
    [
        f"<p><span onclick='go()'>{NUMBER}</span></p>",
        f"<p><span role='link'>{NUMBER}</span></p>",
        f"<p><span class='pointer'>{NUMBER}</span></p>",
        f"<p><a href='#' onclick='go()'>{NUMBER}</a></p>",
    ],
)
def test_what_a_script_may_open_is_told(laid_out: Callable[[str], Tree], html: str) -> None:
    words = Words(laid_out(html))
    row = next(row for row, text in enumerate(words.tree.text) if NUMBER in text)
    assert link_of(words, row, NumberKind.ALGORITHM, NUMBER, "https://a.example.cn/").clickable
