"""A PDF that a real typesetter has laid out: wrapped cells, rows cut at page ends, two tables, no repeated headings."""

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from auditor.registry import List, Register, import_files
from crawler.browser import find_browser, is_root

NAMES = ("甲", "乙清言", "丙丁戊己庚辛壬癸智能问答与内容生成服务模型" * 3)
STYLE = (
    "@page{size:A5;margin:1.5cm}table{border-collapse:collapse;table-layout:fixed;width:100%}"
    "td{border:1px solid #000;font-size:11pt;word-break:break-all;padding:4px}"
)


def rows(kind: List, count: int) -> list[tuple[str, ...]]:
    mark = "S" if kind is List.REGISTRATION else ""
    return [
        (
            str(n),
            "北京市",
            NAMES[n % 3],
            "甲乙丙丁（北京）科技有限公司",
            f"Beijing-JiaYiMoXing-20260105{mark}{n:04}",
            "2026年1月5日",
        )
        for n in range(1, count + 1)
    ]


def table(head: tuple[str, ...], body: list[tuple[str, ...]]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in (head, *body))
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


@pytest.mark.browser
async def test_every_row_of_a_laid_out_pdf(tmp_path: Path) -> None:
    filings, registrations = rows(List.FILING, 40), rows(List.REGISTRATION, 25)
    page_text = (
        f"<meta charset=utf-8><style>{STYLE}</style><p>生成式人工智能服务已备案信息（2026年1月至2月）</p>"
        + table(("序号", "属地", "模型名称", "备案单位", "备案号", "备案时间"), filings)
        + "<p>已登记信息</p>"
        + table(("序号", "属地", "应用/功能名称", "登记单位", "上线编号", "登记时间"), registrations)
    )
    path = tmp_path / "notice.docx"  # names lie
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_browser(playwright.chromium.executable_path),
            args=["--no-sandbox"] if is_root() else [],
        )
        page = await browser.new_page()
        await page.set_content(page_text)
        await page.pdf(path=path, prefer_css_page_size=True)
        await browser.close()
    report = import_files([path], Register())
    assert report.problems == ()
    read = [(row.list, row.name, row.entity, row.number, row.date, row.batch) for row in report.register.rows]
    assert read == [
        (kind, row[2], row[3], row[4], "2026-01-05", "2026-02")
        for kind, body in ((List.FILING, filings), (List.REGISTRATION, registrations))
        for row in body
    ]
