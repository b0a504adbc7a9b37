"""What changed between two runs: sites, verdicts, numbers and rules.

What was not looked at has not changed: nothing is said of the numbers and rules of a site that one of the runs did not
reach, nor that a number is gone whose page was not opened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from auditor.model import Disclosure, NumberKind, Outcome, SiteAudit, Verdict
from crawler.capture import Reached
from reports.survey import displayed


class Kind(StrEnum):
    """How something changed, in the order in which it is told."""

    NEWLY_UNREACHED = "newly-unreached"
    REACHED_AGAIN = "reached-again"
    VERDICT = "verdict"
    FAILS_NOW = "fails-now"
    NO_LONGER_FAILS = "no-longer-fails"
    NUMBER_GONE = "number-gone"
    NUMBER_CHANGED = "number-changed"
    NUMBER_APPEARED = "number-appeared"
    NUMBER_MOVED = "number-moved"
    LINK_CHANGED = "link-changed"
    SITE_GONE = "site-gone"  # not in the new run
    SITE_APPEARED = "site-appeared"  # not in the old run


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of one site."""

    kind: Kind
    site: str
    name: str | None
    what: str  # the rule or the kind of number; "" for the site as a whole
    old: str | None
    new: str | None
    number: str | None = None  # that moved, or whose link changed


@dataclass(frozen=True, slots=True)
class Diff:
    """All differences between two runs, and how much could be compared."""

    changes: tuple[Change, ...]
    compared: int  # sites that both runs reached
    unreached: int  # sites of the new run that were not reached: of them nothing is said
    times: tuple[str, str] = ("", "")  # of the last capture of either run, ISO 8601


def compare(old: Iterable[SiteAudit], new: Iterable[SiteAudit]) -> Diff:
    """The differences from `old` to `new`, by kind, then in the order of the runs."""
    before = {audit.site: audit for audit in old}
    after = {audit.site: audit for audit in new}
    changes = [_of_site(Kind.SITE_GONE, before[site]) for site in before if site not in after]
    for site, audit in after.items():
        known = before.get(site)
        changes += _between(known, audit) if known else [_of_site(Kind.SITE_APPEARED, audit)]
    kinds = list(Kind)
    both = [site for site in after if site in before and _reached(before[site]) and _reached(after[site])]
    return Diff(
        tuple(sorted(changes, key=lambda change: kinds.index(change.kind))),
        compared=len(both),
        unreached=sum(not _reached(audit) for audit in after.values()),
        times=(_last(before.values()), _last(after.values())),
    )


def _last(audits: Iterable[SiteAudit]) -> str:
    return max((audit.taken_at for audit in audits), default="")


def _reached(audit: SiteAudit) -> bool:
    return audit.verdict is not Verdict.UNREACHED


def _of_site(kind: Kind, audit: SiteAudit, old: str | None = None, new: str | None = None) -> Change:
    return Change(kind, audit.site, audit.seed.name, "", old, new)


def _between(old: SiteAudit, new: SiteAudit) -> list[Change]:
    if not _reached(new):
        return [_of_site(Kind.NEWLY_UNREACHED, new, old.reached, new.reached)] if _reached(old) else []
    if not _reached(old):
        return [_of_site(Kind.REACHED_AGAIN, new, old.reached, new.verdict)]
    verdict = [_of_site(Kind.VERDICT, new, old.verdict, new.verdict)] if old.verdict is not new.verdict else []
    return [*verdict, *_rules(old, new), *_numbers(old, new)]


def _rules(old: SiteAudit, new: SiteAudit) -> list[Change]:
    """Rules that fail now or fail no longer; what is only to be checked, or broke, is neither."""
    before, after = ({one.rule: one.outcome for one in audit.findings} for audit in (old, new))
    changes = []
    for rule, outcome in after.items():
        past = before.get(rule)
        if outcome is Outcome.FAILED and past in (Outcome.PASSED, Outcome.NOT_APPLICABLE):
            changes.append(Change(Kind.FAILS_NOW, new.site, new.seed.name, rule, past, outcome))
        if past is Outcome.FAILED and outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE):
            changes.append(Change(Kind.NO_LONGER_FAILS, new.site, new.seed.name, rule, past, outcome))
    return changes


def _numbers(old: SiteAudit, new: SiteAudit) -> list[Change]:
    """Numbers by kind. One that went and one that came in the same kind, one each, is a number that changed."""
    changes: list[Change] = []
    opened = {page.url for page in new.pages if page.reached is Reached.OK}
    for kind in NumberKind:
        before, after = (_shown(audit, kind) for audit in (old, new))
        gone = [one for number, one in before.items() if number not in after and one.page in opened]
        came = [one for number, one in after.items() if number not in before]
        if len(gone) == len(came) == 1:
            changes.append(_change(Kind.NUMBER_CHANGED, new, kind, gone[0].number, came[0].number))
        else:
            changes += [_change(Kind.NUMBER_GONE, new, kind, one.number, None) for one in gone]
            changes += [_change(Kind.NUMBER_APPEARED, new, kind, None, one.number) for one in came]
        for number in before.keys() & after.keys():
            changes += _stayed(new, before[number], after[number])
    return changes


def _shown(audit: SiteAudit, kind: NumberKind) -> dict[str, Disclosure]:
    return {one.number or "": one for one in displayed(audit) if one.kind is kind}


def _stayed(audit: SiteAudit, old: Disclosure, new: Disclosure) -> list[Change]:
    """What changed about a number that both runs show."""
    changes = []
    if (old.page, old.region) != (new.page, new.region):
        places = (f"{old.region} {old.page}", f"{new.region} {new.page}")
        changes.append(_change(Kind.NUMBER_MOVED, audit, new.kind, *places, number=new.number))
    if old.link.target is not new.link.target:
        targets = (old.link.target, new.link.target)
        changes.append(_change(Kind.LINK_CHANGED, audit, new.kind, *targets, number=new.number))
    return changes


def _change(
    kind: Kind, audit: SiteAudit, what: NumberKind, old: str | None, new: str | None, number: str | None = None
) -> Change:
    return Change(kind, audit.site, audit.seed.name, what, old, new, number)
