"""What rules ask about, computed once a site."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from auditor.model import Disclosure, Evidence, NumberKind, Service, Source, Text
from auditor.policy import Policy
from auditor.registry import Register
from crawler.capture import UNREAD, PageCapture, Reached, Role, SiteCapture
from seeds.model import ServiceKind

ALGORITHM = (NumberKind.ALGORITHM,)
MODEL = (NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION)
AI = ALGORITHM + MODEL
ICP = (NumberKind.ICP, NumberKind.ICP_LICENSE)
VISIBLE_SOURCES = frozenset({Source.TEXT, Source.GENERATED, Source.IMAGE})


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page as a person reads it."""

    url: str
    role: Role
    clicks: int
    reached: Reached
    text: (
        str  # what the browser laid out at desktop size (mobile where that is all there is), blocks parted by newlines
    )
    static_text: str  # what the HTML as received says, without scripts; "" where it was not kept
    rendered: bool
    store: bool  # a product page of an app store, told by address and structure
    app: str | None = None  # on a store page: what the app is called
    developer: str | None = None  # on a store page: who publishes the app, as the store says


@dataclass(frozen=True, slots=True)
class Facts:
    """One site, as the rules see it."""

    capture: SiteCapture
    pages: tuple[PageFacts, ...]
    disclosures: tuple[Disclosure, ...]  # everything found, whoever's number it is and wherever it stands
    service: Service
    policy: Policy
    register: Register | None

    def own(self, *kinds: NumberKind) -> tuple[Disclosure, ...]:
        """The site's own disclosures of these kinds (all kinds, if none is named), seen or unseen, code excluded."""
        return tuple(
            d
            for d in self.disclosures
            if d.own and (not kinds or d.kind in kinds) and d.source not in {Source.COMMENT, Source.SCRIPT}
        )

    def shown(self, *kinds: NumberKind) -> tuple[Disclosure, ...]:
        """The site's own disclosures that a person can see in at least one view. Placeholders are not numbers."""
        return tuple(d for d in self.own(*kinds) if d.number is not None and is_seen(d))

    def seen(self, *kinds: NumberKind) -> tuple[Disclosure, ...]:
        """The site's own disclosures that a person can see, malformed ones included. Placeholders are not numbers."""
        return tuple(d for d in self.own(*kinds) if "placeholder" not in d.problems and is_seen(d))

    def placeholders(self, *kinds: NumberKind) -> tuple[Disclosure, ...]:
        """Own disclosures that a person can see and that hold no number (备案中, XXXX)."""
        return tuple(d for d in self.own(*kinds) if "placeholder" in d.problems and is_seen(d))

    def is_service(self, *kinds: ServiceKind) -> bool | None:
        """Whether the site is one of these kinds of service: True, False, or None where we are not sure enough."""
        found = any(kind in self.service.kinds for kind in kinds)
        if self.service.declared or self.service.confidence >= self.policy["service-confidence"]:
            return found
        return None if found else False

    @property
    def home(self) -> PageFacts | None:
        """The home page, if it could be read."""
        return next((p for p in self.pages if p.role == Role.HOME and p.reached == Reached.OK), None)

    def unread(self, *roles: Role) -> Text | None:
        """Why what we did not find may still be there: the home page, or a page of these roles, could not be read.

        None where all of them were, the words in their pictures included. The home page must have been rendered: its
        scripts may build what the HTML lacks.
        A page that answers 404 is not there, so nothing can stand on it.
        """
        home = next((p for p in self.pages if p.role == Role.HOME), None)
        if home is None:
            if any(p.store for p in self.pages):
                return Text(
                    "所查为应用商店页面，应用内的展示无法由此得知", "a store page does not tell what the app shows"
                )
            reason = self.capture.reached.value
            return Text(f"首页未能读取（{reason}）", f"the home page could not be read ({reason})")
        missed = (p for p in self.pages if p.role in roles and p.reached != Reached.HTTP_4XX and not _is_read(p))
        page = next(missed, None) if home.rendered and _is_read(home) else home
        if page is None:
            return self._unread_picture({Role.HOME, *roles})
        why = Text(page.reached.value, page.reached.value)
        if page.reached == Reached.OK:
            why = Text("未经浏览器渲染", "not rendered by a browser")
        return Text(f"页面 {page.url} 未能读取（{why.zh}）", f"page {page.url} could not be read ({why.en})")

    def _unread_picture(self, roles: Collection[Role]) -> Text | None:
        page = next((p for p in self.capture.pages if p.role in roles and pictures_unread(p)), None)
        if page is None:
            return None
        url = page.final_url or page.url
        return Text(
            f"页面 {url} 上图片中的文字未读取（未安装文字识别，或识别未完成）",
            f"the words in pictures on {url} were not read (no OCR, or it did not finish)",
        )

    def page(self, disclosure: Disclosure) -> PageFacts | None:
        """The page that a disclosure stands on."""
        return next((p for p in self.pages if p.url == disclosure.page), None)

    def around(self, disclosure: Disclosure, reach: int) -> str:
        """The words on its page within so many characters before and after it; its block, if the page lacks it."""
        page = self.page(disclosure)
        at = page.text.find(disclosure.raw) if page else -1
        if page is None or at < 0:
            return disclosure.context
        return page.text[max(at - reach, 0) : at + len(disclosure.raw) + reach]


def _is_read(page: PageFacts) -> bool:
    return page.reached == Reached.OK and (page.rendered or (page.role != Role.HOME and bool(page.text.strip())))


def pictures_unread(page: PageCapture) -> bool:
    """Whether a page, as a browser showed it, holds pictures with words, maybe, that nobody read."""
    return any(view.pictures is None or UNREAD in view.limits for view in page.views)


def is_seen(disclosure: Disclosure) -> bool:
    """Whether a person can see it at desktop or mobile size, for a moment at least; where no browser laid the page out,
    whether it is text.
    """
    views = disclosure.views.values()
    seen = any(view.visible or view.persistent is False for view in views)
    return disclosure.source in VISIBLE_SOURCES and (not views or seen)


def by_number(disclosures: Iterable[Disclosure]) -> dict[str, tuple[Disclosure, ...]]:
    """The places of each number, keyed by its canonical form without case or, where it has none, as written."""
    places: dict[str, tuple[Disclosure, ...]] = {}
    for d in disclosures:
        key = (d.number or d.raw).casefold()
        places[key] = (*places.get(key, ()), d)
    return places


def evidence(disclosures: Iterable[Disclosure], limit: int = 20) -> tuple[Evidence, ...]:
    """Where these stand, with the picture of the view in which each can be seen best."""
    return tuple(_evidence(d) for _, d in zip(range(limit), disclosures, strict=False))


def _evidence(d: Disclosure) -> Evidence:
    seen = [name for name, view in d.views.items() if view.visible] or list(d.views)
    name = seen[0] if seen else None
    view = d.views[name] if name else None
    shot = view.screenshot if view else None
    return Evidence(d.page, d.raw, d.selector, view.box if view else None, name, shot.file if shot else None)


def looked_at(facts: "Facts") -> tuple[Evidence, ...]:
    """Where we looked and found nothing: the pages that were read, for findings about something missing."""
    return tuple(Evidence(p.url, "") for p in facts.pages if p.reached == Reached.OK)
