"""A sweep on the terminal: a line a site, then what became of all of them.

Reads of each stored verdict only what the lines need: a hundred thousand of them are not to be decoded whole.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import msgspec

from auditor.model import NumberKind, Outcome, Severity, Text, Verdict
from crawler.capture import Reached
from crawler.store import SiteFolder
from reports.i18n import Language, pick, say
from reports.safe import clean
from reports.sentences import counted
from seeds.model import ServiceKind

LISTED = 200
"""A longer run lists only the sites with something to see to."""

_QUIET = frozenset({Verdict.CLEAN, Verdict.NOT_APPLICABLE, Verdict.UNREACHED})
_AI = frozenset({NumberKind.ALGORITHM, NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION})


class _Finding(msgspec.Struct, gc=False):
    rule: str
    outcome: Outcome
    severity: Severity


class _Disclosure(msgspec.Struct, gc=False):
    kind: NumberKind
    raw: str
    number: str | None
    own: bool


class _Service(msgspec.Struct, gc=False):
    kinds: tuple[ServiceKind, ...]


class Row(msgspec.Struct, gc=False):
    """What a line needs of a verdict."""

    site: str
    reached: Reached
    detail: str
    verdict: Verdict
    service: _Service
    disclosures: tuple[_Disclosure, ...]
    findings: tuple[_Finding, ...]
    browser_because: str = ""
    verdict_unrendered: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What became of the sites of a run."""

    verdicts: Counter[Verdict]
    reasons: Counter[Reached]
    browsers: Counter[str]  # sites by why a browser looked at them
    sampled: int  # sites that a browser saw without a reason
    missed: int  # of those, the ones that would have been judged otherwise without it

    @property
    def sites(self) -> int:
        """How many there are."""
        return self.verdicts.total()

    @property
    def coverage(self) -> float:
        """Share of the sites that were reached, 0 … 1."""
        return 1 - self.verdicts[Verdict.UNREACHED] / max(1, self.sites)


def rows(folders: Iterable[SiteFolder]) -> Iterator[Row]:
    """The rows of sites that have a verdict. Raises StoreError for one that cannot be read."""
    return (folder.read_audit_as(Row) for folder in folders)


def sums(found: Collection[Row]) -> Sums:
    """Count the rows."""
    sampled = [row for row in found if row.browser_because == "sample"]
    return Sums(
        verdicts=Counter(row.verdict for row in found),
        reasons=Counter(row.reached for row in found),
        browsers=Counter(row.browser_because for row in found),
        sampled=len(sampled),
        missed=sum(row.verdict_unrendered not in (None, row.verdict) for row in sampled),
    )


def listing(found: Collection[Row], language: Language) -> Iterator[str]:
    """A line a site, worst first; of a long run only those that somebody should look at."""
    order = list(Verdict)
    shown = [row for row in found if len(found) <= LISTED or row.verdict not in _QUIET]
    for row in sorted(shown, key=lambda row: order.index(row.verdict)):
        yield "  ".join(filter(None, (_padded(say(f"verdict.{row.verdict}", language), 24), _site(row), _told(row))))


def summary(total: Sums, slowest: Iterable[tuple[float, str]], language: Language) -> Iterator[str]:
    """What became of all sites, a line a thing."""
    yield pick(
        Text(
            f"{total.sites} 个网站，可访问 {total.coverage:.0%}",
            f"{counted(total.sites, 'site')}, {total.coverage:.0%} of them reached",
        ),
        language,
    )
    yield _counted(
        Text("结论", "verdicts"),
        ((say(f"verdict.{v}", language), n) for v, n in total.verdicts.most_common()),
        language,
    )
    yield _counted(Text("访问结果", "reasons"), ((str(r), n) for r, n in total.reasons.most_common()), language)
    none = pick(Text("未用", "none"), language)
    yield _counted(Text("浏览器", "browser"), ((b or none, n) for b, n in total.browsers.most_common()), language)
    if total.sampled:
        share = f"{total.missed} ({total.missed / total.sampled:.1%})"
        yield pick(
            Text(
                f"抽查 {total.sampled} 个本可不用浏览器的网站：不用浏览器则结论不同的 {share}",
                f"sampled {counted(total.sampled, 'site')} that needed no browser: judged otherwise without it {share}",
            ),
            language,
        )
    if longest := " ".join(f"{clean(url, 80)} {seconds:.0f} s" for seconds, url in slowest):
        yield pick(Text(f"最慢：{longest}", f"slowest: {longest}"), language)


def _counted(what: Text, counts: Iterable[tuple[str, int]], language: Language) -> str:
    colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
    return pick(what, language) + colon + comma.join(f"{name} {count}" for name, count in counts)


def _site(row: Row) -> str:
    return clean(row.site, 120)


def _told(row: Row) -> str:
    """Why a site was not reached; else its AI numbers and the rules that it fails."""
    if row.verdict is Verdict.UNREACHED:
        return f"{row.reached} {clean(row.detail, 60)}".strip()
    numbers = dict.fromkeys(clean(d.number or d.raw, 40) for d in row.disclosures if d.own and d.kind in _AI)
    failed = (
        finding.rule
        for finding in row.findings
        if finding.outcome is Outcome.FAILED and finding.severity is not Severity.ADVICE
    )
    return " ".join((*list(numbers)[:3], *failed))


def _padded(text: str, width: int) -> str:
    """Text filled with blanks to a width in columns of a terminal."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * (width - taken)
