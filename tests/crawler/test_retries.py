from collections.abc import Callable
from pathlib import Path

from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder
from crawler.sweep import sweep
from seeds.model import Seed


def no_verdict(folder: SiteFolder) -> None:
    folder.write_audit(b"{}")


def test_each_retry_stands_in_the_capture(tmp_path: Path, serve: Callable[..., str]) -> None:
    asked = 0

    def page(path: str) -> str | tuple[int, dict[str, str], bytes] | None:
        nonlocal asked
        asked += path == "/"
        return ((500, {}, b"busy") if asked == 1 else "<h1>你好</h1>") if path == "/" else None

    seed = Seed(serve(page) + "/")
    settings = CrawlSettings(allow_private=True, delay=0.0, render="never")
    (done,) = sweep([seed], tmp_path, settings, NoScout(), no_verdict)
    assert not done.problem
    (hop,) = Run(tmp_path).folder(seed.url).read().pages[0].chain
    assert (hop.status, hop.retries) == (200, 1)
