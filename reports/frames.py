"""The tables that all table formats share: sites, pages, disclosures, findings, as typed pandas frames.

`COLUMNS` is their documentation and their order. Names and meanings stay as they are from version to version; new
columns are added at the end. Columns of the user's list follow the columns of `sites`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from auditor.model import Disclosure, Finding, NumberKind, Outcome, Prominence, Severity, SiteAudit, Text
from crawler.capture import Reached, Shot
from reports.i18n import Language, pick, word
from reports.provinces import province
from reports.safe import host, unsurrogate
from reports.survey import displayed

STRING, BOOLEAN, INTEGER, FLOAT, LIST = "string", "boolean", "Int64", "Float64", "object"


Tables = Mapping[str, pd.DataFrame]
"""The four tables by their names."""


class Column(NamedTuple):
    """A column: its type and what it holds."""

    dtype: str  # a pandas type; LIST holds tuples of strings
    told: Text


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    dtype: str
    told: Text
    value: Callable[[Any], Any]


def tables(audits: Iterable[SiteAudit]) -> dict[str, pd.DataFrame]:
    """The four frames, made in one pass over the audits."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
    extras: list[dict[str, str]] = []
    for audit in audits:
        extras.append(dict(audit.seed.extra))
        for name, row in _rows(audit):
            rows[name].append(row)
    frames = {name: _frame(name, rows.pop(name)) for name in COLUMNS}
    frames["sites"] = _with_extras(frames["sites"], extras)
    return frames


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS[name])
    return pd.DataFrame(
        {
            key: pd.Series(_plain(values, column.dtype), dtype=column.dtype)
            for (key, column), values in zip(COLUMNS[name].items(), columns, strict=True)
        }
    )


def _plain(values: Sequence[Any], dtype: str) -> list[Any]:
    """A column as pandas and the writers take it: codes as strings, no lone surrogate; each different value once."""
    if dtype not in (STRING, LIST):
        return list(values)
    known = {one: _text(one) if dtype == STRING else tuple(map(_text, one)) for one in set(values) - {None}}
    return [known.get(one) for one in values]


def _text(value: str) -> str:
    return unsurrogate(str(value))


def values(column: pd.Series) -> list[Any]:
    """A column as values of Python, None where there is none; lists are tuples of strings."""
    if column.dtype == object:
        return list(column)
    return list(column.to_numpy(object, na_value=None))  # type: ignore[call-overload]


def _with_extras(sites: pd.DataFrame, extras: list[dict[str, str]]) -> pd.DataFrame:
    """Add the columns of the list; one that is called like ours gets `list_` before its name."""
    for name in dict.fromkeys(name for extra in extras for name in extra):
        own = unsurrogate(name)
        values = pd.Series(_plain([extra.get(name) for extra in extras], STRING), dtype=STRING)
        sites[f"list_{own}" if own in COLUMNS["sites"] else own] = values
    return sites


def _rows(audit: SiteAudit) -> Iterator[tuple[str, tuple[Any, ...]]]:
    yield "sites", tuple(field.value(audit) for field in _SITES)
    parts = (("pages", audit.pages, _PAGES), ("disclosures", audit.disclosures, _DISCLOSURES))
    for name, things, fields in (*parts, ("findings", audit.findings, _FINDINGS)):
        for thing in things:
            yield name, (audit.site, *(field.value(thing) for field in fields))


def _numbers(kind: NumberKind) -> Callable[[SiteAudit], tuple[str, ...]]:
    return lambda audit: tuple(one.number or "" for one in displayed(audit) if one.kind is kind)


def _failed(severity: Severity) -> Callable[[SiteAudit], tuple[str, ...]]:
    return lambda audit: tuple(
        one.rule for one in audit.findings if one.outcome is Outcome.FAILED and one.severity is severity
    )


def _of_view(view: str, name: str) -> Callable[[Disclosure], Any]:
    def value(disclosure: Disclosure) -> Any:
        seen: Prominence | None = disclosure.views.get(view)
        found = getattr(seen, name) if seen else None
        return found.file if isinstance(found, Shot) else found

    return value


def _first(name: str) -> Callable[[Finding], Any]:
    return lambda finding: getattr(finding.evidence[0], name) if finding.evidence else None


def _basis(name: str) -> Callable[[Finding], tuple[str, ...]]:
    return lambda finding: tuple(getattr(citation, name) for citation in finding.basis)


def _field(name: str, dtype: str, zh: str, en: str, value: Callable[[Any], Any]) -> _Field:
    return _Field(name, dtype, Text(zh, en), value)


