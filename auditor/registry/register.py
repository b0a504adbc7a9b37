"""The official lists in one local file, with the look-ups that matching needs."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs
import zstandard

from auditor.model import Text
from auditor.registry.distance import Neighbours
from auditor.registry.names import entity_key, former_names, product_key, product_keys, split_products
from auditor.registry.row import ALGORITHM_LISTS, GENAI_LISTS, List, Row, number_key

FORMAT = b"gongshi.registry/1"
"""First line of the file; the second is the SHA-256 of the rest: the rows as MessagePack, compressed (Zstandard)."""

_MAX_UNPACKED = 512 << 20


class RegisterError(Exception):
    """The register's file is damaged or of another version; `text` says so for people."""

    def __init__(self, path: Path, zh: str, en: str):
        self.text = Text(f"{path}：{zh}，请重新导入官方清单", f"{path}: {en}; import the official lists again")
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True)
class ListInfo:
    """What the register holds of one list."""

    list: List
    rows: int
    numbers: int  # distinct
    oldest: str  # month, "2022-08"; "" where no row tells one
    newest: str
    files: tuple[str, ...]


class Register:
    """Rows of the official lists. Not changed once made: importing makes another one."""

    __slots__ = (
        "_entities",
        "_names",
        "_neighbours",
        "_newest",
        "_numbers",
        "_operators",
        "_products",
        "digest",
        "rows",
    )

    def __init__(self, rows: Iterable[Row] = (), digest: str = ""):
        self.rows = tuple(rows)
        self.digest = digest  # SHA-256 of the file it was loaded from, "" if from none
        self._neighbours = Neighbours({number_key(row.number) for row in self.rows if row.list in GENAI_LISTS})
        self._newest: dict[List, str] = {}
        for row in self.rows:
            self._newest[row.list] = max(row.month, self._newest.get(row.list, ""))
        self._numbers = _index(self.rows, lambda row: (number_key(row.number),))
        self._operators = _index(self.rows, lambda row: (row.operator_id,) if row.operator_id else ())
        self._entities = _index(self.rows, lambda row: map(entity_key, (row.entity, *former_names(row.remark))))
        self._products = _index(self.rows, _product_keys)
        self._names = _index(self.rows, lambda row: (product_key(row.name),))

    @classmethod
    def load(cls, path: Path) -> "Register":
        """Read a saved register.

        Raises `FileNotFoundError` where there is none, `RegisterError` where the file is damaged or of another version.
        """
        head, _, rest = path.read_bytes().partition(b"\n")
        digest, _, packed = rest.partition(b"\n")
        if head != FORMAT:
            raise RegisterError(path, "不是此版本的名录文件", "no register of this version")
        if hashlib.sha256(packed).hexdigest().encode() != digest:
            raise RegisterError(path, "文件已损坏（SHA-256 不符）", "damaged (its SHA-256 differs)")
        try:
            data = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_MAX_UNPACKED)
            return cls(msgspec.msgpack.decode(data, type=tuple[Row, ...]), digest.decode())
        except (zstandard.ZstdError, msgspec.MsgspecError) as error:
            raise RegisterError(path, f"无法读取（{error}）", f"cannot be read ({error})") from error

    def save(self, path: Path) -> None:
        """Write the register in one step: readers see the old file or the new one. Raises `OSError`."""
        packed = zstandard.ZstdCompressor(level=9).compress(msgspec.msgpack.encode(self.rows))
        data = b"\n".join((FORMAT, hashlib.sha256(packed).hexdigest().encode(), packed))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise

    def by_number(self, number: str) -> tuple[Row, ...]:
        """Rows of a number in any spelling, newest list first."""
        return self.by_key(number_key(number))

    def by_key(self, key: str) -> tuple[Row, ...]:
        """Rows of a number as `number_key` gives it."""
        return self._numbers.get(key, ())

    def genai_neighbours(self, key: str) -> tuple[str, ...]:
        """Keys of generative numbers that are up to two characters away from this one, the nearest first."""
        return self._neighbours.of(key)

    def by_operator(self, operator_id: str) -> tuple[Row, ...]:
        """Rows whose algorithm numbers hold this seven-digit operator id."""
        return self._operators.get(operator_id, ())

    def by_entity(self, name: str) -> tuple[Row, ...]:
        """Rows that print this firm, by its present name or one that a remark tells."""
        return self._entities.get(entity_key(name), ())

    def by_product(self, name: str) -> tuple[Row, ...]:
        """Rows that name this product; of generative services the model or application itself."""
        return self._products.get(product_key(name), ())

    def by_name(self, name: str) -> tuple[Row, ...]:
        """Rows of an algorithm, model or application of this name."""
        return self._names.get(product_key(name), ())

    def info(self) -> tuple[ListInfo, ...]:
        """What is in it, list by list; lists of which nothing was imported are left out."""
        return tuple(_info(kind, rows) for kind in List if (rows := [row for row in self.rows if row.list is kind]))

    def newest(self, *lists: List) -> str | None:
        """The newest month of these lists, None where nothing of them was imported."""
        return max((self._newest[kind] for kind in lists if kind in self._newest), default=None)

    def months(self) -> dict[str, str | None]:
        """How new the two families of lists are: "algorithm" and "genai"."""
        return {"algorithm": self.newest(*ALGORITHM_LISTS), "genai": self.newest(*GENAI_LISTS)}


def default_path() -> Path:
    """Where the register of this user stands."""
    return platformdirs.user_data_path("gongshi", appauthor=False) / "registry.zst"


def _index(rows: tuple[Row, ...], keys: Callable[[Row], Iterable[str]]) -> dict[str, tuple[Row, ...]]:
    index: dict[str, list[Row]] = {}
    for row in rows:
        for key in dict.fromkeys(keys(row)):
            if key:
                index.setdefault(key, []).append(row)
    return {key: tuple(sorted(found, key=lambda row: row.month, reverse=True)) for key, found in index.items()}


def _product_keys(row: Row) -> Iterable[str]:
    products = (row.name,) if row.list in GENAI_LISTS else split_products(row.products)
    return (key for product in products for key in product_keys(product))


def _info(kind: List, rows: list[Row]) -> ListInfo:
    months = sorted(row.month for row in rows if row.month)
    return ListInfo(
        list=kind,
        rows=len(rows),
        numbers=len({number_key(row.number) for row in rows}),
        oldest=months[0] if months else "",
        newest=months[-1] if months else "",
        files=tuple(sorted({row.source for row in rows})),
    )
