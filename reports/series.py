"""How the sites of a list developed over several runs: of those that every run reached, who meets each requirement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.model import Outcome, Severity, SiteAudit, Text, Verdict
from reports.survey import rule_title


@dataclass(frozen=True, slots=True)
class Past:
    """What a run says of each site that it reached: by rule, whether it is met. What is open does not stand in it."""

    name: str
    time: str  # of its last capture, ISO 8601
    met: Mapping[str, Mapping[str, bool]]

    @classmethod
    def of(cls, name: str, audits: Iterable[SiteAudit]) -> "Past":
        """Read a run."""
        time, met = "", {}
        for audit in audits:
            time = max(time, audit.taken_at)
            if audit.verdict is not Verdict.UNREACHED:
                met[audit.site] = outcomes(audit)
        return cls(name, time, met)


@dataclass(frozen=True, slots=True)
class Point:
    """A requirement in one run."""

    met: int
    judged: int

    @property
    def share(self) -> float | None:
        """Of the judged sites, 0 … 1; None: the run judged none."""
        return self.met / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Course:
    """A requirement over all runs."""

    rule: str
    title: Text
    points: tuple[Point, ...]

    def data(self) -> dict[str, object]:
        """What the script draws a line from."""
        return {"form": "line", "values": [point.share for point in self.points]}


@dataclass(frozen=True, slots=True)
class Series:
    """Runs in the order of their time."""

    runs: tuple[Past, ...]
    sites: int  # that all of them reached
    courses: tuple[Course, ...]


def outcomes(audit: SiteAudit) -> dict[str, bool]:
    """The rules that were met or not met; advice is left out."""
    told = (finding for finding in audit.findings if finding.severity is not Severity.ADVICE)
    return {
        finding.rule: finding.outcome is Outcome.PASSED
        for finding in told
        if finding.outcome in (Outcome.PASSED, Outcome.FAILED)
    }


def series(pasts: Iterable[Past]) -> Series:
    """Put runs side by side: requirements that some site of some run failed, the most often failed of late first."""
    runs = tuple(sorted(pasts, key=lambda past: past.time))
    sites = set.intersection(*(set(run.met) for run in runs))
    rules = sorted({rule for run in runs for site in sites for rule in run.met[site]})
    courses = [Course(rule, rule_title(rule), tuple(_point(run, sites, rule) for run in runs)) for rule in rules]
    courses = [course for course in courses if any(point.met < point.judged for point in course.points)]
    courses.sort(key=lambda course: course.points[-1].met - course.points[-1].judged)
    return Series(runs, len(sites), tuple(courses))


def _point(run: Past, sites: Iterable[str], rule: str) -> Point:
    known = [run.met[site][rule] for site in sites if rule in run.met[site]]
    return Point(sum(known), len(known))
