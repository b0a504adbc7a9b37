"""The documentation holds: its commands exist with their options, its links lead somewhere, what can be run is run."""

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from docx import Document

import gongshi
import reports
from auditor.policy import load
from auditor.rules import catalogue
from seeds.readers import read

ROOT = Path(__file__).parents[1]
ENGLISH = sorted(ROOT.glob("docs/*.md"))
PAIRS = [(ROOT / "README.md", ROOT / "README.zh-CN.md"), *((page, page.parent / "zh" / page.name) for page in ENGLISH)]
PAGES = sorted({*sum(PAIRS, ()), ROOT / "CONTRIBUTING.md", ROOT / "seeds" / "README.md", *ROOT.glob("docs/zh/*.md")})
RUNNABLE = ("report", "diff", "recheck", "verify", "rules", "explain", "--version")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def command_lines() -> Iterator[tuple[str, str]]:
    """Page and text of every call of gongshi: lines of code blocks, and code in sentences."""
    for page in PAGES:
        text = page.read_text("utf-8")
        blocks = re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL)
        inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        for line in [line for block in blocks for line in block.splitlines()] + inline:
            found = re.search(r"(?:^|[\s/=])gongshi (?:-|(?!setup)[a-z]+\b).*", line)
            if found and not line.lstrip().startswith(("name:", "#")):
                yield name(page), found[0][found[0].index("gongshi") :].partition(" #")[0].strip()


CALLS = sorted({line: page for page, line in command_lines()}.items())
"""Each different call once, with a page that has it."""


@pytest.mark.parametrize(("line", "page"), CALLS)
def test_a_command_in_the_documentation_parses(line: str, page: str) -> None:
    command: click.Command = gongshi.cli
    words = [word.removesuffix("…") for word in shlex.split(line)[1:]]
    context = click.Context(command, info_name="gongshi")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        if words[0] == "COMMAND":
            return
        assert words[0] in command.commands, f"{page}: no command {words[0]}"
        command = command.commands[words.pop(0)]
        context = click.Context(command, info_name=words[0] if words else "", parent=context, resilient_parsing=True)
    options = {text: option for option in command.params for text in (*option.opts, *option.secondary_opts)}
    known = set(options) | {"--help", "-h", "--version"}
    given = [word for word in words if re.fullmatch(r"-[a-z]|--[a-z-]+", word)]
    assert [option for option in given if option not in known] == [], f"{page}: {line}"
    for option, value in pairwise(words):
        if option in options and isinstance(options[option].type, click.Choice):
            assert value in options[option].type.choices or value.isupper(), f"{page}: {line}"  # type: ignore[attr-defined]
        if (command.name, option) == ("report", "--format") and not value.startswith("FORMAT"):
            assert set(value.split(",")) <= set(reports.format_names())


def test_there_are_commands_to_look_at() -> None:
    pages = {page for page, _ in command_lines()}
    assert pages >= {"README.md", "README.zh-CN.md"}
    for page in ("ci", "regulators", "journalists", "policy", "formats", "deployment"):
        assert pages >= {f"docs/{page}.md", f"docs/zh/{page}.md"}
    assert len(CALLS) > 40


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), f"{name(page)}: {target}"
        if anchor and place.suffix == ".md":
            assert anchor in anchors(place), f"{name(page)}: {target}"


