"""The JSON Schema of `gongshi.audit/1`, made from the types of `auditor.model` and the comments on their fields."""

import ast
import inspect
import re
from functools import cache
from types import ModuleType
from typing import Any

import msgspec

import auditor.model
import crawler.capture
import seeds.model
from auditor.model import SCHEMA, SiteAudit

_SOURCES = (auditor.model, crawler.capture, seeds.model)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one audit."""
    made = msgspec.json.schema(SiteAudit)
    for name, definition in made["$defs"].items():
        _describe(
            definition, {key: text for source in _SOURCES for key, text in comments(source).get(name, {}).items()}
        )
    made["$defs"]["SiteAudit"]["properties"]["schema"] = {"const": SCHEMA}
    made["$defs"]["SiteAudit"]["required"].append("schema")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA} | made


def text() -> str:
    """The schema as it stands in `docs/audit.schema.json`."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


def _describe(definition: dict[str, Any], words: dict[str, str]) -> None:
    if "description" in definition:
        definition["description"] = inspect.cleandoc(definition["description"])
    for name, field in definition.get("properties", {}).items():
        if name in words:
            definition["properties"][name] = {"description": words[name]} | field


@cache
def comments(module: ModuleType) -> dict[str, dict[str, str]]:
    """The trailing comment of each field of each class of a module, with comment lines that go on below it.

    >>> comments(seeds.model)["Seed"]["operator"]
    'legal name of the firm'
    """
    lines = inspect.getsource(module).splitlines()
    classes = (node for node in ast.parse("\n".join(lines)).body if isinstance(node, ast.ClassDef))
    return {node.name: dict(_fields(node, lines)) for node in classes}


def _fields(node: ast.ClassDef, lines: list[str]) -> list[tuple[str, str]]:
    fields = [part for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)]
    told = ((field.target.id, _comment(lines, field)) for field in fields if isinstance(field.target, ast.Name))
    return [(name, comment) for name, comment in told if comment]


def _comment(lines: list[str], field: ast.AnnAssign) -> str:
    """The text after the `#` at the end of a field's last line, and of the comment lines that follow."""
    row = (field.end_lineno or field.lineno) - 1
    parts = [_after_hash(lines[row].encode()[field.end_col_offset or 0 :].decode())]
    for line in lines[row + 1 :]:
        if not line.strip().startswith("#"):
            break
        parts.append(_after_hash(line))
    return " ".join(filter(None, parts))


def _after_hash(line: str) -> str:
    found = re.match(r"\s*#\s*(.*)", line)
    return found[1].strip() if found else ""
