import pickle
from collections.abc import Callable
from dataclasses import replace

from auditor.scout import NumberScout
from crawler.capture import PageCapture, Role

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
