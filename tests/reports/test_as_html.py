import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

import reports
from auditor.model import Disclosure, SiteAudit
from reports import Options, as_html
from reports.pictures import Album


class Tags(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def page(*audits: SiteAudit, options: Options | None = None) -> str:
    return reports.render("html", audits, options or Options()).decode()


def test_one_file_needs_nothing_else(audit: SiteAudit, album: Album) -> None:
    tags = Tags(page(audit, options=Options(album=album)))
    assert [one["href"][:16] for one in tags.of("image") if one["href"]] == ["data:image/webp;"] * 2
    assert not tags.of("link")
    assert not any("src" in attributes for attributes in tags.of("script"))


def test_both_languages_are_in_the_page_and_the_wanted_one_is_on(audit: SiteAudit) -> None:
    html = page(audit, options=Options(language="en"))
    assert 'data-lang="en"' in html
    assert "requirement quoted below is not met" in html
    assert "项不符合所引要求" in html


def test_the_picture_of_a_hidden_number_is_dashed(
    make_audit: Callable[..., SiteAudit],
    make_disclosure: Callable[..., Disclosure],
    make_view: Callable[..., object],
    album: Album,
) -> None:
    hidden = make_disclosure(views={"desktop": make_view(visible=False, why_not="transparent")})
    tags = Tags(page(make_audit(disclosures=(hidden,)), options=Options(album=album)))
    assert {one["stroke-dasharray"] for one in tags.of("rect")} == {"8 6"}


def test_the_same_number_on_several_pages_is_shown_once(
    make_audit: Callable[..., SiteAudit], make_disclosure: Callable[..., Disclosure]
) -> None:
    audit = make_audit(
        disclosures=(make_disclosure(page="https://chat.lanhe.example.cn/x", clicks=1), make_disclosure())
    )
    tags = Tags(page(audit))
    assert [one["id"] for one in tags.of("article") if (one["id"] or "").startswith("d")] == ["d1"]


def test_hostile_text_stays_text(hostile: SiteAudit, album: Album) -> None:
    for html in (page(hostile, options=Options(album=album)), page(hostile, hostile)):
        tags = Tags(html)
        assert not tags.of("img")
        assert all(
            (one.get("href") or "").startswith(("http", "#", "data:image/webp", "sites/")) for one in tags.of("a")
        )
        assert len(tags.of("script")) == (1 if "application/json" not in html else 1 + len(as_html.SURVEY))
        assert not any(name.startswith("on") for _, attributes in tags.tags for name in attributes)
        assert "49" not in re.findall(r"\{\{7\*7\}\}|=1\+149", html)
        assert not re.search("[\x00\x1b\x9b\u202e\ud800]", html)


def test_scripts_and_styles_are_named_by_their_hash(audit: SiteAudit) -> None:
    (policy,) = [one["content"] or "" for one in Tags(page(audit)).of("meta") if one.get("http-equiv")]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(re.findall("'sha256-[A-Za-z0-9+/=]{44}'", policy)) == 2


def test_the_survey_lets_only_its_own_scripts_run(audit: SiteAudit) -> None:
    html = page(audit, audit)
    (policy,) = [one["content"] or "" for one in Tags(html).of("meta") if one.get("http-equiv")]
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
    named = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert len(scripts) == len(as_html.SURVEY)
    assert f"script-src {named};" in policy
    assert "unsafe" not in policy
    assert not re.findall(r"https?:", policy)


def test_prominence_findings_carry_the_note(audit: SiteAudit) -> None:
    html = page(audit)
    contrast = html[html.index('id="number-contrast"') :]
    assert "不等同于违法认定" in contrast[: contrast.index("</article>")]
    linked = html[html.index('id="algorithm-number-linked"') :]
    assert "不等同于违法认定" not in linked[: linked.index("</article>")]


def test_a_run_is_a_survey_with_a_page_a_site(
    audit: SiteAudit, unreached: SiteAudit, album: Album, tmp_path: Path
) -> None:
    written = reports.save("html", [audit, unreached], Options(album=album), tmp_path)
    assert written[-1] == tmp_path / "report.html"
    assert len(list((tmp_path / "sites").iterdir())) == 2
    site = next((tmp_path / "sites").glob("chat.lanhe*")).read_text("utf-8")
    pictures = [one["href"] or "" for one in Tags(site).of("image")]
    assert pictures
    assert all((tmp_path / "sites" / one).resolve().is_file() for one in pictures)


@pytest.mark.parametrize(
    "site", ["http://[", "https://../../../x", "https://" + "a" * 500 + ".cn/", "", "https://例子.example.cn/"]
)
def test_no_site_writes_outside_of_the_report(make_audit: Callable[..., SiteAudit], tmp_path: Path, site: str) -> None:
    for path in reports.save("html", [make_audit(site=site)], Options(), tmp_path):
        assert path.resolve().is_relative_to(tmp_path)
        assert len(path.name) < 90
