from collections.abc import Callable

import reports
from auditor.model import Evidence, Finding, SiteAudit, Text
from reports import Options


def lines(*audits: SiteAudit) -> list[str]:
    return reports.render("github", audits, Options(language="en")).decode().splitlines()


def test_a_line_a_finding_worst_first(audit: SiteAudit) -> None:
    assert [line.split("::")[1] for line in lines(audit)] == [
        "error title=algorithm-number-linked",
        "notice title=number-in-registry (needs-review)",
        "notice title=number-contrast",
        "notice title=footer-reachable (error)",
    ]


def test_unreached_is_a_notice(unreached: SiteAudit) -> None:
    (line,) = lines(unreached)
    assert line.startswith("::notice title=https%3A//hei.example.cn/::")


def test_a_text_cannot_start_a_command(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    text = Text("x\n::error::y%0A::error::z", "x\n::error::y%0A::error::z")
    (line,) = lines(make_audit(findings=(make_finding("a", message=text),)))
    assert line.startswith("::error title=a::")
    assert "%250A" in line


def test_a_page_of_a_built_folder_is_shown_beside_its_file(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    def told(*pages: str) -> str:
        finding = make_finding("a", evidence=tuple(Evidence(page, "") for page in pages))
        return lines(make_audit(findings=(finding,)))[0].split("::")[1]

    assert told("dist/关于, 1.html") == "error title=a,file=dist/关于%2C 1.html"
    assert told("dist/") == "error title=a,file=dist/index.html"
    assert told("https://a.example.cn/", "dist/about") == told() == "error title=a"
