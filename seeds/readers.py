"""Reads lists of sites: CSV, XLSX, TXT (one address a line) and JSONL."""

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from seeds.addresses import SeedError, check, key
from seeds.columns import SEPARATORS, choice, columns
from seeds.model import ModelSource, Seed, ServiceKind

Value = str | tuple[str, ...]
Row = tuple[int, Mapping[str, Value]]  # line in the file, from 1; column → value
Record = tuple[int, list[str]]  # line in the file; cells


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row of a list that was left out, and why."""

    file: str
    line: int  # from 1; 0: the file as a whole
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.zh} / {self.en}"


class ListError(ValueError):
    """A list with bad rows, read strictly."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        super().__init__("\n".join(map(str, rows)))
        self.rows = tuple(rows)


def read(path: str | Path, strict: bool = False) -> tuple[list[Seed], list[BadRow]]:
    """Return the sites of a list in its order, and one message for each row that cannot be used.

    The second of two rows with one address is such a row.

    Raises:
        OSError: the file cannot be opened.
        ListError: `strict`, and a row cannot be used.
    """
    file = Path(path)
    seeds: list[Seed] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for item in _reader(file)(file):
        found = item if isinstance(item, BadRow) else _seed_of(file, item, seen)
        if isinstance(found, Seed):
            seeds.append(found)
        else:
            bad.append(found)
    if strict and bad:
        raise ListError(bad)
    return seeds, bad


def seed(
    address: str,
    *,
    name: str | None = None,
    operator: str | None = None,
    service: str | None = None,
    model: str | None = None,
    numbers: Sequence[str] = (),
    notes: str | None = None,
) -> Seed:
    """Return a seed for one address, with what its user declares about it.

    Raises:
        SeedError: the address cannot be used.
        ValueError: `service` or `model` is none of the words that are known.
    """
    return Seed(
        url=check(address),
        name=name or None,
        operator=operator or None,
        service=choice(ServiceKind, service),
        model=choice(ModelSource, model),
        numbers=tuple(numbers),
        notes=notes or None,
    )


def _seed_of(file: Path, row: Row, seen: dict[str, int]) -> Seed | BadRow:
    line, values = row
    try:
        found = _from_values(values)
    except SeedError as why:
        return BadRow(file.name, line, why.zh, why.en)
    first = seen.setdefault(key(found.url), line)
    if first != line:
        return BadRow(file.name, line, f"与第 {first} 行的网址重复", f"same address as in line {first}")
    return found


def _from_values(values: Mapping[str, Value]) -> Seed:
    place = columns(tuple(values))
    known = {field: values[column] for field, column in place.items()}
    taken = set(place.values())

    def text(field: str) -> str | None:
        return _text(known.get(field, "")) or None

    return Seed(
        url=check(_text(known.get("url", ""))),
        name=text("name"),
        operator=text("operator"),
        service=choice(ServiceKind, text("service")),
        model=choice(ModelSource, text("model")),
        numbers=_numbers(known.get("numbers", "")),
        notes=text("notes"),
        extra=tuple((column, _text(value)) for column, value in values.items() if column not in taken),
    )


def _text(value: Value) -> str:
    joined = value if isinstance(value, str) else ";".join(value)
    return joined if joined.isprintable() else _scrub(joined)


def _numbers(value: Value) -> tuple[str, ...]:
    pieces = SEPARATORS.split(value) if isinstance(value, str) else value
    return tuple(piece for piece in (_scrub(p).strip() for p in pieces) if piece)


