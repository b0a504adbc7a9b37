"""Playwright's driver, its messages read and written by msgspec.

A layout has up to a megabyte, which `json` takes 23 ms to read and msgspec 6; all else waits meanwhile. Long answers
of the browser are not read at all here: whoever asked knows what of them is needed (`crawler.answer`).
"""

from contextlib import suppress
from typing import Any, TypedDict

import msgspec
from playwright.async_api import Playwright, async_playwright

from crawler.decode import from_json

LONG = 100_000  # bytes of a message


class _Answer(TypedDict):
    """What the driver says after a call of the DevTools protocol."""

    id: int | str
    result: dict[str, msgspec.Raw]


_LONG = msgspec.json.Decoder(_Answer)


async def start() -> Playwright:
    """Start it. Raises playwright's Error."""
    manager = async_playwright()
    playwright = await manager.start()
    transport = getattr(getattr(manager, "_client", None), "_transport", None)
    if transport is not None:
        by_json = transport.serialize_message
        transport.deserialize_message = _read
        transport.serialize_message = lambda message: _written(message) or by_json(message)
    return playwright


def answer_of(told: dict[str, Any] | msgspec.Raw) -> dict[str, Any]:
    """An answer of the browser, read."""
    return from_json(told) if isinstance(told, msgspec.Raw) else told


def _read(message: bytes) -> Any:
    if len(message) > LONG:
        with suppress(msgspec.DecodeError):
            answer = _LONG.decode(message)
            if answer["result"].keys() == {"result"}:
                return answer
    return from_json(message)


def _written(message: Any) -> bytes:
    """Nothing where there is what only `json` writes, such as lone surrogates."""
    try:
        return msgspec.json.encode(message)
    except (UnicodeError, TypeError):
        return b""
