"""Judge stored captures again, and tell what changed and because of what. No network, no browser, no clock.

The new verdicts go to a folder of their own beside the old ones (`RUN/rechecks/1`, `2`, …), laid out as a run is, so
that it can be reported and compared like one. The old verdicts stay as they were.
"""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

import msgspec

from auditor.model import Disclosure, Listing, Provenance, SiteAudit, Text, Verdict
from crawler.store import Run, SiteFolder, StoreError

Judgement = Callable[[SiteFolder], bytes]
"""Judges the capture in a folder; gives the audit as it is stored. Goes to worker processes, so must be picklable."""

_SENSELESS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What comes of judging a file that is a capture by its form, and whose values no browser told."""

_AHEAD = 4  # sites a worker that are handed out in advance


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is judged otherwise than before."""

    what: str  # "verdict", "rule", "register", "number", "service", "capture", "judged-with"
    name: str  # id of the rule, number, what judges; else empty
    before: str
    after: str
    message: Text | None = None  # what the rule says now


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One site judged again."""

    site: str
    verdict: Verdict | None = None
    changes: tuple[Change, ...] = ()
    problem: Text | None = None  # a file that cannot be read: the capture, then there is no verdict, or the old verdict


def recheck(run: Run, beside: Run, judge: Judgement, workers: int | None = None) -> Iterator[Rejudged]:
    """Judge every capture of a run and store the verdicts in `beside`. Yields sites as they are done.

    Args:
        run: what was captured.
        beside: where the new verdicts go.
        judge: judges one site.
        workers: processes; None: as many as there are processors.
    """
    folders = (folder for folder in run.folders() if folder.captured)
    count = workers or os.cpu_count() or 1
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(rejudge, folder, beside, judge) for folder in islice(folders, count * _AHEAD)}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.submit(rejudge, folder, beside, judge) for folder in islice(folders, len(done))}
            yield from map(Future.result, done)


def rejudge(folder: SiteFolder, beside: Run, judge: Judgement) -> Rejudged:
    """Judge one site again. What cannot be read or judged is a problem of this site only. Raises OSError."""
    try:
        data = _undisturbed(judge, folder)
    except StoreError as error:
        return Rejudged(folder.path.name, problem=Text(error.zh, error.en))
    except _SENSELESS as error:
        return Rejudged(folder.path.name, problem=_senseless(folder, f"{type(error).__name__}: {error}"))
    after = _decode(data)
    SiteFolder(beside.path / folder.path.relative_to(folder.path.parents[2])).write_audit(data)
    try:
        before = folder.read_audit_as(SiteAudit) if folder.done else None
    except StoreError as error:
        return Rejudged(after.site, after.verdict, problem=Text(f"原结论：{error.zh}", f"its old verdict: {error.en}"))
    return Rejudged(after.site, after.verdict, compare(before, after) if before else ())


def _senseless(folder: SiteFolder, why: str) -> Text:
    return Text(f"{folder.path}：取证文件无法判断（{why}）", f"{folder.path}: its capture cannot be judged ({why})")


def _undisturbed(judge: Judgement, folder: SiteFolder) -> bytes:
    """Judge with the collector of cyclic garbage waiting until the end: its rounds over the capture cost a third."""
    gc.disable()
    try:
        return judge(folder)
    finally:
        gc.enable()
        gc.collect(0)  # what is young now is what the judgement left


def compare(before: SiteAudit, after: SiteAudit) -> tuple[Change, ...]:
    """What two audits of one capture say differently, the verdict first."""
    plain = (
        ("verdict", str(before.verdict), str(after.verdict)),
        ("service", " ".join(before.service.kinds), " ".join(after.service.kinds)),
        ("capture", before.provenance.capture_sha256, after.provenance.capture_sha256),
    )
    changed = tuple(Change(what, "", old, new) for what, old, new in plain if old != new)
    changed += _rules(before, after) + _rows(before, after) + _numbers(before, after)
    return changed and changed + _made_with(before.provenance, after.provenance)


def _made_with(before: Provenance, after: Provenance) -> tuple[Change, ...]:
    """What of that which judges is another: the reason of all other changes."""
    old, new = ({"gongshi": p.gongshi, "rules": p.rules, "policy": p.policy, **p.registry} for p in (before, after))
    return tuple(
        Change("judged-with", name, old.get(name) or "-", new.get(name) or "-")
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )


def _rules(before: SiteAudit, after: SiteAudit) -> tuple[Change, ...]:
    old = {finding.rule: f"{finding.outcome} ({finding.severity})" for finding in before.findings}
    new = {finding.rule: (f"{finding.outcome} ({finding.severity})", finding.message) for finding in after.findings}
    gone = tuple(Change("rule", rule, said, "-") for rule, said in old.items() if rule not in new)
    return gone + tuple(
        Change("rule", rule, old.get(rule, "-"), said, message)
        for rule, (said, message) in new.items()
        if old.get(rule) != said
    )


def _rows(before: SiteAudit, after: SiteAudit) -> tuple[Change, ...]:
    """Numbers of which the register says something else."""
    old = {one.number: _row(one.registry) for one in before.disclosures if one.number}
    new = {one.number: _row(one.registry) for one in after.disclosures if one.number}
    return tuple(Change("register", n, old[n], row) for n, row in new.items() if n in old and old[n] != row)


def _row(listing: Listing) -> str:
    return " · ".join(filter(None, (listing.status, listing.entity, listing.name, listing.as_of)))


def _numbers(before: SiteAudit, after: SiteAudit) -> tuple[Change, ...]:
    """Numbers that are read where none were, or no longer, or for somebody else's."""
    old, new = Counter(map(_number, before.disclosures)), Counter(map(_number, after.disclosures))
    gone = (Change("number", name, said, "-") for name, said in (old - new).elements())
    come = (Change("number", name, "-", said) for name, said in (new - old).elements())
    return (*gone, *come)


def _number(one: Disclosure) -> tuple[str, str]:
    return one.number or one.raw, f"{one.kind}, {'own' if one.own else 'not own'}, {one.source}, {one.page}"


def _decode(data: bytes) -> SiteAudit:
    return msgspec.json.decode(data, type=SiteAudit)
