"""The policy: every threshold and choice that the law leaves open, each with the text that it is derived from."""

import datetime
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from auditor.model import Severity, Text


class PolicyError(ValueError):
    """A policy file that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a rule compares with. None of them is named by the law: each is a proxy (参考值)."""

    value: float
    unit: str
    source: Text  # the text it is derived from


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that its reader has accepted for a time."""

    site: str  # host name
    rule: str
    reason: str
    until: datetime.date


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds by name, severities that differ from the catalogue, rules that do not run, waivers."""

    thresholds: Mapping[str, Threshold]
    severities: Mapping[str, Severity]
    disabled: frozenset[str]
    waivers: tuple[Waiver, ...]
    digest: str  # of what was read: two audits with the same digest used the same policy

    def __getitem__(self, name: str) -> float:
        return self.thresholds[name].value

    def source(self, name: str) -> Text:
        """The text that a threshold is derived from, for the sentence that reports it."""
        return self.thresholds[name].source

    def waiver(self, host: str, rule: str, on: datetime.date) -> Waiver | None:
        """The waiver that covers a rule on a site on a day, if there is one."""
        return next((w for w in self.waivers if (w.site, w.rule) == (host, rule) and on <= w.until), None)


def load(path: Path | None = None) -> Policy:
    """Read the shipped policy, overridden by the file at `path`.

    Raises:
        PolicyError: the file cannot be read, is no TOML, or names what does not exist.
    """
    shipped = files("auditor").joinpath("policy.toml").read_text("utf-8")
    base = tomllib.loads(shipped)
    if path is None:
        return _policy(base, shipped)
    try:
        text = path.read_text("utf-8")
        own = tomllib.loads(text)
    except OSError as error:
        raise PolicyError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: {error}") from error
    try:
        return _policy(_merge(base, own), shipped + text)
    except (KeyError, TypeError, ValueError) as error:
        raise PolicyError(f"{path}: {error}") from error


def _merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    unknown = set(own) - {"threshold", "severity", "disabled", "waiver"}
    if unknown:
        raise PolicyError(f"unknown section {sorted(unknown)[0]!r}")
    thresholds = dict(base["threshold"])
    for name, value in own.get("threshold", {}).items():
        if name not in thresholds:
            raise PolicyError(f"unknown threshold {name!r}")
        thresholds[name] = {**thresholds[name], "value": value["value"] if isinstance(value, dict) else value}
    return {**own, "threshold": thresholds}


def _policy(data: dict[str, Any], text: str) -> Policy:
    return Policy(
        thresholds={
            name: Threshold(float(row["value"]), row["unit"], Text(row["zh"], row["en"]))
            for name, row in data["threshold"].items()
        },
        severities={rule: Severity(value) for rule, value in data.get("severity", {}).items()},
        disabled=frozenset(data.get("disabled", {}).get("rules", ())),
        waivers=tuple(Waiver(w["site"], w["rule"], w["reason"], w["until"]) for w in data.get("waiver", ())),
        digest=hashlib.sha256(text.encode()).hexdigest()[:16],
    )
