from collections.abc import Callable, Iterator
from pathlib import Path

from auditor.model import SiteAudit
from reports.lockstep import Document, write


def telling(name: str, order: list[str], pieces: int) -> Document:
    """A document of so many pieces an audit, which tells when it takes one."""

    def document(audits: Iterator[SiteAudit]) -> Iterator[bytes]:
        yield b"begin "
        for audit in audits:
            order.append(name)
            yield from [audit.site.encode() + b" "] * pieces
        yield b"end"

    return document


def test_none_gets_more_than_an_audit_ahead(make_audit: Callable[..., SiteAudit], tmp_path: Path) -> None:
    order: list[str] = []
    documents = {tmp_path / name: telling(name, order, pieces) for name, pieces in (("a", 1), ("b", 3), ("c", 2))}
    write((make_audit(site=str(number)) for number in range(20)), documents)
    for told in range(len(order)):
        counts = [order[: told + 1].count(name) for name in "abc"]
        assert max(counts) - min(counts) <= 1
    assert (tmp_path / "a").read_text() == "begin " + "".join(f"{n} " for n in range(20)) + "end"
    assert (tmp_path / "b").read_text() == "begin " + "".join(f"{n} " * 3 for n in range(20)) + "end"
    assert (tmp_path / "c").read_text() == "begin " + "".join(f"{n} " * 2 for n in range(20)) + "end"


def test_without_audits_documents_are_whole(tmp_path: Path) -> None:
    write([], {tmp_path / "a": telling("a", [], 1), tmp_path / "b": lambda _audits: iter(())})
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"begin end", b""]
