"""Head and foot of a site, told from what its pages repeat. What a browser lays out is in `tests/prominence`."""

from dataclasses import replace

import pytest

from auditor.repetition import FEW, Repetition
from crawler.capture import Reached, Role

NUMBER = "网信算备110108900000101250019号"
LINKS = "".join(f"<p>栏目{at}</p>" for at in range(35))  # 840 px: nobody who sees one page calls it all its foot
FOOT = f"<div class=k1><p>{NUMBER}</p>{LINKS}<p>京ICP备99000001号</p></div>"


def content(name: str, lines: int = 80) -> str:
    return "".join(f"<p>{name}的第{at}段</p>" for at in range(lines))


def regions(audit) -> dict[str, str]:
    return {d.page.rpartition("/")[2]: d.region for d in audit.disclosures if d.number == NUMBER}


def outcome(audit, rule: str) -> str:
    return next(finding.outcome for finding in audit.findings if finding.rule == rule)


def test_a_site_whose_pages_share_a_foot(audit_of) -> None:
    pages = {"about": content("关于", 60) + FOOT, "other": content("其他", 90) + FOOT}
    assert regions(audit_of(content("首页") + FOOT, pages)) == {"": "footer", "about": "footer", "other": "footer"}


def test_a_site_of_one_page_is_judged_as_before(audit_of) -> None:
    assert regions(audit_of(content("首页") + FOOT)) == {"": "main"}


def test_a_number_that_only_one_page_has_in_the_foot_of_all(audit_of) -> None:
    bare = FOOT.replace(f"<p>{NUMBER}</p>", "")
    home = content("首页") + FOOT.replace("<p>栏目3</p>", f"<p>栏目3</p><p>{NUMBER}</p>").replace(
        f"<p>{NUMBER}</p>", "", 1
    )
    assert regions(audit_of(home, {"about": content("关于", 60) + bare})) == {"": "footer"}


def test_the_foot_of_a_page_one_click_away_is_left_to_a_person_its_content_is_not(audit_of) -> None:
    bare = FOOT.replace(f"<p>{NUMBER}</p>", "")
    foot = audit_of(content("首页") + bare, {"other": content("其他", 60) + f"<p>{NUMBER}</p>" + bare})
    again = {f"other https://www.example.cn/{name}": content(name, 70) + FOOT for name in "ab"}
    shared = audit_of(content("首页") + bare, again)
    assert regions(foot) == {"other": "main"}
    assert regions(shared) == {"a": "footer", "b": "footer"}
    assert outcome(foot, "number-in-prominent-place") == "failed"
    assert outcome(shared, "number-in-prominent-place") == "needs-review"


def test_a_card_footer_in_the_content_is_no_proof_that_a_number_is_the_sites_own(audit_of) -> None:
    """Somebody else's number in a card: the name of the element alone would make it the site's."""
    card = f"<div class=card-footer><p>例如 {NUMBER}</p></div>"
    short = "<p>京ICP备99000001号</p>"
    home = content("首页", 10) + card + content("更多", 60) + short
    alone, among = audit_of(home), audit_of(home, {"about": content("关于") + short})
    assert [d.own for d in alone.disclosures if d.number == NUMBER] == [True]
    assert [(d.own, d.region) for d in among.disclosures if d.number == NUMBER] == [(False, "main")]


def test_a_store_page_tells_nothing_about_the_site(capture_of) -> None:
    capture = capture_of(content("首页") + FOOT, {"about": content("关于", 60) + FOOT})
    home, about = capture.pages
    assert Repetition((home, about)).ends(home.views[0]).foot is not None
    for other in (replace(about, role=Role.STORE), replace(about, reached=Reached.HTTP_4XX)):
        assert Repetition((home, other)).ends(home.views[0]) is None
        assert Repetition((home, other)).ends(other.views[0]) is None


def test_each_size_is_compared_with_itself(capture_of) -> None:
    capture = capture_of(content("首页") + FOOT, {"about": content("关于", 60) + FOOT})
    home, about = capture.pages
    apart = (replace(home, views=home.views[:1]), replace(about, views=about.views[1:]))
    assert Repetition(apart).ends(home.views[0]) is None


@pytest.mark.parametrize("more", range(3))
def test_of_many_pages_two_others_must_share_it(capture_of, more: int) -> None:
    pages = {f"other https://www.example.cn/{at}": content(f"别页{at}", 60) for at in range(FEW)}
    pages |= {f"product https://www.example.cn/p{at}": content(f"产品{at}", 50) + FOOT for at in range(more)}
    capture = capture_of(content("首页") + FOOT, pages)
    assert (Repetition(capture.pages).ends(capture.pages[0].views[0]).foot is not None) == (more == 2)


def test_a_page_that_reads_like_another_is_no_witness(capture_of) -> None:
    home = content("首页") + FOOT
    capture = capture_of(home, {"other": home})
    ends = Repetition(capture.pages).ends(capture.pages[0].views[0])
    assert (ends.head, ends.foot, ends.own_before_foot(0)) == (None, None, 0)


def test_pages_of_nothing_but_the_same_line(capture_of) -> None:
    """A hostile page: what is compared grows with its lines, not with their pairs."""
    capture = capture_of("<p>a</p>" * 2_000, {"about": "<p>a</p>" * 2_001})
    ends = Repetition(capture.pages).ends(capture.pages[0].views[0])
    assert (ends.head, ends.foot) == (None, None)  # it would be all of the page


def test_empty_pages(capture_of) -> None:
    capture = capture_of("", {"about": "<p> </p>", "other": "<br>"})
    for page in capture.pages:
        ends = Repetition(capture.pages).ends(page.views[0])
        assert (ends.head, ends.foot) == (None, None)
