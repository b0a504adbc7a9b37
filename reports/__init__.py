"""Show what an audit says: one small module a format, `as_<name>.py`, each a pure function of the audits."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import reports
from auditor.model import SiteAudit, Text
from auditor.plugins import plugin_names
from reports.i18n import Language
from reports.pictures import Album, no_pictures

if TYPE_CHECKING:
    from reports.series import Past


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader may choose. Every format takes the same and uses what concerns it."""

    language: Language = "zh"
    album: Album = no_pictures  # where the pictures of a site come from
    color: bool = False  # the output is a terminal that shows colours
    width: int = 80  # columns of the terminal
    title: str = ""  # what the run is called, e.g. the name of its list
    asked: tuple[tuple[str, str], ...] = ()  # what was asked of the run: settings that its reader should know
    template: Path | None = None  # an office's own DOCX, whose page and styles a notice takes
    bom: bool = True  # CSV starts with a byte order mark, so that Excel reads it as UTF-8
    pdf: bool = True  # notices as PDF too, where there is a browser to print them
    printer: Callable[[str], bytes] | None = None  # makes a PDF of a page; None: there are no PDFs
    earlier: "tuple[Past, ...]" = ()  # runs of the same list, to tell how it developed


class UnavailableError(Exception):
    """A format needs a library that is not installed; `text` says which and how to get it."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} {text.en}")
        self.text = text


@runtime_checkable
class Format(Protocol):
    """The contract of a format's module.

    A module may also have `files(audits, options)`, which yields `(name, chunks)`, one for each file of a run's report;
    without it, a run's report is the one document that `render` makes, named by `RUN_SUFFIX` if it has one, and made in
    at least a piece an audit, so that documents can be written side by side. `require()`, where it has one, raises
    UnavailableError if something that the format needs is not there; `BINARY` is true of what no terminal can show.
    """

    SUFFIX: str

    def render(self, audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
        """Make one document, in pieces, reading the audits once."""


def format_names() -> tuple[str, ...]:
    """The names of all formats, none of them loaded: `as_html.py` is `html`."""
    return tuple(name.removeprefix("as_").replace("_", "-") for name in plugin_names(reports) if name[:3] == "as_")


def formats() -> dict[str, Format]:
    """Every format by its name."""
    return {name: load(name) for name in format_names()}


def load(name: str) -> Format:
    """The format `name`. Raises KeyError where there is no such format."""
    if name not in format_names():
        raise KeyError(name)
    module: Format = import_module(f"reports.as_{name.replace('-', '_')}")
    return module


def ready(name: str) -> Format:
    """The format `name`, with all that it needs. Raises KeyError as `load` does, UnavailableError."""
    module = load(name)
    getattr(module, "require", lambda: None)()
    return module


def render(name: str, audits: Iterable[SiteAudit], options: Options) -> bytes:
    """One document in the format `name`. Raises KeyError where there is no such format."""
    return b"".join(load(name).render(audits, options))


def save(name: str, audits: Iterable[SiteAudit], options: Options, folder: Path) -> tuple[Path, ...]:
    """Write the report of a run in the format `name` and tell which files were written.

    Raises KeyError where there is no such format, OSError where the folder can't be written.
    """
    return save_together((name,), audits, options, folder)


def save_together(
    names: Collection[str], audits: Iterable[SiteAudit], options: Options, folder: Path
) -> tuple[Path, ...]:
    """Write one of the groups that `together` makes, as `save` does."""
    forms = [load(name) for name in names]
    if len(forms) == 1:
        made = _files(forms[0], audits, options)
    elif all(map(_of_tables, forms)):
        frames = import_module("reports.frames").tables(audits)
        made = (file for form in forms for file in form.from_tables(frames, options))  # type: ignore[attr-defined]
    else:
        folder.mkdir(parents=True, exist_ok=True)
        documents = {folder / _name(form): partial(_rendered, form, options) for form in forms}
        import_module("reports.lockstep").write(audits, documents)
        return tuple(documents)
    return tuple(_write(folder / path, chunks) for path, chunks in made)


def together(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Formats in groups that read the audits once: of the same tables, each of many files alone, of one document."""
    known = {name: load(name) for name in names}
    of_tables = tuple(name for name, form in known.items() if _of_tables(form))
    single = tuple(name for name, form in known.items() if not hasattr(form, "files") and name not in of_tables)
    others = ((name,) for name in known if name not in (*of_tables, *single))
    return [group for group in (of_tables, *others, single) if group]


def _of_tables(form: Format) -> bool:
    return hasattr(form, "from_tables")


def _rendered(form: Format, options: Options, audits: Iterator[SiteAudit]) -> Iterator[bytes]:
    return form.render(audits, options)


def _name(form: Format) -> str:
    """The file of a run's report, where that is one document."""
    return "report" + getattr(form, "RUN_SUFFIX", form.SUFFIX)


def _files(form: Format, audits: Iterable[SiteAudit], options: Options) -> Iterator[tuple[str, Iterable[bytes]]]:
    several = getattr(form, "files", None)
    if several:
        yield from several(audits, options)
    else:
        yield _name(form), form.render(audits, options)


def _write(path: Path, chunks: Iterable[bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(chunks)
    return path
