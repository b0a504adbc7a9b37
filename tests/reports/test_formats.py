"""What every format owes its reader, whatever it looks like."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

import reports
from auditor.model import SiteAudit, Verdict
from reports import Format, Options, formats
from reports.pictures import Album

NAMES = sorted(formats())


def made(name: str, audits: list[SiteAudit], options: Options) -> bytes:
    """The document, unpacked where it is an archive."""
    data = reports.render(name, iter(audits), options)
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as archive:
            return b"\n".join(
                archive.read(one) for one in archive.namelist() if one != "docProps/core.xml"
            )  # has the time
    return data


@pytest.mark.parametrize("name", NAMES)
def test_it_meets_the_contract_and_has_its_test(name: str) -> None:
    module = formats()[name]
    assert isinstance(module, Format)
    assert module.SUFFIX.startswith(".")
    assert module.__doc__
    assert (Path(__file__).parent / f"test_as_{name.replace('-', '_')}.py").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_harmless(
    name: str, language: reports.Language, hostile: SiteAudit, unreached: SiteAudit, album: Album
) -> None:
    data = made(name, [hostile, unreached], Options(language=language, album=album))
    text = data.decode("utf-8", "replace")
    assert not any(c in text for c in ("\x1b", "\x9b", "\u202e", "\u2066")) or is_binary(name)


def is_binary(name: str) -> bool:
    """Pictures inside of a document hold any byte."""
    return name in ("notice", "parquet")


def test_what_no_terminal_can_show_says_so() -> None:
    assert [name for name in NAMES if getattr(formats()[name], "BINARY", False)] == ["notice", "parquet", "xlsx"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_audits_give_the_same_document(name: str, audit: SiteAudit, album: Album) -> None:
    assert made(name, [audit], Options(album=album)) == made(name, [audit], Options(album=album))


@pytest.mark.parametrize("name", NAMES)
def test_no_audits_is_no_error(name: str) -> None:
    made(name, [], Options())


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("json", "csv", "parquet", "xlsx")])
def test_unreached_is_told_apart_from_non_compliant(name: str, unreached: SiteAudit, language: str = "en") -> None:
    text = made(name, [unreached], Options(language="en")).decode("utf-8", "replace")
    assert "compliant" in text


@pytest.mark.parametrize("name", NAMES)
def test_files_stay_in_their_folder(
    name: str, make_audit: Callable[..., SiteAudit], audit: SiteAudit, tmp_path: Path
) -> None:
    written = reports.save(name, iter([audit, make_audit(site="https://../../x")]), Options(), tmp_path)
    assert written
    assert all(path.resolve().is_relative_to(tmp_path.resolve()) and path.stat().st_size for path in written)


def test_an_unknown_format_is_refused(audit: SiteAudit) -> None:
    with pytest.raises(KeyError):
        reports.render("pdf-of-dreams", [audit], Options())


def test_every_format_is_documented() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
    assert [name for name in NAMES if f"| `{name}` |" not in docs] == []


def test_tables_are_made_once_for_all_formats_that_are_made_of_them(
    audit: SiteAudit, unreached: SiteAudit, tmp_path: Path
) -> None:
    names = ["md", "html", "csv", "json", "xlsx", "html"]
    assert reports.together(names) == [("csv", "xlsx"), ("html",), ("md", "json")]
    reads: list[SiteAudit] = []

    def read() -> Iterator[SiteAudit]:
        for one in (audit, unreached):
            reads.append(one)
            yield one

    reports.save_together(("csv", "xlsx", "parquet"), read(), Options(), tmp_path / "together")
    assert len(reads) == 2
    for name in ("csv", "parquet"):
        for path in reports.save(name, [audit, unreached], Options(), tmp_path / "alone"):
            assert path.read_bytes() == (tmp_path / "together" / path.name).read_bytes()


def test_documents_are_made_in_one_pass(audit: SiteAudit, unreached: SiteAudit, tmp_path: Path) -> None:
    names = next(group for group in reports.together(NAMES) if "md" in group)
    assert set(names) == {"github", "json", "junit", "md", "sarif", "text"}
    given = [unreached, audit] * 3
    reads = iter(given)
    written = reports.save_together(names, reads, Options(), tmp_path / "together")
    assert next(reads, None) is None
    alone = [path for name in names for path in reports.save(name, given, Options(), tmp_path / "alone")]
    assert [path.name for path in written] == [path.name for path in alone]
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in alone]


def test_documents_take_audits_one_by_one_even_where_there_is_nothing_to_tell(
    make_audit: Callable[..., SiteAudit],
) -> None:
    """Else one of them would have the whole run held for the others."""
    for name in next(group for group in reports.together(NAMES) if "md" in group):
        taken = []

        def read() -> Iterator[SiteAudit]:
            for number in range(5):
                taken.append(number)  # noqa: B023 - used up below
                yield make_audit(verdict=Verdict.CLEAN, findings=(), disclosures=())

        for piece, _ in enumerate(formats()[name].render(read(), Options())):
            assert len(taken) <= piece + 1, name
        assert len(taken) == 5
