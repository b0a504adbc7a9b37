"""Whether every number of the published registers is read, whole and with the right verdict.

    python benchmarks/numbers_registers.py [FOLDER]

FOLDER holds `cac_algorithm_filings.csv` and `cac_genai_filings.csv` with a column `number` (and `kind` in the second).
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from auditor.model import Number
from auditor.numbers import find

DEFAULT = Path(__file__).parents[2] / "shared/registry"


def column(file: Path) -> list[str]:
    """The distinct numbers of a register, in its order."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(dict.fromkeys(row["number"] for row in csv.DictReader(lines)))


def read(number: str, label: str) -> tuple[Number, ...]:
    """What is found in a sentence that shows a number."""
    return find(f"{label}{number}，版权所有")


def report(name: str, numbers: Iterable[str], label: str) -> None:
    """Print how many were read as one well-formed number, and each that was not."""
    numbers = list(numbers)
    sound = 0
    for number in numbers:
        found = read(number, label)
        if [(each.number, each.raw, each.well_formed) for each in found] == [(number, number, True)]:
            sound += 1
        else:
            print(f"  {number}:", [(each.raw, each.number, each.problems) for each in found])
    print(f"{name}: {sound} of {len(numbers)} read as well formed")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else DEFAULT
    if not folder.exists():
        sys.exit(f"numbers_registers: no registers at {folder}; name a folder")
    algorithm, genai = column(folder / "cac_algorithm_filings.csv"), column(folder / "cac_genai_filings.csv")
    report("algorithm", algorithm, "")
    report("generative, no label", genai, "")
    report("generative, labelled", genai, "大模型备案号：")
    doubts = [number for number in algorithm for each in find(number) if each.well_formed and each.problems]
    print(f"algorithm: {len(doubts)} well formed with a remark", doubts[:5])
