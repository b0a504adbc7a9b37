from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditor.model import SiteAudit
from reports.frames import COLUMNS, documented, tables
from reports.i18n import Language, word
from seeds.model import Seed


@pytest.mark.parametrize("name", list(COLUMNS))
def test_columns_are_documented_in_both_languages(name: str, audit: SiteAudit) -> None:
    frame = tables([audit])[name]
    extra = ["类别"] if name == "sites" else []
    assert list(frame.columns) == [*COLUMNS[name], *extra]
    assert all(column.told.zh and column.told.en for column in COLUMNS[name].values())


@pytest.mark.parametrize("audits", [0, 1])
def test_types_do_not_depend_on_the_data(audit: SiteAudit, audits: int) -> None:
    for name, frame in tables([audit] * audits).items():
        types = {key: str(frame[key].dtype) for key in COLUMNS[name]}
        assert types == {key: str(pd.Series([], dtype=column.dtype).dtype) for key, column in COLUMNS[name].items()}


def test_a_row_a_thing(audit: SiteAudit, unreached: SiteAudit) -> None:
    frames = tables([audit, unreached])
    assert [len(frames[name]) for name in COLUMNS] == [2, 3, 3, 6]


def test_values(audit: SiteAudit, unreached: SiteAudit) -> None:
    frames = tables(iter([audit, unreached]))
    first, second = (frames["sites"].iloc[place] for place in (0, 1))
    assert first["algorithm_numbers"] == (audit.disclosures[0].number,)
    assert first["genai_filing_numbers"] == ()  # it is hidden
    assert (first["violations"], first["to_review"]) == (("algorithm-number-linked",), ("number-in-registry",))
    assert (second["verdict"], second["reached"], second["violations"]) == ("unreached", "blocked", ())
    number = frames["disclosures"].iloc[0]
    assert (number["desktop_font_px"], number["mobile_screens_down"]) == (12.0, 4.1)
    assert pd.isna(frames["disclosures"].iloc[1]["mobile_visible"])


def test_columns_of_the_list_are_kept_and_do_not_cover_ours(make_audit: Callable[..., SiteAudit]) -> None:
    extra = (("verdict", "theirs"), ("类别", "对话"))
    frame = tables([make_audit(seed=Seed("x", extra=extra)), make_audit(seed=Seed("y"))])["sites"]
    assert frame["verdict"].tolist() == ["violation", "violation"]
    assert frame["list_verdict"].tolist()[0] == "theirs"
    assert pd.isna(frame["类别"].iloc[1])


@pytest.mark.parametrize(("language", "file"), [("en", "docs/formats.md"), ("zh", "docs/zh/formats.md")])
@pytest.mark.parametrize("name", list(COLUMNS))
def test_the_documentation_is_up_to_date(name: str, language: Language, file: str) -> None:
    docs = (Path(__file__).parents[2] / file).read_text("utf-8")
    assert f"### `{name}`\n\n{documented(name, language)}\n" in docs


def test_verdicts_are_told_in_words_too(audit: SiteAudit, unreached: SiteAudit) -> None:
    told = tables([audit, unreached])["sites"]
    assert told["verdict_zh"].tolist() == [word("verdict.violation").zh, word("verdict.unreached").zh]
    assert told["reached_en"].tolist() == [word("reached.ok").en, word("reached.blocked").en]
