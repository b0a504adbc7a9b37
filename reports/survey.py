"""What a run says as a whole: counted in one pass, so that a run of any size needs little memory.

Sites that were not reached are told first and apart. They are in no share, no chart of rules and no breakdown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from auditor.model import Disclosure, NumberKind, Outcome, Severity, SiteAudit, Source, Text, Verdict
from auditor.rules import catalogue
from crawler.capture import Reached
from reports.charts import Bar, Chart, Parts, bars, longest, stacked
from reports.i18n import word
from reports.provinces import PROVINCES, province, province_name
from reports.safe import clean

AI_KINDS = (NumberKind.ALGORITHM, NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION)
SEEN_SOURCES = (Source.TEXT, Source.GENERATED, Source.IMAGE)
MOST_CATEGORIES = 24  # a column of the list with more values than this is no classification, so it gets no chart

_CONTRASTS = ((1.5, "< 1.5"), (3.0, "1.5 – 3"), (4.5, "3 – 4.5"), (7.0, "4.5 – 7"), (inf, "≥ 7"))
_SIZES = (
    (5.0, "< 5 px"),
    (10.0, "5 – 10 px"),
    (12.0, "10 – 12 px"),
    (14.0, "12 – 14 px"),
    (16.0, "14 – 16 px"),
    (inf, "≥ 16 px"),
)

_TABLE = (
    *("sites", "site", "verdict", "failed-rules", "numbers-shown", "province", "reached", "previous", "next"),
    *("table.sort", "table.turn", "table.none", "table.chosen", "table.all"),
    *("table.ascending", "table.descending"),
)
"""Words of the table itself."""

_JUDGED = tuple(verdict for verdict in Verdict if verdict is not Verdict.UNREACHED)

Verdicts = Counter[Verdict]


@dataclass(slots=True)
class Survey:
    """Counts over the sites of a run, and a row a site."""

    reached: Counter[Reached] = field(default_factory=Counter)
    verdicts: Verdicts = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # of failed and needs-review
    kinds: Counter[NumberKind] = field(default_factory=Counter)  # sites that show one
    regions: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)
    contrasts: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    provinces: dict[str, Verdicts] = field(default_factory=lambda: defaultdict(Counter))
    columns: dict[str, dict[str, Verdicts]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Counter)))
    rows: list[tuple[object, ...]] = field(default_factory=list)
    extras: list[dict[str, str]] = field(default_factory=list)
    times: list[str] = field(default_factory=lambda: ["", ""])  # first and last capture
    registers: set[tuple[str, str]] = field(default_factory=set)

    def add(self, audit: SiteAudit, href: str) -> None:
        """Count one site; `href` is where its page is."""
        shown = displayed(audit)
        self.reached[audit.reached] += 1
        self.verdicts[audit.verdict] += 1
        self._count_findings(audit)
        self._count_numbers(shown)
        self._count_categories(audit)
        self._add_row(audit, href, shown)
        self.times = [
            min(filter(None, (self.times[0], audit.taken_at)), default=""),
            max(self.times[1], audit.taken_at),
        ]
        self.registers |= {(name, batch) for name, batch in audit.provenance.registry.items() if batch}

    @property
    def total(self) -> int:
        """Sites that were asked for."""
        return len(self.rows)

    @property
    def unreached(self) -> int:
        """Sites that were not reached, and so not judged."""
        return self.verdicts[Verdict.UNREACHED]

    @property
    def judged(self) -> int:
        """Sites to which the requirements apply and that were reached: the whole of every share."""
        return self.total - self.unreached - self.verdicts[Verdict.NOT_APPLICABLE]

    def _count_findings(self, audit: SiteAudit) -> None:
        for finding in audit.findings:
            if finding.outcome is Outcome.FAILED:
                self.rules[finding.rule][finding.severity] += 1
            elif finding.outcome is Outcome.NEEDS_REVIEW:
                self.rules[finding.rule]["review"] += 1

    def _count_numbers(self, shown: tuple[Disclosure, ...]) -> None:
        self.kinds.update({one.kind for one in shown})
        for one in shown:
            if one.kind in AI_KINDS:
                self.regions[one.region] += 1
                self.targets[one.link.target] += 1
                self._count_looks(one)

    def _count_looks(self, one: Disclosure) -> None:
        view = one.views.get("desktop")
        if view and view.visible and view.contrast is not None:
            self.contrasts[_bin(view.contrast, _CONTRASTS)] += 1
        if view and view.visible and view.font_px is not None:
            self.sizes[_bin(view.font_px, _SIZES)] += 1

    def _count_categories(self, audit: SiteAudit) -> None:
        if audit.verdict is Verdict.UNREACHED:
            return
        self.provinces[province(audit)][audit.verdict] += 1
        for name, value in audit.seed.extra:
            column = self.columns[clean(name, 40)]
            if len(column) <= MOST_CATEGORIES:
                column[clean(value, 60)][audit.verdict] += 1

    def _add_row(self, audit: SiteAudit, href: str, shown: tuple[Disclosure, ...]) -> None:
        failed = [f.rule for f in audit.findings if f.outcome is Outcome.FAILED and f.severity is not Severity.ADVICE]
        review = [f.rule for f in audit.findings if f.outcome is Outcome.NEEDS_REVIEW]
        kinds = sorted({one.kind.value for one in shown})
        texts = (clean(audit.seed.name or "", 80), clean(audit.site, 200), clean(audit.seed.operator or "", 80))
        codes = (audit.verdict.value, audit.reached.value, kinds, failed, review, province(audit), audit.taken_at)
        self.rows.append((href, *texts, *codes))
        self.extras.append({clean(name, 40): clean(value, 60) for name, value in audit.seed.extra})

    def data(self) -> dict[str, object]:
        """What the table on the page is made from."""
        columns = list(dict.fromkeys(name for extra in self.extras for name in extra))[:20]
        rows = [
            (*row, [extra.get(name, "") for name in columns]) for row, extra in zip(self.rows, self.extras, strict=True)
        ]
        return {"columns": columns, "rows": rows, "words": _words(self.rules)}

    def choices(self, group: str) -> list[tuple[str, Text]]:
        """Codes to filter the table by, with their words: those that occur in the run."""
        occurring: dict[str, list[str]] = {
            "verdict": [verdict for verdict in Verdict if self.verdicts[verdict]],
            "reached": [reason for reason, _ in self.reached.most_common()],
            "kind": [kind for kind in NumberKind if self.kinds[kind]],
        }
        if group == "rule":
            required = (rule for rule, counts in self.rules.items() if counts.total() > counts["advice"])
            return [(rule, rule_title(rule)) for rule in sorted(required)]
        return [(str(code), word(f"{group}.{code}")) for code in occurring[group]]

    def coverage(self) -> Chart:
        """How the visits ended, the reasons why not first."""
        reasons = [reason for reason, _ in self.reached.most_common() if reason is not Reached.OK]
        counted = [(word(f"reached.{one}"), self.reached[one], f"#reached={one}") for one in (*reasons, Reached.OK)]
        return bars("chart.coverage", counted, self.total)

    def charts(self) -> list[Chart]:
        """The charts of the page, those without a figure left out."""
        made = [
            bars(
                "chart.verdicts",
                self._verdicts(),
                self.total - self.unreached,
                tones=[verdict.value for verdict in _JUDGED],
            ),
            self._rules("chart.rules", ("violation", "warning", "review")),
            self._rules("chart.advice", ("advice",)),
            bars("chart.kinds", self._kinds(), self.total - self.unreached),
            bars("chart.regions", _told("region", self.regions), self.regions.total()),
            bars("chart.targets", _told("target", self.targets), self.targets.total()),
            bars("chart.contrasts", _in_bins(self.contrasts, _CONTRASTS), self.contrasts.total(), form="columns"),
            bars("chart.sizes", _in_bins(self.sizes, _SIZES), self.sizes.total(), form="columns"),
            stacked("chart.provinces", {province_name(code): counts for code, counts in self.provinces.items()}),
        ]
        return [chart for chart in (*made, *self._columns()) if chart.bars]

    def _verdicts(self) -> list[tuple[Text, int, str]]:
        return [(word(f"verdict.{verdict}"), self.verdicts[verdict], f"#verdict={verdict}") for verdict in _JUDGED]

    def _kinds(self) -> list[tuple[Text, int, str]]:
        return [(word(f"kind.{kind}"), self.kinds[kind], f"#kind={kind}") for kind in NumberKind if self.kinds[kind]]

    def _rules(self, key: str, tones: tuple[str, ...]) -> Chart:
        """Rules by how often they fail, worst tone first; rules with none of the tones are left out."""
        counted = {rule: tuple((tone, counts[tone]) for tone in tones) for rule, counts in self.rules.items()}
        ordered = sorted(counted.items(), key=lambda item: [-count for _, count in item[1]])
        made = [self._rule(rule, parts) for rule, parts in ordered if any(count for _, count in parts)]
        return Chart(key, made, longest(made), tones if len(tones) > 1 else ())

    def _rule(self, rule: str, parts: Parts) -> Bar:
        """What a person must check is drawn, but the figure counts failures only."""
        failed = sum(count for tone, count in parts if tone != "review")
        href = "" if parts[0][0] == "advice" else f"#rule={rule}"  # the table does not list advice
        return Bar(rule_title(rule), parts, failed, failed / self.judged if self.judged else None, href)

    def _columns(self) -> list[Chart]:
        """A chart of each column of the list that sorts its sites into a few classes."""
        return [
            stacked(
                "chart.column", {Text(value or "—", value or "—"): counts for value, counts in values.items()}, name
            )
            for name, values in self.columns.items()
            if 1 < len(values) <= MOST_CATEGORIES
        ]


def displayed(audit: SiteAudit) -> tuple[Disclosure, ...]:
    """The site's own numbers that a visitor can see, each once, where it is nearest to the home page."""
    own = (one for one in audit.disclosures if one.own and one.source in SEEN_SOURCES and one.number)
    seen = (one for one in own if any(view.visible for view in one.views.values()))
    return tuple({(one.kind, one.number): one for one in sorted(seen, key=lambda one: -one.clicks)}.values())


