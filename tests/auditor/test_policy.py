import datetime
from pathlib import Path

import pytest

from auditor.model import Severity
from auditor.policy import PolicyError, load


def test_the_shipped_policy_names_the_source_of_every_threshold() -> None:
    policy = load()
    for threshold in policy.thresholds.values():
        assert threshold.value >= 0
        assert threshold.source.zh and threshold.source.en and threshold.source.zh != threshold.source.en


def write(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_overrides_values_severities_and_rules(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        "[threshold]\nfont-px = 10\n[threshold.contrast]\nvalue = 3\n"
        '[severity]\nnumber-contrast = "advice"\n[disabled]\nrules = ["icp-number-shown"]\n',
    )
    policy = load(own)
    assert policy["font-px"] == 10
    assert policy["contrast"] == 3
    assert policy.source("font-px") == load().source("font-px")
    assert policy.severities == {"number-contrast": Severity.ADVICE}
    assert policy.disabled == {"icp-number-shown"}
    assert policy.digest != load().digest


def test_waivers_cover_one_rule_of_one_site_until_a_day(tmp_path: Path) -> None:
    own = write(
        tmp_path, '[[waiver]]\nsite = "a.example.cn"\nrule = "number-visible"\nreason = "改版中"\nuntil = 2026-12-01\n'
    )
    policy = load(own)
    day = datetime.date(2026, 12, 1)
    waiver = policy.waiver("a.example.cn", "number-visible", day)
    assert waiver is not None and waiver.reason == "改版中"
    assert policy.waiver("a.example.cn", "number-visible", day + datetime.timedelta(1)) is None
    assert policy.waiver("b.example.cn", "number-visible", day) is None
    assert policy.waiver("a.example.cn", "number-contrast", day) is None


@pytest.mark.parametrize(
    "text",
    [
        "[threshold]\nno-such = 1\n",
        "[nonsense]\n",
        '[severity]\nnumber-visible = "terrible"\n',
        "[[waiver]]\nsite = 'a'\n",
        "not toml at all",
        '[threshold]\nfont-px = "large"\n',
    ],
)
def test_what_cannot_be_meant_is_told_with_the_file(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PolicyError, match=r"policy\.toml"):
        load(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        load(tmp_path / "none.toml")
