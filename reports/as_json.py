"""JSON, as `docs/audit.schema.json` says: one object; of several sites, one object a line.

The types of `auditor.model` are the published format; this module adds that the text is safe to print and
to store.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditor.model import SiteAudit
from reports import Options
from reports.safe import unsurrogate

SUFFIX = ".json"
RUN_SUFFIX = ".jsonl"  # a run's report is a file of JSON lines

_ESCAPED = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Characters that JSON allows as they are but that a terminal or an editor may act on."""


def render(audits: Iterable[SiteAudit], _options: Options) -> Iterator[bytes]:
    """Yield each audit as a line; the same audit gives the same bytes."""
    return (encode(audit) + b"\n" for audit in audits)


def encode(value: object) -> bytes:
    """An audit, or any other value of these types, as JSON in UTF-8, the keys in the order of the types.

    Lone surrogates, which UTF-8 can't hold, become U+FFFD; invisible characters are escaped, so that nothing is lost.
    """
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_without_surrogates(msgspec.to_builtins(value)))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", data.decode()).encode()


def decode(data: bytes | str) -> SiteAudit:
    """The audit that `encode` wrote. Raises msgspec.ValidationError where it is not one."""
    return msgspec.json.decode(data, type=SiteAudit)


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return unsurrogate(value)
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(one) for key, one in value.items()}
    return [_without_surrogates(one) for one in value] if isinstance(value, list | tuple) else value
