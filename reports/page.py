"""Make an HTML page: templates with autoescape, words in both languages, and a policy that lets nothing else run."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from auditor.model import Text
from reports import sentences
from reports.i18n import word
from reports.safe import clean, web_address
from reports.survey import rule_title

_HERE = Path(__file__).parent


def page(template: str, context: Mapping[str, Any], scripts: tuple[str, ...]) -> bytes:
    """One page as UTF-8. `scripts` are files of `templates`, or `vendored/LIBRARY/FILE`; all are inlined."""
    style, inside = _asset("report.css"), [_asset(name) for name in scripts]
    policy = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": " ".join(map(_hash, inside)),
        "img-src": "data: file: 'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    told = "; ".join(f"{name} {value}" for name, value in policy.items())
    html = _environment().get_template(template).render(context, policy=told, style=style, scripts=inside)
    return html.encode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"t": both, "w": _words, "attr": _attributes, "word": word}
    made.globals |= {"sentences": sentences, "rule_title": rule_title}
    made.filters |= {"web": web_address, "short": clean, "data": data, "when": when}
    return made


def _clean(value: Any) -> Any:
    """Every text that a template prints passes here, before it is escaped."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(4096)
def both(text: Text) -> Markup:
    """A text in both languages, of which the style sheet shows the chosen one."""
    zh, en = escape(clean(text.zh)), escape(clean(text.en))
    return zh if zh == en else Markup(f'<span lang="zh">{zh}</span><span lang="en">{en}</span>')


@lru_cache(4096)
def _words(key: str) -> Markup:
    return both(word(key))


def _attributes(key: str, name: str = "text") -> Markup:
    """Attributes that let the script put the words of `key` where no element can stand: an option, a label."""
    text = word(key)
    return Markup('data-{0}-zh="{1}" data-{0}-en="{2}"').format(name, text.zh, text.en)


def data(value: Any) -> Markup:
    """`value` as JSON that can stand in a script element, and in an attribute between single quotes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "&<>'"}))


def when(time: str) -> str:
    """An ISO 8601 time for people, in UTC.

    >>> when("2026-11-24T07:00:00Z")
    '2026-11-24 07:00 UTC'
    """
    return f"{time[:10]} {time[11:16]} UTC" if time[10:11] == "T" else time


@cache
def _asset(name: str) -> Markup:
    return Markup((_HERE / ("" if name.startswith("vendored/") else "templates") / name).read_text("utf-8"))


@cache
def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
