from collections.abc import Callable
from dataclasses import replace

from auditor.model import Evidence, Finding, SiteAudit, Text
from reports.as_sarif import fingerprint
from reports.renamed import renamed
from seeds.model import Seed


def served(port: int, make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]) -> SiteAudit:
    home = f"http://127.0.0.1:{port}/"
    told = Text(f"见 {home}about 。", f"See 127.0.0.1:{port}.")
    one = make_finding("number-visible", message=told, evidence=(Evidence(f"{home}about", "x", "p"),))
    return make_audit(site=home, seed=Seed(home), findings=(one,))


def test_the_folder_is_told_instead_of_the_address(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    first, second = (
        renamed(served(port, make_audit, make_finding), f"http://127.0.0.1:{port}/", 'web "1"/dist/')
        for port in (40001, 40002)
    )
    assert first.site == 'web "1"/dist/'
    assert first.findings[0].message == Text('见 web "1"/dist/about 。', 'See web "1"/dist.')
    assert replace(first, seed=second.seed) == second
    assert fingerprint(first, first.findings[0]) == fingerprint(second, second.findings[0])
    assert first.seed.url == "http://127.0.0.1:40001/"
