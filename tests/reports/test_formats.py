"""What every format owes its reader, whatever it looks like."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

import reports
from auditor.model import SiteAudit
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
    assert reports.together(["html", "csv", "xlsx", "html"]) == [("csv", "xlsx"), ("html",)]
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
