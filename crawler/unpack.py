"""Bodies that come packed (`Content-Encoding`)."""

from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest


class Unpacker(HttpCompressionMiddleware):
    """Scrapy's own. A body that cannot be unpacked is the server's fault, whichever library says so.

    Each has an error of its own; those of brotli and Zstandard are neither OSError nor ValueError.
    """

    def process_response(self, request: Any, response: Any, spider: Any = None) -> Any:
        """The answer with its body unpacked. Raises ValueError, and IgnoreRequest for one that is too large."""
        packed = response.headers.get("Content-Encoding", b"").decode("latin-1")
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            raise
        except Exception as error:
            raise ValueError(f"not {packed[:40]}: {type(error).__name__}: {error}") from error