def rule_title(rule: str) -> Text:
    """What a rule's failure is called; the id of a rule that this version does not have."""
    known = catalogue().get(rule)
    return known.META.title if known else Text(clean(rule, 60), clean(rule, 60))


def _bin(value: float, bins: Iterable[tuple[float, str]]) -> str:
    return next(name for limit, name in bins if value < limit)


def _in_bins(counts: Counter[str], bins: Iterable[tuple[float, str]]) -> list[tuple[Text, int, str]]:
    return [(Text(name, name), counts[name], "") for _, name in bins] if counts else []


def _told(group: str, counts: Counter[str]) -> list[tuple[Text, int, str]]:
    return [(word(f"{group}.{code}"), count, "") for code, count in counts.most_common()]


def _words(rules: Iterable[str]) -> dict[str, dict[str, tuple[str, str]]]:
    """The words of the codes in the rows, for the script."""
    groups = {"verdict": Verdict, "reached": Reached, "kind": NumberKind}
    told = {name: {code.value: _pair(word(f"{name}.{code}")) for code in codes} for name, codes in groups.items()}
    told["mark"] = {"review": _pair(word("mark.review"))}
    told["tone"] = {tone: _pair(word(f"verdict.{tone}")) for tone in told["verdict"]}
    told["tone"] |= {"advice": _pair(word("severity.advice")), "": ("", "")}
    told["table"] = {key: _pair(word(key)) for key in _TABLE}
    told["province"] = {letter: _pair(name) for letter, name in PROVINCES.items()} | {"": ("", "")}
    return told | {"rule": {rule: _pair(rule_title(rule)) for rule in sorted(rules)}}


def _pair(text: Text) -> tuple[str, str]:
    return text.zh, text.en
