"""Names of files that are made for a site."""

import hashlib
import re

from reports.safe import host


def slug(site: str) -> str:
    """A name for a site's page: its host or folder as far as it is plain, and a hash that tells sites apart.

    It depends on the address only, so that a link to it holds from run to run.

    >>> slug("https://chat.example.cn/")
    'chat.example.cn-25147d5747'
    >>> slug("dist/")
    'dist-887f42eeae'
    """
    plain = re.sub(r"[^a-z0-9.-]+", "-", (host(site) or site).lower()).strip("-.")[:60] or "site"
    return f"{plain}-{hashlib.sha256(site.encode('utf-8', 'replace')).hexdigest()[:10]}"