def _scrub(text: str) -> str:
    """Without what no file and no terminal should get: control characters and lone surrogates."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


Reader = Callable[[Path], Iterator[Row | BadRow]]


def _reader(file: Path) -> Reader:
    return {
        ".csv": _csv,
        ".tsv": _csv,
        ".xlsx": _xlsx,
        ".xlsm": _xlsx,
        ".jsonl": _jsonl,
        ".ndjson": _jsonl,
        ".txt": _txt,
        "": _txt,
    }.get(file.suffix.lower(), _unknown)


def _unknown(file: Path) -> Iterator[Row | BadRow]:
    ending, known = file.suffix[:20], "CSV, XLSX, TXT, JSONL"
    yield BadRow(file.name, 0, f"不支持 {ending} 文件；可用：{known}", f"{ending} files cannot be read; use {known}")


def _lines(file: Path) -> list[str]:
    """Lines as CSV and editors count them: they end at CR and LF only, not at U+2028 and the like."""
    return list(io.StringIO(decode(file.read_bytes()), newline=""))


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with a mark, or GB18030; what cannot be read becomes U+FFFD.

    A file in UTF-8 with a few broken bytes stays UTF-8; one in GB18030 hardly holds any valid UTF-8 sequence.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    text = data.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    if broken and 2 * broken > sum(not c.isascii() for c in text):
        return data.decode("gb18030", "replace")
    return text


def _csv(file: Path) -> Iterator[Row | BadRow]:
    lines = _lines(file)
    delimiter = max(",;\t", key=(lines[0] if lines else "").count)
    return _table(file, _records(file, lines, delimiter))


def _records(file: Path, lines: list[str], delimiter: str) -> Iterator[Record | BadRow]:
    """After a broken record, reading goes on in the line after its first: an open quote must not eat the list."""
    start = 0
    while start < len(lines):
        records = csv.reader((lines[i] for i in range(start, len(lines))), delimiter=delimiter, strict=True)
        line = start
        try:
            for record in records:
                yield line + 1, record
                line = start + records.line_num
            return
        except csv.Error as why:
            yield BadRow(
                file.name, line + 1, "引号不成对或单元格过长", f"quotes don't match or a cell is too long: {why}"
            )
            start = line + 1


def _xlsx(file: Path) -> Iterator[Row | BadRow]:
    try:
        rows = _sheet(file)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError):
        return iter([BadRow(file.name, 0, "不是可读的 XLSX 文件", "not a readable XLSX file")])
    return _table(file, iter(rows))


def _sheet(file: Path) -> list[Record]:
    with warnings.catch_warnings(), file.open("rb") as data:
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions, which nobody asked about
        book = openpyxl.load_workbook(data, read_only=True, data_only=True)
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            return []
        sheet.reset_dimensions()  # some programs write a wrong size into the file
        rows = [
            (line, [_cell(value) for value in row]) for line, row in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
        book.close()
    return rows


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _table(file: Path, records: Iterator[Record | BadRow]) -> Iterator[Row | BadRow]:
    header: tuple[str, ...] | None = None
    for record in records:
        if isinstance(record, BadRow):
            yield record
        elif not any(cell.strip() for cell in record[1]):
            continue
        elif header is None:
            header = _header(record[1])
            if "url" not in columns(header):
                yield BadRow(file.name, record[0], "表头没有 url（网址）列", "the header has no url column")
                return
        else:
            yield _row(file, header, *record)


def _header(cells: list[str]) -> tuple[str, ...]:
    """Column names; a name that stands twice gets its place, so that no column is lost."""
    names = [_text(cell).strip() for cell in cells]
    return tuple(f"{name} ({i + 1})" if name and name in names[:i] else name for i, name in enumerate(names))


def _row(file: Path, header: tuple[str, ...], line: int, cells: list[str]) -> Row | BadRow:
    if any(cell.strip() for cell in cells[len(header) :]):
        have, want = len(cells), len(header)
        return BadRow(file.name, line, f"有 {have} 格，表头只有 {want} 列", f"{have} cells under {want} columns")
    padded = [*cells, *[""] * (len(header) - len(cells))]
    return line, {name: cell.strip() for name, cell in zip(header, padded, strict=False) if name or cell.strip()}


def _txt(file: Path) -> Iterator[Row | BadRow]:
    for line, text in enumerate(_lines(file), 1):
        address = text.strip()
        address = "" if address.startswith("#") else address.split(" #")[0].split("\t#")[0].strip()
        if address:
            yield line, {"url": address}


def _jsonl(file: Path) -> Iterator[Row | BadRow]:
    for line, text in enumerate(_lines(file), 1):
        if text.strip():
            yield _json_row(file, line, text)


def _json_row(file: Path, line: int, text: str) -> Row | BadRow:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return BadRow(file.name, line, "不是 JSON", "not JSON")
    if isinstance(value, str):
        return line, {"url": value}
    if not isinstance(value, dict):
        return BadRow(file.name, line, "每行应是一个 JSON 对象", "each line should be a JSON object")
    named = {_scrub(name): item for name, item in value.items()}
    address = named.get(columns(tuple(named)).get("url", ""))
    if not isinstance(address, str | None):
        said = _scrub(json.dumps(address, ensure_ascii=False))[:40]
        return BadRow(file.name, line, f"url 应是带引号的网址，不是 {said}", f"url should be a string, not {said}")
    return line, {name: _json_value(item) for name, item in named.items()}


def _json_value(value: object) -> Value:
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return tuple(_json_text(item) for item in value)
    return _json_text(value)


def _json_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
