"""What kind of service a site is, and whose model it runs on, from what a visitor sees.

A page that offers AI is told from one that talks about it: by controls, by features with a way to use them, by the
words of a service about itself; headlines, articles, lists and lessons weigh little. One sign alone never reaches
`SURE`, save the site's own filing number; rules that blame somebody ask for `SURE` and else say "needs review".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor import models_named, signals
from auditor.model import Disclosure, NumberKind, Service, Source
from auditor.signals import Sign, Where
from crawler.capture import Role
from seeds.model import ModelSource, Seed, ServiceKind

SURE = 0.75
"""Confidence from which a rule may blame a site for lacking what its kind of service owes."""

MAYBE = 0.4
"""Confidence from which a kind is named at all."""

_FOREIGN = "境外模型 foreign model: "
_LINES, _CHARACTERS, _SHORT, _QUOTE = 3000, 400, 80, 80
_FIELDS = frozenset(("textarea", "input", "textbox", "contenteditable", "combobox"))
_OFFERS = frozenset(("slogan", "statement", "model", "api", "synthesis-slogan"))
_MANY_FEATURES = 15  # a page that names more of them is a list of tools


@dataclass(frozen=True, slots=True)
class VisiblePage:
    """What a person can see of a page."""

    url: str
    role: Role
    title: str
    text: str  # visible blocks, one a line
    controls: tuple[str, ...]  # "textarea:向我提问", "input:file", "button:生成"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sign on a page: how much it says for which kind."""

    family: str
    kind: ServiceKind
    weight: float
    quote: str


@dataclass(frozen=True, slots=True)
class _Folded:
    """A page in the form that patterns meet; each text beside its original."""

    page: VisiblePage
    lines: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str], ...]
    title: tuple[str, str]


def infer(pages: Sequence[VisiblePage], seed: Seed, disclosures: Sequence[Disclosure] = ()) -> Service:
    """Return the kind of service, the source of its model, and why.

    Args:
        pages: what is visible on each captured page.
        seed: what the user declares; it wins over everything seen.
        disclosures: the numbers that the site shows; its own ones say what it is.
    """
    folded = tuple(map(_fold_page, pages))
    seen = [s for page in folded for s in _signs(page)] + list(_numbers(disclosures))
    scores = _scores(seen)
    kinds, confidence = _decide(scores, any(page.lines or page.fields for page in folded))
    if seed.service is not None:
        kinds, confidence = (seed.service,), 1.0
    generative = ServiceKind.GENERATIVE in kinds
    model, named = _model(folded, disclosures) if generative else (None, ())
    return Service(
        kinds=kinds,
        model=seed.model or model,
        declared=seed.service is not None,
        confidence=round(confidence, 2),
        evidence=(*_declared(seed), *_quotes(seen, kinds), *named),
    )


def gives_a_sign(page: VisiblePage) -> bool:
    """Whether a page holds any sign of a service with AI, however weak."""
    return any(True for _ in _signs(_fold_page(page)))


def foreign_models(service: Service) -> tuple[str, ...]:
    """Return the models from abroad that the evidence says are offered, as the page names them."""
    return tuple(e.removeprefix(_FOREIGN).strip("“”") for e in service.evidence if e.startswith(_FOREIGN))