_SITES = (
    _field("site", STRING, "首页地址", "address of the home page", lambda a: a.site),
    _field("host", STRING, "主机名", "host name", lambda a: host(a.site)),
    _field("name", STRING, "名称（来自名单）", "name, from the list", lambda a: a.seed.name),
    _field("operator", STRING, "主体（来自名单）", "operator, from the list", lambda a: a.seed.operator),
    _field("verdict", STRING, "结论代码", "verdict code; unreached is neither good nor bad", lambda a: a.verdict),
    _field("reached", STRING, "访问结果代码", "ok, or why the site was not reached", lambda a: a.reached),
    _field("detail", STRING, "访问失败的说明", "the failure in the words of the network", lambda a: a.detail),
    _field("taken_at", STRING, "取证时间，UTC，ISO 8601", "time of capture, UTC, ISO 8601", lambda a: a.taken_at),
    _field("province", STRING, "备案省份简称", "letter of the province of filing", lambda a: province(a) or None),
    _field("service", LIST, "服务类型", "kinds of service", lambda a: a.service.kinds),
    _field("model", STRING, "own 自有，api 调用", "own model or called through an API", lambda a: a.service.model),
    _field("declared", BOOLEAN, "类型由名单载明", "the list declares the kind", lambda a: a.service.declared),
    _field("confidence", FLOAT, "类型的把握，0–1", "confidence in the kind, 0–1", lambda a: a.service.confidence),
    _field("pages", INTEGER, "访问页面数", "pages visited", lambda a: len(a.pages)),
    _field(
        "pages_reached", INTEGER, "打开页面数", "pages opened", lambda a: sum(p.reached is Reached.OK for p in a.pages)
    ),
    *(
        _field(
            f"{kind.replace('-', '_')}_numbers",
            LIST,
            "可见的本站编号",
            "the site's own visible numbers",
            _numbers(kind),
        )
        for kind in NumberKind
    ),
    _field("violations", LIST, "不符合的规则", "rules that are not met", _failed(Severity.VIOLATION)),
    _field("warnings", LIST, "疑似不符的规则", "rules that may not be met", _failed(Severity.WARNING)),
    _field("advice", LIST, "建议的规则", "rules that give advice", _failed(Severity.ADVICE)),
    _field(
        "to_review",
        LIST,
        "需人工核对的规则",
        "rules that a person must check",
        lambda a: tuple(f.rule for f in a.findings if f.outcome is Outcome.NEEDS_REVIEW),
    ),
    _field("expected_numbers", LIST, "名单所列应有编号", "numbers that the list expects", lambda a: a.seed.numbers),
    _field("notes", STRING, "名单备注", "notes of the list", lambda a: a.seed.notes),
    _field("gongshi", STRING, "程序版本", "version of gongshi", lambda a: a.provenance.gongshi),
    _field("rules_digest", STRING, "规则摘要", "digest of the rules", lambda a: a.provenance.rules),
    _field("policy_digest", STRING, "参考值摘要", "digest of the policy", lambda a: a.provenance.policy),
    _field("browser", STRING, "浏览器", "browser", lambda a: a.provenance.browser),
    _field("capture_sha256", STRING, "取证文件哈希", "hash of the capture", lambda a: a.provenance.capture_sha256),
    _field("browser_because", STRING, "使用浏览器的原因", "why a browser looked", lambda a: a.browser_because or None),
    _field("verdict_zh", STRING, "结论（中文）", "verdict, in Chinese", lambda a: word(f"verdict.{a.verdict}").zh),
    _field("verdict_en", STRING, "结论（英文）", "verdict, in English", lambda a: word(f"verdict.{a.verdict}").en),
    _field(
        "reached_zh",
        STRING,
        "访问结果（中文）",
        "how the visit ended, in Chinese",
        lambda a: word(f"reached.{a.reached}").zh,
    ),
    _field(
        "reached_en",
        STRING,
        "访问结果（英文）",
        "how the visit ended, in English",
        lambda a: word(f"reached.{a.reached}").en,
    ),
)

_SITE_KEY = ("site", Column(STRING, Text("所属网站，对应 sites.site", "the site, as in sites.site")))


def _page_fields() -> tuple[_Field, ...]:
    return (
        _field("url", STRING, "请求的地址", "address asked for", lambda p: p.url),
        _field("final_url", STRING, "最终地址", "address after redirects", lambda p: p.final_url),
        _field("status", INTEGER, "HTTP 状态码", "HTTP status", lambda p: p.status),
        _field("title", STRING, "标题", "title", lambda p: p.title),
        _field("role", STRING, "页面类型", "what the page is for", lambda p: p.role),
        _field("clicks", INTEGER, "距首页点击数", "clicks from the home page", lambda p: p.clicks),
        _field("reached", STRING, "ok 或原因代码", "ok, or why not", lambda p: p.reached),
        _field("detail", STRING, "原因说明", "the reason in words", lambda p: p.detail),
    )


def _view_fields(view: str) -> Iterator[_Field]:
    zh, en = {"desktop": ("桌面端", "desktop"), "mobile": ("移动端", "phone")}[view]
    measures = (
        ("visible", BOOLEAN, "可见", "visible"),
        ("why_not", STRING, "不可见的原因", "why it is not visible"),
        ("font_px", FLOAT, "字号，像素", "text size, px"),
        ("contrast", FLOAT, "对比度，1–21", "contrast, 1–21"),
        ("covered", FLOAT, "被遮挡比例，0–1", "share covered, 0–1"),
        ("screens_down", FLOAT, "距页顶屏数", "screens from the top"),
        ("doubt", STRING, "需人工看的原因", "why a person should look"),
        ("screenshot", STRING, "截图文件", "file of the picture"),
    )
    for name, dtype, what, told in measures:
        yield _field(f"{view}_{name}", dtype, f"{zh}：{what}", f"{en}: {told}", _of_view(view, name))


