"""What judges captured sites, and what their verdicts mean for the exit code."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.model import SiteAudit, Verdict
from crawler.store import SECOND, SiteFolder
from gongshi_register import load_register
from gongshi_terms import Exit, Stop, pick, row, say

if TYPE_CHECKING:
    from auditor.policy import Policy
    from auditor.recheck import Rejudged


@dataclass(frozen=True, slots=True)
class Judge:
    """What is done with each captured site: judged, the verdict stored. Goes to worker processes, so holds paths."""

    policy: Path | None
    registry: Path | None

    def __call__(self, folder: SiteFolder) -> None:
        """Judge the capture in a site's folder.

        Raises:
            StoreError: there is no whole capture.
            OSError: the verdict cannot be written.
        """
        folder.write_audit(self.verdict(folder))

    def verdict(self, folder: SiteFolder) -> bytes:
        """The audit of the capture in a site's folder, as it is stored. Raises StoreError."""
        from auditor.confirm import confirmed
        from reports.as_json import encode

        audit, second = self._audit(folder), SiteFolder(folder.path / SECOND)
        return encode(confirmed(audit, self._audit(second)) if second.captured else audit)

    def _audit(self, folder: SiteFolder) -> SiteAudit:
        from auditor.engine import judge

        policy, register = load_policy(self.policy), load_register(self.registry)
        return judge(folder.read(), folder.capture_sha256(), policy, register, folder.read_picture)

    def described(self) -> dict[str, str | None]:
        """Rules, policy and register, for the record of the run."""
        from auditor.engine import rules_digest

        register = load_register(self.registry)
        return {
            "rules": rules_digest(),
            "policy": load_policy(self.policy).digest,
            "register": register.digest if register else None,
        }


@cache
def load_policy(path: Path | None) -> "Policy":
    """The policy, overridden by a file."""
    from auditor.policy import load

    return load(path)


def checked(policy: Path | None, registry: Path | None) -> Judge:
    """A judge whose files can be read: told before anything is visited."""
    load_policy(policy)
    load_register(registry)
    return Judge(policy, registry)


def say_rejudged(site: "Rejudged") -> None:
    """What changed for a site, a line each, on standard output; what went wrong, on standard error."""
    if site.problem:
        say(site.problem.zh, site.problem.en)
    for change in site.changes:
        why = pick(change.message) if change.message else ""
        click.echo(row(site.site, change.what, change.name, f"{change.before} → {change.after}", why))


def known_findings(baseline: Path | None) -> frozenset[str] | None:
    """What an earlier audit found; None: everything counts. Raises Stop, OSError."""
    from reports.baseline import BaselineError, read

    try:
        return read(baseline) if baseline else None
    except BaselineError as error:
        raise Stop(Exit.USAGE, error.text.zh, error.text.en) from error


def verdicts_of(audits: Iterable[SiteAudit], known: frozenset[str] | None) -> list[Verdict]:
    """The verdicts that count for the exit code, and a message on what is new since the baseline."""
    from reports.baseline import new_findings, verdict

    if known is None:
        return [audit.verdict for audit in audits]
    for audit in audits:
        new = ", ".join(finding.rule for finding in new_findings(audit, known)) or "—"
        say(f"{audit.site}：基线之后新出现：{new}", f"{audit.site}: new since the baseline: {new}")
    return [verdict(audit, known) for audit in audits]


def exit_code(verdicts: Collection[Verdict], fail_on: str) -> Exit:
    """What the verdicts mean for the exit code."""
    worst = {"violation": 1, "warning": 2, "review": 3, "never": 0}[fail_on]
    if any(verdict in list(Verdict)[:worst] for verdict in verdicts):
        return Exit.FOUND
    unreached = sum(verdict is Verdict.UNREACHED for verdict in verdicts)
    if unreached and unreached == len(verdicts):
        return Exit.UNREACHED
    return Exit.PARTLY if unreached else Exit.CLEAN
