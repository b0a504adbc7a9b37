"""What an audit says. Encoded as JSON, these types are the published format `gongshi.audit/1`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.capture import Box, Reached, Role, Shot
from seeds.model import ModelSource, Seed, ServiceKind

SCHEMA = "gongshi.audit/1"


class Outcome(StrEnum):
    """What one rule says of one site."""

    PASSED = "passed"
    FAILED = "failed"
    NEEDS_REVIEW = "needs-review"
    NOT_APPLICABLE = "not-applicable"
    ERROR = "error"


class Severity(StrEnum):
    """How much a failed rule weighs; worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    ADVICE = "advice"


class Verdict(StrEnum):
    """What the audit says of a site as a whole; worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    REVIEW = "review"
    CLEAN = "clean"
    NOT_APPLICABLE = "not-applicable"
    UNREACHED = "unreached"


class Level(StrEnum):
    """What kind of text a rule rests on. Findings never say more than this carries."""

    LAW = "law"  # 法律
    REGULATION = "regulation"  # 行政法规
    RULE = "rule"  # 部门规章
    NOTICE = "notice"  # 规范性文件、公告
    STANDARD = "standard"  # 国家标准
    PRACTICE = "practice"  # platform instructions, good practice
    PROXY = "proxy"  # a reference value: the law names no number
    INFERRED = "inferred"  # derived from published data, published nowhere


class NumberKind(StrEnum):
    """The kinds of number that stand in the footers of Chinese sites."""

    ALGORITHM = "algorithm"
    GENAI_FILING = "genai-filing"
    GENAI_REGISTRATION = "genai-registration"
    ICP = "icp"
    ICP_APP = "icp-app"
    ICP_LICENSE = "icp-license"
    POLICE = "police"


class Source(StrEnum):
    """Where in a page a number was found. Only `TEXT`, `GENERATED` and `IMAGE` can be seen."""

    TEXT = "text"
    IMAGE = "image"
    ATTRIBUTE = "attribute"
    GENERATED = "generated"  # CSS content
    COMMENT = "comment"
    SCRIPT = "script"


class Target(StrEnum):
    """Where the link of a number leads."""

    OFFICIAL = "official"  # the authority's home page
    OFFICIAL_RECORD = "official-record"  # the record of this number
    ANNOUNCEMENT = "announcement"  # a list or notice on cac.gov.cn
    OWN = "own"
    THIRD_PARTY = "third-party"
    WRONG_AUTHORITY = "wrong-authority"
    LOOKALIKE = "lookalike"
    DEAD = "dead"  # '#', javascript:, empty
    BROKEN = "broken"  # answers an error
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for people, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Number:
    """A filing number found in a text, well formed or not."""

    kind: NumberKind
    raw: str  # exactly the characters of the text, start … end
    number: str | None  # canonical form; None where it can't be read
    well_formed: bool  # the grammar holds; a failed check digit alone leaves it true
    problems: tuple[str, ...]  # codes, see auditor.numbers.PROBLEMS
    start: int  # offsets in the text, in code points
    end: int
    parts: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """The link that carries a number or stands beside it."""

    href: str | None
    target: Target
    clickable: bool = False  # reacts to clicks, but where it leads stands in no address: a person must try it


@dataclass(frozen=True, slots=True)
class Prominence:
    """How a disclosure stands in one view, measured from the browser's layout.

    `why_not`: display-none, visibility-hidden, transparent, zero-size, off-screen, clipped, covered, same-colour, tiny,
    closed-details, inert, not-rendered. `doubt`: why a person should look (covered-at-every-scroll, closed-details,
    over-image, gradient …).
    """

    visible: bool
    why_not: str | None
    box: Box | None
    font_px: float | None  # as laid out, transforms and zoom included
    contrast: float | None  # WCAG 2.x ratio, 1 … 21; None: could not be measured
    covered: float  # share of the box, 0 … 1, that is painted over at the best scroll position
    screens_down: float | None  # viewport heights between the top of the page and the disclosure
    doubt: str | None = None
    persistent: bool | None = None  # False: gone in the later look, or only in something that closes; None: not looked
    reachable: bool | None = None  # False: scrolling cannot bring it into view
    words_around: int = 0  # characters of text in the same block: alone or in a wall
    screenshot: Shot | None = None  # the picture that shows it


@dataclass(frozen=True, slots=True)
class Listing:
    """What the registers say of a number."""

    status: str  # listed, cancelled, absent, not-checked
    entity: str | None = None
    name: str | None = None
    as_of: str | None = None  # batch or date of the newest list of this kind
    near: str | None = None  # a listed number that differs in one place


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One number at one place of a site."""

    kind: NumberKind
    raw: str
    number: str | None
    well_formed: bool
    problems: tuple[str, ...]
    parts: Mapping[str, str | int | None]
    source: Source
    own: bool  # False: somebody else's number that the page talks about
    page: str
    selector: str
    region: str  # header, main, footer, dialog, nav, unknown
    link: Link
    views: Mapping[str, Prominence]
    registry: Listing
    role: Role  # of the page
    clicks: int
    via: tuple[str, ...]
    label: str  # up to 30 characters before it in its block
    context: str  # the block that holds it, cut at 300 characters


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a finding can be seen."""

    page: str
    quote: str
    selector: str | None = None
    box: Box | None = None
    view: str | None = None
    screenshot: str | None = None  # file of the picture, which a disclosure's view tells more of


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that a rule rests on."""

    law: str
    article: str
    quote: str
    url: str
    level: Level


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of a site."""

    rule: str
    outcome: Outcome
    severity: Severity
    message: Text
    basis: tuple[Citation, ...]
    remedy: Text
    evidence: tuple[Evidence, ...]
    html: str | None = None  # what to paste, where that is the remedy


@dataclass(frozen=True, slots=True)
class Service:
    """What kind of service a site is, and why we think so."""

    kinds: tuple[ServiceKind, ...]  # (ServiceKind.NONE,) where none was seen
    model: ModelSource | None
    declared: bool  # by the seed
    confidence: float  # 0 … 1
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in the result."""

    url: str
    final_url: str | None
    status: int | None
    title: str
    role: Role
    clicks: int
    reached: Reached
    detail: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """With what the judgement was made."""

    gongshi: str
    rules: str  # digest of the rule catalogue
    policy: str  # digest of the policy
    registry: Mapping[str, str | None]  # newest batch of each list; None: not loaded
    browser: str | None
    capture_sha256: str


@dataclass(frozen=True, slots=True)
class SiteAudit:
    """Everything that gongshi says of a site."""

    site: str
    seed: Seed
    taken_at: str
    reached: Reached
    detail: str
    verdict: Verdict
    service: Service
    pages: tuple[Page, ...]
    disclosures: tuple[Disclosure, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance
    schema: str = SCHEMA
    browser_because: str = ""  # why a browser looked at the site: always, declared, script, number, filing, service,
    # words, sample; "": none did
    verdict_unrendered: Verdict | None = None  # of a site in the sample: what it would have got without a browser
