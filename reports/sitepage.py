"""What the page of one site shows, in the order in which it shows it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from auditor.model import Disclosure, Evidence, Finding, Outcome, Prominence, SiteAudit, Text
from crawler.capture import Box
from reports import sentences
from reports.i18n import word
from reports.pictures import Album, Picture, kind, window
from reports.safe import host

Keep = Callable[[Picture, str], str]
"""Puts a picture (and its type) where the page can show it and gives its address."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture as it is kept, which the figures of a page share."""

    number: int  # on the page, from 1
    file: str
    sha256: str  # as told in the capture
    picture: Picture
    address: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A stored picture with the outline that is laid over it; CSS pixels from its top left."""

    number: int  # of the stored picture
    view_box: str
    shown_width: int  # so that it stands at its true size where there is room
    outline: Box | None
    dashed: bool
    drawn: str  # solid, dashed or none: what the caption says of the outline
    label: Text


@dataclass(frozen=True, slots=True)
class View:
    """A disclosure at one viewport size."""

    name: str
    it: Prominence
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A disclosure and the pictures of it."""

    place: int  # its number on the page, from 1
    it: Disclosure
    views: tuple[View, ...]
    also: tuple[Disclosure, ...]  # the same number at other places


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with what was measured for it."""

    it: Finding
    tone: str  # how it is coloured
    measured: tuple[tuple[int, str, Prominence], ...]
    figures: tuple[Figure, ...]  # of places that no disclosure shows


@dataclass(frozen=True, slots=True)
class SitePage:
    """One site's page."""

    audit: SiteAudit
    host: str
    own: tuple[Shown, ...]
    others: tuple[Shown, ...]
    groups: tuple[tuple[str, tuple[Told, ...]], ...]
    passed: tuple[Finding, ...]
    inapplicable: tuple[Finding, ...]
    pictures: tuple[Stored, ...]  # what the figures show


def site_page(audit: SiteAudit, album: Album, keep: Keep) -> SitePage:
    """Gather what the page of one site shows."""
    shelf = _Shelf(audit, album, keep)
    shown = tuple(_shown(place, same, shelf) for place, same in enumerate(sentences.distinct(audit.disclosures), 1))
    told = ((key, tuple(_told(one, shown, shelf) for one in findings)) for key, findings in sentences.groups(audit))
    return SitePage(
        audit=audit,
        host=host(audit.site) or audit.site,
        own=tuple(one for one in shown if one.it.own),
        others=tuple(one for one in shown if not one.it.own),
        groups=tuple(told),
        passed=sentences.of_outcome(audit, Outcome.PASSED),
        inapplicable=sentences.of_outcome(audit, Outcome.NOT_APPLICABLE),
        pictures=tuple(filter(None, shelf.kept.values())),
    )


def _shown(place: int, same: tuple[Disclosure, ...], shelf: "_Shelf") -> Shown:
    first, *also = same
    views = tuple(View(name, view, shelf.of_view(name, view)) for name, view in first.views.items())
    return Shown(place, first, views, tuple(also))


def _told(finding: Finding, shown: tuple[Shown, ...], shelf: "_Shelf") -> Told:
    places = {(one.page, one.selector): entry.place for entry in shown for one in (entry.it, *entry.also)}
    measured = tuple(
        (places[disclosure.page, disclosure.selector], name, view)
        for disclosure, name, view in sentences.measured(shelf.audit, finding)
    )
    elsewhere = (one for one in finding.evidence if one.screenshot and (one.page, one.selector) not in places)
    figures = tuple(filter(None, (shelf.of_evidence(one) for one in elsewhere)))
    return Told(finding, _tone(finding), measured, figures)


def _tone(finding: Finding) -> str:
    if finding.outcome is Outcome.FAILED:
        return finding.severity.value
    return "review" if finding.outcome is Outcome.NEEDS_REVIEW else "error"


@dataclass(slots=True)
class _Shelf:
    """The pictures that one page shows, each kept once."""

    audit: SiteAudit
    album: Album
    keep: Keep
    kept: dict[str, Stored | None] = field(default_factory=dict)  # by file; None: nothing that can be shown

    def of_view(self, name: str, view: Prominence) -> Figure | None:
        """The picture of a disclosure in one view."""
        file = view.screenshot.file if view.screenshot else None
        return self._figure(file, view.box, word(f"view.{name}"), dashed=not view.visible)

    def of_evidence(self, evidence: Evidence) -> Figure | None:
        """The picture of a piece of evidence."""
        return self._figure(evidence.screenshot, evidence.box, word("evidence"), dashed=False)

    def _figure(self, file: str | None, box: Box | None, label: Text, *, dashed: bool) -> Figure | None:
        found = self._find(file) if file else None
        if found is None:
            return None
        seen = window(found.picture, box)
        drawn = ("dashed" if dashed else "solid") if seen.outline else "none"
        shown = " ".join(f"{edge:.1f}" for edge in seen.shown)
        return Figure(found.number, shown, round(seen.shown[2]), seen.outline, dashed, drawn, label)

    def _find(self, file: str) -> Stored | None:
        if file not in self.kept:
            picture = self.album(self.audit, file)
            form = kind(picture) if picture else None
            keep = (
                picture and form and Stored(len(self.kept) + 1, file, picture.sha256, picture, self.keep(picture, form))
            )
            self.kept[file] = keep or None
        return self.kept[file]
