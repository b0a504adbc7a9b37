"""The libraries of the survey page are what their makers publish, byte for byte, and their licences are with them."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from reports import as_html

ROOT = Path(__file__).parents[2]
VENDORED = ROOT / "reports" / "vendored"
LIBRARIES = tomllib.loads((VENDORED / "libraries.toml").read_text("utf-8"))


def test_each_file_is_named_with_its_hash() -> None:
    named = {
        VENDORED / library / name: sha256 for library, told in LIBRARIES.items() for _, name, sha256 in told["files"]
    }
    there = {path for path in VENDORED.rglob("*") if path.is_file() and path.name != "libraries.toml"}
    assert there == set(named)
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in there} == named


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_licence_stands_beside_a_library(library: str) -> None:
    texts = {"Apache-2.0": "Apache License\n                           Version 2.0", "MIT": "The MIT License"}
    licences = [path.read_text("utf-8") for path in (VENDORED / library).glob("[Ll][Ii][Cc][Ee][Nn]*")]
    assert any(texts[LIBRARIES[library]["licence"]] in text for text in licences)
    assert f"reports/vendored/{library}" in (ROOT / "NOTICE").read_text("utf-8")


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_of_the_version_that_is_named_and_stands_in_the_page(library: str) -> None:
    (script,) = (VENDORED / library).glob("*.js")
    text = script.read_text("utf-8")
    assert LIBRARIES[library]["version"] in text
    assert not re.search(r"\beval\(|\bnew Function\(|(?i:</script)|<!--|\r", text)
    assert f"vendored/{library}/{script.name}" in as_html.SURVEY
