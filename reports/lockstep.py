"""Several documents in one pass over the audits, so that each audit is read once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import tee
from pathlib import Path
from typing import BinaryIO

from auditor.model import SiteAudit

Document = Callable[[Iterator[SiteAudit]], Iterator[bytes]]
"""Makes a document of audits that it takes one by one, in at least a piece an audit, which may be empty."""


def write(audits: Iterable[SiteAudit], documents: Mapping[Path, Document]) -> None:
    """Write each document to its file.

    Each gives at least a piece an audit, so that none gets more than an audit ahead of the others and few are held.
    Raises OSError.
    """
    with ExitStack() as stack:
        feeds = tee(audits, len(documents))
        files = (stack.enter_context(path.open("wb")) for path in documents)
        writers = [_Writer(*parts) for parts in zip(files, documents.values(), feeds, strict=True)]
        turn = 0
        while writers:
            turn += 1
            writers = [writer for writer in writers if writer.go_on(turn)]


class _Writer:
    """One document and how far it has got."""

    def __init__(self, file: BinaryIO, document: Document, feed: Iterator[SiteAudit]) -> None:
        self.taken = 0
        self._file = file
        self._pieces = document(self._counted(feed))

    def _counted(self, feed: Iterator[SiteAudit]) -> Iterator[SiteAudit]:
        for audit in feed:
            self.taken += 1
            yield audit

    def go_on(self, turn: int) -> bool:
        """Write until so many audits are taken. Returns whether there is more to come."""
        while self.taken < turn:
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._file.write(piece)
        return True
