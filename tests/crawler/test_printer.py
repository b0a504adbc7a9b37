import re
from pathlib import Path
from typing import Any

import pytest

from crawler.browser import NoBrowserError
from crawler.printer import printer

pytestmark = pytest.mark.browser


def test_a_page_becomes_a_pdf_of_its_size() -> None:
    with printer() as prints:
        pdf = prints("<style>@page { size: A5 }</style><p>公示</p><div style='break-before: page'>二</div>")
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 2
    box = re.search(rb"/MediaBox\s*\[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    assert box and (round(float(box[1])), round(float(box[2]))) == (420, 595)


def test_what_is_printed_runs_nothing_and_fetches_nothing(serve: Any) -> None:
    base = serve({"/": "x"})
    with printer() as prints:
        prints(f"<img src='{base}/a.png'><script>fetch('{base}/b')</script><iframe src='{base}/c'></iframe>")
    assert serve.asked == []


def test_without_a_browser_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoBrowserError), printer(str(tmp_path / "none")):
        pass
