"""Memory over many rendered pages: that of all processes of a sweep after the first tenth and at the end.

    python benchmarks/sweep_soak.py [--pages 300]        # 2000 for the long one

The page is that of `render_speed.py`: 1,500 elements, 300 KB of script, pictures. Aims: at the end ≤ 1.2 × after the
first tenth; ≤ 300 MB a page that is open at a time.
"""

import argparse
import statistics
import tempfile
from ipaddress import ip_network
from pathlib import Path

from render_speed import Footer, serve
from sweep_mixed import watched

from crawler.settings import CrawlSettings
from crawler.store import SiteFolder
from crawler.sweep import sweep
from seeds.model import Seed

SETTINGS = CrawlSettings(networks=(ip_network("127.0.0.0/8"),), max_pages=0, delay=0, render="always", retries=0)
SHARE = 0.1


def done(folder: SiteFolder) -> None:
    """Instead of a judge."""
    folder.write_audit(b"{}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=300)
    pages = parser.parse_args().pages
    server = serve()
    seeds = [Seed(f"http://s{number}.localhost:{server.server_port}/") for number in range(pages)]
    marks: list[int] = []
    with tempfile.TemporaryDirectory() as tmp, watched() as taken:
        for one in sweep(seeds, Path(tmp), SETTINGS, Footer(), done):
            if one.reached != "ok" or one.problem:
                raise SystemExit(f"{one.url}: {one.reached} {one.problem}")
            marks.append(len(taken))
        early = statistics.median(taken[marks[int(pages * SHARE)] : marks[int(pages * 2 * SHARE)]] or taken[-1:])
        late = statistics.median(taken[marks[int(pages * (1 - SHARE))] : marks[-1]] or taken[-1:])
    server.shutdown()
    print(
        f"{pages} pages, {SETTINGS.pages_at_once} at a time: {early / 1e6:.0f} MB after the first tenth, "
        f"{late / 1e6:.0f} MB in the last: {late / early:.2f} (aim: 1.2); "
        f"{max(taken) / SETTINGS.pages_at_once / 1e6:.0f} MB a page at most (aim: 300)"
    )


if __name__ == "__main__":
    main()
