"""What form controls show. How a browser lays them out, and what of it can be seen, is in `tests/prominence`."""

from dataclasses import replace

import pytest

from auditor.controls import shown
from auditor.disclosures import of_page
from crawler.capture import Role

NUMBER = "网信算备110108900000101250019号"


def found(page_of, html: str):
    page = page_of(f"<footer><p>算法备案</p>{html}<p>京ICP备99000001号</p></footer>")
    return [d for d in of_page(page, (), None) if d.number == NUMBER]


@pytest.mark.parametrize(
    "control",
    [
        f"<input readonly value='{NUMBER}'>",
        f"<input disabled placeholder='{NUMBER}'>",
        f"<input type=button value='{NUMBER}'>",
        f"<input type=SUBMIT disabled value='{NUMBER}'>",
        f"<textarea readonly>{NUMBER}</textarea>",
    ],
)
def test_what_a_control_tells_is_displayed(page_of, control: str) -> None:
    (one,) = found(page_of, control)
    assert (one.source, one.own, one.region) == ("text", True, "footer")
    assert one.views["desktop"].font_px == 16


@pytest.mark.parametrize(
    "control",
    [
        f"<input value='{NUMBER}'>",
        f"<input placeholder='例：{NUMBER}'>",
        f"<textarea>{NUMBER}</textarea>",
        f"<textarea placeholder='{NUMBER}'></textarea>",
        f"<select><option>a</option><option selected>{NUMBER}</option></select>",
    ],
)
def test_what_a_visitor_enters_is_no_statement_of_the_site(page_of, control: str) -> None:
    assert [one.own for one in found(page_of, control)] == [False]


@pytest.mark.parametrize("kind", ["hidden", "password", "checkbox", "image", "date"])
def test_controls_that_show_no_words(page_of, kind: str) -> None:
    assert found(page_of, f"<input type={kind} readonly value='{NUMBER}'>") == []


def test_a_value_hides_the_placeholder(page_of) -> None:
    assert found(page_of, f"<input readonly value=a placeholder='{NUMBER}'>") == []


def test_it_is_known_again_in_the_later_look(page_of) -> None:
    page = page_of(f"<footer><input readonly value='{NUMBER}'></footer>", role=Role.HOME)
    views = tuple(replace(view, later=view.tree) for view in page.views)
    (one,) = of_page(replace(page, views=views), (), None)
    assert all(view.persistent for view in one.views.values())


def test_a_page_without_controls_stays_as_it_is(laid_out) -> None:
    tree = laid_out("<p>a</p><input><select></select><textarea></textarea>")
    assert shown(tree) is tree


def test_characters_beyond_the_basic_plane_count_twice(laid_out) -> None:
    tree = laid_out("<textarea>𠀀𠀀\n𠀀a</textarea>")
    written = shown(tree)
    assert [line[1:3] for line in written.lines if written.name[written.parent[line[0]]] == "textarea"][-2:] == [
        (0, 4),
        (5, 3),
    ]
