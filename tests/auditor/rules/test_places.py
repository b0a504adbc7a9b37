import pytest

from auditor.places import best_measure, best_placed, visible_in


def font(view):
    return view.font_px


@pytest.mark.parametrize(
    ("roles", "best"),
    [
        (["legal", "home"], "home"),
        (["about", "product"], "product"),
        (["other", "disclosure"], "disclosure"),
        (["legal", "other"], "other"),
        (["legal"], "legal"),
    ],
)
def test_the_better_surface_counts(build, roles, best):
    places = [d for role in roles for d in build.shows(build.ALGORITHM, role)]
    assert [d.role for d in best_placed(places)] == [best]


def test_the_nearer_page_counts(build):
    far, near = (build.shows(build.ALGORITHM, "legal", clicks=n)[0] for n in (2, 1))
    assert best_placed([far, near]) == (near,)


def test_nothing_has_no_best_place():
    assert best_placed([]) == ()
    assert best_measure([], font) is None


def test_measures_the_best_appearance_by_its_worst_view(build):
    (small,) = build.shows(build.ALGORITHM, desktop=build.seen(font_px=14.0), mobile=build.seen(font_px=9.0))
    (large,) = build.shows(build.ALGORITHM, desktop=build.seen(font_px=13.0), mobile=build.seen(font_px=12.0))
    (huge,) = build.shows(build.ALGORITHM, "legal", desktop=build.seen(font_px=40.0))
    found = best_measure([small, large, huge], font)
    assert (found.at, found.view, found.value) == (large, "mobile", 12.0)


def test_what_cannot_be_seen_is_not_measured(build):
    (d,) = build.shows(build.ALGORITHM, desktop=build.hidden("clipped", font_px=2.0), mobile=build.seen(font_px=12.0))
    assert best_measure([d], font).value == 12.0
    assert not visible_in(d, "desktop")
    assert visible_in(d, "mobile")
    assert not visible_in(d, "tablet")
