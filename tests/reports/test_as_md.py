from markdown_it import MarkdownIt

import reports
from auditor.model import SiteAudit
from reports import Options, as_md


def shown(*audits: SiteAudit) -> str:
    """The HTML that a service makes of it, with raw HTML, tables and links let through."""
    text = reports.render("md", audits, Options(language="en")).decode()
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def test_verdict_and_findings(audit: SiteAudit) -> None:
    html = shown(audit)
    assert "<h2>Requirements not met: 蓝禾小助</h2>" in html
    assert html.count("<tr>") == 1 + 4
    assert "第二十六条" in html
    assert "not a finding of unlawfulness" in html


def test_hostile_text_makes_no_markup(hostile: SiteAudit) -> None:
    html = shown(hostile)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("javascript:window", "")
    assert html.count("<td>") == 4


def test_nobody_is_mentioned() -> None:
    from reports.as_md import escape

    assert "@team" not in escape("@team")


def test_the_words_of_a_text_are_told_with_its_level(audit: SiteAudit) -> None:
    zh, en = (reports.render("md", [audit], Options(language=language)).decode() for language in ("zh", "en"))
    assert "依据（部门规章）：《互联网信息服务算法推荐管理规定》第二十六条" in zh
    assert "Basis \\(Departmental rule\\): 《互联网信息服务算法推荐管理规定》" in en
    assert "## 不符合要求：蓝禾小助" in zh


def test_an_address_can_be_copied_and_is_no_link() -> None:
    told = as_md.escape("请链接至 https://beian.miit.gov.cn 。")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(told)
    assert "<a " not in html and "https://beian.miit.gov.cn" in html


def test_an_entity_stays_what_was_written() -> None:
    html = MarkdownIt("commonmark").render(as_md.escape("&#64;team &lt;b&gt;"))
    assert html == "<p>&amp;#64;team &amp;lt;b&amp;gt;</p>\n"