_PAGES = _page_fields()

_DISCLOSURES: tuple[_Field, ...] = (
    _field("kind", STRING, "编号种类", "kind of number", lambda d: d.kind),
    _field("number", STRING, "规范写法，无法辨认则空", "canonical form; empty if unreadable", lambda d: d.number),
    _field("raw", STRING, "页面原文", "as the page writes it", lambda d: d.raw),
    _field("well_formed", BOOLEAN, "格式正确", "the grammar holds", lambda d: d.well_formed),
    _field("problems", LIST, "书写问题代码", "codes of what is wrong with it", lambda d: d.problems),
    _field("source", STRING, "在页面中的来源", "where in the page it was found", lambda d: d.source),
    _field("own", BOOLEAN, "本站自己的编号", "the site's own; false: somebody else's", lambda d: d.own),
    _field("page", STRING, "所在页面", "page", lambda d: d.page),
    _field("role", STRING, "页面类型", "what the page is for", lambda d: d.role),
    _field("clicks", INTEGER, "距首页点击数", "clicks from the home page", lambda d: d.clicks),
    _field("region", STRING, "页面区域", "region of the page", lambda d: d.region),
    _field("selector", STRING, "CSS 选择器", "CSS selector", lambda d: d.selector),
    _field("link", STRING, "链接地址", "address of its link", lambda d: d.link.href),
    _field("link_target", STRING, "链接指向的类别", "where the link leads", lambda d: d.link.target),
    _field("registry", STRING, "公示清单中的状态", "status in the registers", lambda d: d.registry.status),
    _field("registry_entity", STRING, "清单所载主体", "entity in the register", lambda d: d.registry.entity),
    _field("registry_name", STRING, "清单所载名称", "name in the register", lambda d: d.registry.name),
    _field("registry_as_of", STRING, "清单批次", "batch of the register", lambda d: d.registry.as_of),
    _field("label", STRING, "编号前的文字", "text before it", lambda d: d.label),
    _field("context", STRING, "所在段落", "the block that holds it", lambda d: d.context),
    *_view_fields("desktop"),
    *_view_fields("mobile"),
)

_FINDINGS: tuple[_Field, ...] = (
    _field("rule", STRING, "规则", "rule", lambda f: f.rule),
    _field("outcome", STRING, "结果代码", "outcome code", lambda f: f.outcome),
    _field("severity", STRING, "不符时的轻重", "how much a failure weighs", lambda f: f.severity),
    _field("message_zh", STRING, "说明（中文）", "what was found, in Chinese", lambda f: f.message.zh),
    _field("message_en", STRING, "说明（英文）", "what was found, in English", lambda f: f.message.en),
    _field("remedy_zh", STRING, "怎样改（中文）", "what to do, in Chinese", lambda f: f.remedy.zh),
    _field("remedy_en", STRING, "怎样改（英文）", "what to do, in English", lambda f: f.remedy.en),
    _field("laws", LIST, "依据", "what the rule rests on", _basis("law")),
    _field("articles", LIST, "条款", "articles", _basis("article")),
    _field("levels", LIST, "依据的层级", "levels of the texts", _basis("level")),
    _field("evidence", INTEGER, "证据数", "pieces of evidence", lambda f: len(f.evidence)),
    _field("page", STRING, "首个证据的页面", "page of the first piece", _first("page")),
    _field("quote", STRING, "首个证据的原文", "quote of the first piece", _first("quote")),
    _field("selector", STRING, "首个证据的选择器", "selector of the first piece", _first("selector")),
    _field("view", STRING, "首个证据的视口", "viewport of the first piece", _first("view")),
    _field("screenshot", STRING, "首个证据的截图", "picture of the first piece", _first("screenshot")),
)


def _columns(fields: Iterable[_Field]) -> dict[str, Column]:
    return {field.name: Column(field.dtype, field.told) for field in fields}


COLUMNS: dict[str, dict[str, Column]] = {
    "sites": _columns(_SITES),
    "pages": dict([_SITE_KEY]) | _columns(_PAGES),
    "disclosures": dict([_SITE_KEY]) | _columns(_DISCLOSURES),
    "findings": dict([_SITE_KEY]) | _columns(_FINDINGS),
}
"""Every column of every table, in order."""


def documented(table: str, language: Language) -> str:
    """The columns of a table as a Markdown table, as it stands in `formats.md` of the documentation."""
    types = {
        STRING: Text("文本", "text"),
        BOOLEAN: Text("是否", "true/false"),
        INTEGER: Text("整数", "integer"),
        FLOAT: Text("数值", "number"),
        LIST: Text("文本列表", "list of texts"),
    }
    rows = (
        f"| `{name}` | {pick(types[column.dtype], language)} | {pick(column.told, language)} |"
        for name, column in COLUMNS[table].items()
    )
    return "\n".join(
        (pick(Text("| 列 | 类型 | 含义 |", "| column | type | meaning |"), language), "|---|---|---|", *rows)
    )
