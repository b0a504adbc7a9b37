import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from auditor.scout import NumberScout
from crawler.capture import PageCapture, Reached, Role

NUMBER = "网信算备110108900000101250019号"
Pages = Callable[..., PageCapture]
SCOUT = NumberScout()


def test_it_travels_to_worker_processes() -> None:
    assert pickle.loads(pickle.dumps(SCOUT)) == SCOUT  # noqa: S301 - its own bytes


def test_a_plain_page_with_a_number_deserves_a_browser(page_of: Pages) -> None:
    assert SCOUT.deserves_view(page_of(f"<p>{NUMBER}</p>"))
    assert not SCOUT.deserves_view(page_of("<p>京ICP备2025000001号</p>"))
    assert not SCOUT.deserves_view(replace(page_of(""), html=None))


def test_the_camera_is_pointed_at_bands_around_the_numbers(page_of: Pages) -> None:
    page = page_of("<p>文</p>" * 60 + f"<footer><p>{NUMBER}</p><p>京ICP备2025000001号</p></footer>")
    (band,) = SCOUT.places(page, page.views[0])
    assert band[0] == 0 and band[2] == page.views[0].content_width
    assert 240 < band[3] < 400


def test_numbers_far_apart_get_pictures_of_their_own_the_lowest_first(page_of: Pages) -> None:
    page = page_of(f"<p>{NUMBER}</p>" + "<p>文</p>" * 60 + f"<p>{NUMBER}</p>")
    bands = SCOUT.places(page, page.views[0])
    assert len(bands) == 2
    assert bands[0][1] > bands[1][1]


def test_a_second_look_where_the_number_may_go(page_of: Pages) -> None:
    fleeting = page_of(f"<div class='swiper-slide'><p>{NUMBER}</p></div>")
    assert SCOUT.look_again(fleeting.views[0])
    assert SCOUT.look_again(page_of(f"<div role='dialog'>{NUMBER}</div>").views[0])
    assert not SCOUT.look_again(page_of(f"<footer>{NUMBER}</footer>").views[0])
    assert not SCOUT.look_again(page_of("<div class='swiper-slide'>文</div>").views[0])


def test_the_links_of_own_numbers_are_tried(page_of: Pages) -> None:
    page = page_of(
        f"<footer><a href='https://a.example.cn/beian'>{NUMBER}</a><a href='#'>{NUMBER}</a></footer>"
        f"<article><a href='https://b.example.cn/'>{NUMBER}</a></article>",
        role=Role.HOME,
    )
    assert SCOUT.links((page,)) == ("https://a.example.cn/beian",)


CASES = [json.loads(line) for line in Path(__file__).with_name("service_pages.jsonl").read_text("utf-8").splitlines()]


def as_html(case: dict[str, Any]) -> str:
    """A labelled page as its server would send it."""
    blocks = "".join(f"<p>{escape(line)}</p>" for line in case["text"].splitlines())
    return f"<title>{escape(case['title'])}</title>{blocks}{''.join(map(_control, case['controls']))}"


def _control(control: str) -> str:
    name, _, label = control.partition(":")
    if name == "button":
        return f"<button>{escape(label)}</button>"
    return f'<{name.partition("[")[0]} placeholder="{escape(label)}"></{name.partition("[")[0]}>'


def plain(html: str) -> PageCapture:
    return PageCapture("https://a.example/", Role.HOME, 0, (), Reached.OK, html=html)


@pytest.mark.parametrize("case", [c for c in CASES if c["expected"] != "none"], ids=lambda case: case["name"])
def test_no_ai_service_goes_without_a_browser(case: dict[str, Any]) -> None:
    assert SCOUT.worth_a_browser(plain(as_html(case)))


def test_pages_without_a_word_of_ai_get_none() -> None:
    spared = [case["name"] for case in CASES if not SCOUT.worth_a_browser(plain(as_html(case)))]
    others = [case for case in CASES if case["expected"] == "none"]
    assert len(spared) >= 0.2 * len(others), "most of these pages were chosen because they speak of AI"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (f"<p>{NUMBER}</p>", "number"),
        (f"<script>const beian = '{NUMBER}'</script>", "number"),
        (f"<img alt='{NUMBER}'>", "number"),
        ("<p>大模型备案号：</p>", "filing"),
        ("<p>上线编号</p>", "filing"),
        ("<textarea placeholder='给云答发送消息'></textarea>", "service"),
        ("<p>智能家居</p>", "words"),
        ("<title>ChatGPT 中文版</title>", "words"),
        ("<p>京ICP备2025000001号</p><p>面馆</p>", None),
        ("<p>maintain, aid, rain</p>", None),
        ("", None),
    ],
)
def test_why_a_page_is_worth_a_browser(html: str, reason: str | None) -> None:
    assert SCOUT.worth_a_browser(plain(html)) == reason
