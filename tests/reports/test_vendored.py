"""The libraries of the survey page are what their makers publish, byte for byte, and their licences are with them."""

import hashlib
import re
from pathlib import Path

import pytest

from reports import as_html

ROOT = Path(__file__).parents[2]
VENDORED = ROOT / "reports" / "vendored"
LIST = VENDORED / "libraries.txt"
FILES = [line.split() for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
SCRIPTS = [(version, licence, VENDORED / file) for _, version, licence, _, file, _ in FILES if file.endswith(".js")]
LICENCES = {"Apache-2.0": "Apache License\n                           Version 2.0", "MIT": "The MIT License"}


def test_each_file_is_named_with_its_hash() -> None:
    there = {path for path in VENDORED.rglob("*") if path.is_file() and path != LIST}
    hashes = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in there}
    assert hashes == {VENDORED / file: sha256 for *_, file, sha256 in FILES}


def test_the_scripts_are_those_of_the_page() -> None:
    named = [path.relative_to(ROOT / "reports").as_posix() for _, _, path in SCRIPTS]
    assert named == [name for name in as_html.SURVEY if name.startswith("vendored/")]


@pytest.mark.parametrize(("version", "licence", "script"), SCRIPTS, ids=lambda value: str(value).rpartition("/")[2])
def test_a_script_is_of_its_version_and_has_its_licence_beside_it(version: str, licence: str, script: Path) -> None:
    text = script.read_text("utf-8")
    assert version in text
    assert not re.search(r"\beval\(|\bnew Function\(|(?i:</script)|<!--|\r", text)
    beside = [path.read_text("utf-8") for path in script.parent.glob("[Ll][Ii][Cc][Ee][Nn]*")]
    assert any(LICENCES[licence] in one for one in beside)
    assert script.parent.relative_to(ROOT).as_posix() in (ROOT / "NOTICE").read_text("utf-8")