def _fold(text: str) -> str:
    """Half-width, lower case, one blank for many, none between Latin and Chinese characters ("AI 写作")."""
    plain = unicodedata.normalize("NFKC", text[:_CHARACTERS]).lower()
    return re.sub(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+|\s+(?= )", "", " ".join(plain.split()))


def _fold_page(page: VisiblePage) -> _Folded:
    lines = tuple((_fold(line), line) for line in dict.fromkeys(page.text.split("\n", _LINES)[:_LINES]))
    controls = [control.partition(":")[::2] for control in page.controls[:_LINES]]
    return _Folded(
        page=page,
        lines=tuple(pair for pair in lines if pair[0]),
        fields=tuple((_fold(label), label) for tag, label in controls if tag in _FIELDS and label),
        buttons=tuple((_fold(label), label) for tag, label in controls if tag not in _FIELDS and label),
        title=(_fold(page.title), page.title),
    )


def _signs(page: _Folded) -> Iterator[_Seen]:
    talk, use = _discounts(page)
    speaks_of_ai = any(signals.AI_WORD.search(line) for line, _ in (page.title, *page.lines, *page.fields))
    short = {where: tuple(pair for pair in _texts(page, where) if len(pair[0]) <= _SHORT) for where in Where}
    for sign in signals.SIGNS:
        if sign.needs_ai and not speaks_of_ai:
            continue
        match = sign.pattern.fullmatch if sign.where in (Where.BUTTON, Where.LABEL) else sign.pattern.search
        quote = next((quote for text, quote in short[sign.where] if match(text) and not _excepted(sign, text)), None)
        if quote is not None:
            factor = use if sign.where in (Where.FIELD, Where.BUTTON) else talk
            yield _Seen(sign.family, sign.kind, sign.weight * factor, _quote(quote, page.page.url))
    for kind in signals.FEATURES:
        yield from _features(page, kind, talk)


def _texts(page: _Folded, where: Where) -> Iterable[tuple[str, str]]:
    return {
        Where.FIELD: page.fields,
        Where.BUTTON: page.buttons,
        Where.LINE: page.lines,
        Where.LABEL: page.lines,
        Where.TITLE: (page.title,),
    }[where]


def _excepted(sign: Sign, text: str) -> bool:
    """Whether a text that has the words of a sign means something else."""
    if sign.where in (Where.BUTTON, Where.LABEL):
        return False
    if sign.where is Where.FIELD and signals.NOT_A_PROMPT.search(text):
        return True
    if sign.family == "greeting" and ("客服" in text or signals.SPEECH.search(text)):
        return True
    return sign.family in _OFFERS and bool(signals.TALK.search(text))


def _features(page: _Folded, kind: ServiceKind, factor: float) -> Iterator[_Seen]:
    pattern = signals.FEATURES[kind]
    found = {
        text: original
        for text, original in (*page.lines, *page.buttons)
        if len(text) <= 24 and pattern.fullmatch(text) and not signals.TALK.search(text)
    }
    if not found or len(found) > _MANY_FEATURES:
        return
    usable = any(len(t) <= 24 and signals.USE.fullmatch(t) for t, _ in (*page.lines, *page.buttons))
    weight = (0.0, 0.4, 0.5, 0.6) if usable else (0.0, 0.12, 0.25, 0.25)
    quote = _quote("、".join(list(found.values())[:5]), page.page.url)
    yield _Seen(f"features-{kind}", kind, weight[min(len(found), 3)] * factor, quote)


def _discounts(page: _Folded) -> tuple[float, float]:
    """How much the words and the controls of a page count: less where it reports, teaches or sells to firms."""
    marks = {found[0] for line, _ in page.lines if (found := signals.ARTICLE.search(line))}
    if len(marks) >= 2 or page.page.role is Role.LEGAL:
        return 0.15, 0.4
    if any(signals.DENIES.search(line) for line, _ in page.lines):
        return 0.15, 0.9
    if any(signals.CODE.search(line) for line, _ in page.lines):
        return 0.3, 0.4
    if signals.CONTEXT.search(page.title[0]):
        return 0.3, 0.9
    firms = any(len(line) <= 24 and signals.CONSULT.fullmatch(line) for line, _ in (*page.lines, *page.buttons))
    return (0.6, 1.0) if firms else (1.0, 1.0)


def _numbers(disclosures: Sequence[Disclosure]) -> Iterator[_Seen]:
    """What the site's own numbers say: the category of an algorithm, the kind of a generative number."""
    for found in disclosures:
        if not found.own or found.source in (Source.COMMENT, Source.SCRIPT):
            continue
        quote = _quote(found.raw, found.page)
        if found.kind in (NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION):
            yield _Seen("number", ServiceKind.GENERATIVE, 0.9, quote)
        elif found.kind is not NumberKind.ALGORITHM or not found.well_formed or "check-digit" in found.problems:
            continue
        elif found.parts.get("category") == "01":
            yield _Seen("number", ServiceKind.GENERATIVE, 0.5, quote)
            yield _Seen("number", ServiceKind.DEEP_SYNTHESIS, 0.5, quote)
        elif found.parts.get("category"):
            yield _Seen("number", ServiceKind.RECOMMENDATION, 0.85, quote)


def _scores(seen: Sequence[_Seen]) -> Mapping[ServiceKind, float]:
    """Independent signs add up (noisy or); of one family only the strongest counts."""
    best: dict[tuple[ServiceKind, str], float] = {}
    for sign in seen:
        key = (sign.kind, sign.family)
        best[key] = max(best.get(key, 0.0), sign.weight)
    missing: dict[ServiceKind, float] = dict.fromkeys((k for k in ServiceKind if k is not ServiceKind.NONE), 1.0)
    for (kind, _), weight in best.items():
        missing[kind] *= 1 - weight
    return {kind: 1 - rest for kind, rest in missing.items()}


def _decide(scores: Mapping[ServiceKind, float], anything: bool) -> tuple[tuple[ServiceKind, ...], float]:
    """All sure kinds with the weakest confidence; else all thinkable ones; else none."""
    sure = tuple(kind for kind, score in scores.items() if score >= SURE)
    if sure:
        return sure, min(scores[kind] for kind in sure)
    maybe = tuple(kind for kind, score in scores.items() if score >= MAYBE)
    best = max(scores.values())
    if maybe:
        return maybe, best
    return (ServiceKind.NONE,), 1 - best if anything else 0.0


def _model(pages: Sequence[_Folded], disclosures: Sequence[Disclosure]) -> tuple[ModelSource | None, tuple[str, ...]]:
    """Own, or another operator's by API; `None` where the site says neither, both, or names models from abroad only."""
    lines = tuple(_claims(pages))
    name = " ".join(page.title[0] for page in pages if page.page.role is Role.HOME)
    own = [_quote(original, url) for text, original, url in lines if models_named.OWN.search(text)]
    api = [_quote(original, url) for text, original, url in lines if models_named.names_upstream(text, name)]
    api += [_quote(d.raw, d.page) for d in disclosures if d.own and d.kind is NumberKind.GENAI_REGISTRATION]
    foreign = dict.fromkeys(f"{_FOREIGN}“{name}”" for text, *_ in lines for name in models_named.foreign(text))
    source = None if bool(own) == bool(api) else ModelSource.OWN if own else ModelSource.API
    return source, (*own[:1], *api[:1], *list(foreign)[:5])


def _claims(pages: Sequence[_Folded]) -> Iterator[tuple[str, str, str]]:
    """Lines in which a site may speak of its own model, with original and address; agreements may, articles don't."""
    for page in pages:
        if page.page.role is Role.LEGAL or _discounts(page)[0] > 0.5:
            for text, original in (*page.lines, *page.buttons, page.title):
                if not models_named.NOT_OFFERED.search(text):
                    yield text, original, page.page.url


def _declared(seed: Seed) -> tuple[str, ...]:
    return tuple(f"声明 declared: {value}" for value in (seed.service, seed.model) if value is not None)


def _quotes(seen: Sequence[_Seen], kinds: Sequence[ServiceKind]) -> tuple[str, ...]:
    """The strongest signs for the kinds that were found, each once."""
    ours = sorted((s for s in seen if s.kind in kinds), key=lambda s: -s.weight)
    return tuple(dict.fromkeys(s.quote for s in ours))[:8]


def _quote(text: str, url: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in text.strip()[:_QUOTE])
    return f"“{shown}” {''.join(c for c in url[:300] if c.isprintable())}"
