"""Imports the CAC's originals and the CSV copies into an empty register: rows of each list, seconds, and look-up times.

    python benchmarks/registry_import.py ../shared/registry

The folder holds `official-docx/*.docx` (35 lists) and `cac_*.csv`. Expected: 938 + 7,059 rows of algorithm lists from
the originals, of which the CSV copies change but the few cells that differ in them, then 1,112 filings, 730
registrations, 57 cancellations.
"""

import sys
import tempfile
import time
from pathlib import Path

from auditor.registry import Register, Report, import_files
from auditor.registry.match import filings_of, listing, lookup


def main(folder: Path) -> None:
    """Run every measurement and print it."""
    originals = timed("35 originals", sorted((folder / "official-docx").glob("*.docx")), Register())
    again = timed("the same again", sorted((folder / "official-docx").glob("*.docx")), originals.register)
    assert again.register.rows == originals.register.rows
    copies = timed("CSV copies", sorted(folder.glob("cac_*.csv")), originals.register)
    for info in copies.register.info():
        print(f"  {info.list:26} {info.rows:6} rows  {info.numbers:6} numbers  {info.oldest} to {info.newest}")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "registry.zst"
        copies.register.save(path)
        started = time.perf_counter()
        register = Register.load(path)
        print(f"load: {time.perf_counter() - started:.3f} s, {path.stat().st_size / 1e6:.2f} MB")
    look_ups(register)


def timed(name: str, paths: list[Path], register: Register) -> Report:
    """Import files and print what it brought and how long it took."""
    started = time.perf_counter()
    report = import_files(paths, register)
    seconds = time.perf_counter() - started
    added, changed, unchanged = (
        sum(getattr(file, kind) for file in report.files) for kind in ("added", "changed", "unchanged")
    )
    print(f"{name}: {len(paths)} files, {added} added, {changed} changed, {unchanged} unchanged, {seconds:.2f} s")
    for problem in report.problems:
        print(f"  {problem.file} {problem.row}: {problem.text.en}")
    return report


def look_ups(register: Register) -> None:
    """Print the mean time of each kind of look-up."""
    rows = register.rows[::10]
    wrong = [row.number[:-3] + "7" + row.number[-2:] for row in rows]
    kinds = {
        "listed number": lambda: [listing(register, row.number) for row in rows],
        "absent number": lambda: [listing(register, number) for number in wrong],
        "filings of a firm": lambda: [filings_of(register, row.entity) for row in rows],
        "product": lambda: [register.by_product(row.name) for row in rows],
        "part of a name": lambda: [lookup(register, row.entity[:4]) for row in rows[:20]],
    }
    for name, ask in kinds.items():
        started = time.perf_counter()
        answers = len(ask())
        print(f"{name}: {(time.perf_counter() - started) / answers * 1e6:.0f} µs")


if __name__ == "__main__":
    lists = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[2] / "shared" / "registry"
    if lists.is_dir():
        main(lists)
    else:
        print(f"not measured: there are no official lists at {lists}")
