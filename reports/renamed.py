"""An audit of a built folder, told by the folder's name instead of the address at which it was served."""

from dataclasses import replace

from auditor.model import SiteAudit
from reports.as_json import decode, encode


def renamed(audit: SiteAudit, address: str, name: str) -> SiteAudit:
    """The audit with `name` wherever it says `address`; its seed keeps the address, under which its pictures stand.

    Both end with a slash. So the same page has the same name in every run, whatever the port.
    """
    text, written = encode(audit).decode(), encode(name).decode()[1:-1]
    bare = address.removesuffix("/")
    for said in (address, bare, bare.partition("://")[2]):
        text = text.replace(said, written if said == address else written.removesuffix("/"))
    return replace(decode(text), seed=audit.seed)