def anchors(page: Path) -> set[str]:
    """Anchors that GitHub gives to headings."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", title.lower()).strip() for title in titles)
    return {re.sub(r"\s", "-", title) for title in plain}


def test_every_page_exists_in_both_languages() -> None:
    assert all(chinese.exists() for _, chinese in PAIRS)
    assert {page.name for page in ROOT.glob("docs/zh/*.md")} == {page.name for page in ENGLISH}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: name(pair[0]))
@pytest.mark.parametrize("what", ["headings", "commands", "codes", "figures", "links", "rows"])
def test_both_languages_say_the_same(pair: tuple[Path, Path], what: str) -> None:
    english, chinese = (parts(page)[what] for page in pair)
    assert english == chinese


def parts(page: Path) -> dict[str, list[str]]:
    """What must be the same in both languages, whatever the words."""
    text = page.read_text("utf-8")
    blocks = [block for block in re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL) if "──▶" not in block]
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    made = page.name == "rules.md"  # by the program, of whose texts the Chinese ones have figures of their own
    plain = (
        ""
        if made
        else re.sub(r"\]\([^)]*\)|^\| `[a-z-]+` \| [0-9.].*|`[^`]*`|art\. \d+", "", prose, flags=re.MULTILINE)
    )
    return {
        "headings": re.findall(r"^#+ ", prose, re.MULTILINE),
        "commands": [told for block in blocks for line in block.splitlines() if (told := command(line))],
        "codes": [] if made else sorted(re.findall(r"`([^`\n]+)`", prose)),
        "figures": sorted(set(re.findall(r"\d+(?:[.,]\d+)+|\d{2,}", plain))),
        "links": sorted({target(page, link) for link in re.findall(r"\]\(([^)\s]+)\)", prose)}),
        "rows": re.findall(r"^ *\|", prose, re.MULTILINE),
    }


def command(line: str) -> str:
    """A line of code without what is for people: comments and reasons."""
    words = re.sub(r"(?:^|\s+)#.*", "", line)
    return re.sub(r'^reason = ".*"', "reason", words)


def target(page: Path, link: str) -> str:
    """Where a link leads, whatever the language."""
    path = link.partition("#")[0]
    if "://" in link or not path:
        return link
    place = name((page.parent / path).resolve())
    return place.replace("docs/zh/", "docs/").replace("README.zh-CN.md", "README.md")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nothing_calls_a_finding_unlawful(page: Path) -> None:
    if page.name not in ("CONTRIBUTING.md", "rules.md"):
        assert "违法" not in re.sub(r"《[^》]*》", "", page.read_text("utf-8"))


def test_the_policy_of_the_documentation_is_one(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "policy.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "our.toml").write_text(example, "utf-8")
    policy = load(tmp_path / "our.toml")
    assert policy["font-px"] == 14 and policy.waivers[0].rule == "algorithm-number-linked"
    shipped = load()
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([0-9.]+)", page, re.MULTILINE))
    assert {key: float(value) for key, value in rows.items()} == {key: shipped[key] for key in shipped.thresholds}


@pytest.mark.parametrize("folder", ["docs", "docs/zh"])
def test_the_reference_values_stand_in_the_policy_as_in_the_rules(folder: str) -> None:
    """The rules are made from the policy that is shipped; another test holds them against it."""
    made, told = ((ROOT / folder / page).read_text("utf-8") for page in ("rules.md", "policy.md"))
    rows = [re.findall(r"^\| `[a-z-]+` \| [0-9.].*$", page, re.MULTILINE) for page in (made, told)]
    assert rows[0] == rows[1] != []


def test_the_figures_of_the_method_are_those_of_the_cases() -> None:
    page = (ROOT / "docs" / "method.md").read_text("utf-8")
    cases = sum(len(tomllib.loads(f.read_text("utf-8"))) for f in (ROOT / "tests/prominence/cases").glob("*.toml"))
    services = len((ROOT / "tests/auditor/service_pages.jsonl").read_text("utf-8").splitlines())
    sites = len(tomllib.loads((ROOT / "seeds/samples/sites.toml").read_text("utf-8"))["site"])
    for told, there in ((r"over (\d+) pages, one difficulty each", cases), (r"over (\d+) short pages", services)):
        (figure,) = re.findall(told, page)
        assert 0.8 * there <= int(figure) < there
    assert f"{sites} sample sites" in page
    assert f"by {len(catalogue())} rules" in page
    for path in re.findall(r"`\.venv/bin/(?:pytest|python) ([a-z_/.]+)`", page):
        assert (ROOT / path).exists(), path


def test_examples_of_lists_are_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "regulators.md").read_text("utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    (tmp_path / "list.csv").write_text(example, "utf-8")
    seeds, bad = read(tmp_path / "list.csv")
    assert (len(seeds), bad) == (2, [])
    assert dict(seeds[0].extra) == {"district": "浦东新区"}


UNLINKED = "<footer>算法备案：网信算备310115900000101240011号</footer>"


@pytest.mark.browser
def test_what_needs_no_network_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls of the guides on a run that is there: reports, notices, checks, comparisons."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text(f"<!doctype html><title>示例</title>{UNLINKED}", "utf-8")
    run_gongshi("audit", "./dist", "--service", "generative", "--keep", "runs/2026-11", expect=(1,))
    for copy in ("runs/2026-10", "runs/2026-09", "runs/survey", "runs/again", "runs/first", "gongshi-run"):
        shutil.copytree(tmp_path / "runs" / "2026-11", tmp_path / copy)
    (tmp_path / "our-policy.toml").write_text("[threshold]\nfont-px = 14\n", "utf-8")
    letterhead(tmp_path / "letterhead.docx")
    calls = [shlex.split(line)[1:] for line, _ in CALLS if not re.search(r"…|RUN|OLD|--key", line)]
    calls = [words for words in calls if (words[0] in RUNNABLE and words[1:]) or words == ["--version"]]
    assert len(calls) >= 12
    for words in calls:
        run_gongshi(*words, expect=(0, 1))
    assert list((tmp_path / "report" / "notices").glob("*.pdf"))


def letterhead(path: Path) -> None:
    document = Document()
    document.add_paragraph("示例办公室")
    document.save(str(path))


def run_gongshi(*arguments: str, expect: tuple[int, ...]) -> None:
    """In this process, so that nothing is imported anew for each call."""
    called = CliRunner().invoke(gongshi.cli, list(arguments))
    assert called.exit_code in expect, f"{arguments}: {called.output}"
    assert called.exception is None or isinstance(called.exception, SystemExit)


def test_the_picture_of_a_report_is_small() -> None:
    assert (ROOT / "docs" / "report.png").stat().st_size <= 200_000
