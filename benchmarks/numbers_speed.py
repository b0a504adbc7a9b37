"""How long `find` takes beside lxml's parsing of the same page, and on the worst inputs.

    python benchmarks/numbers_speed.py

The page is made up: 100 KB of HTML with 28,000 characters of text, most of it Chinese, and a footer with six numbers.
"""

import random
import statistics
import time
from collections.abc import Callable

import lxml.html

from auditor.numbers import find

FOOTER = (
    "© 2026 示例星河科技有限公司 | 沪ICP备2026000001号-1 | 沪公网安备 31010499000001号 | 沪ICP证990001号\n"
    "算法备案：网信算备310104900000101250013号 | 模型名称：星河 备案号：Shanghai-InventedModel-202501010001"
)
WORDS = "我们的产品帮助团队更快地写作、检索和整理资料，数据保存在境内，准备与设备无关，登录后即可使用。AI assistant 2026-11 "
WORST = {
    "网信算备": "网信算备",
    "Beijing-A-A-A-…": "Beijing-" + "A-" * 40,
    "Beijing-": "Beijing-",
    "digits": "1234567890",
    "网信算备 digits": "网信算备1234567890",
    "网信算备 + 1 1 1 …": "1 ",
    "京ICP备": "京ICP备",
    "-20230901": "-20230901",
    "aaaa-2": "aaaa-2 ",
    "公网安备 ": "公网安备 ",
    "算法备案：": "算法备案：",
    "大模型": "大模型",
    "备案{{": "备案{{",
    "备案 (zero width)": "备\u200b案\u200b",
    "网信算备 X": "网信算备X",
    "numbers": "网信算备310104900000101250013号、",
    "labels and masks": "算法备案号：XXXX ",
}


def page(size: int = 28_000) -> tuple[str, str]:
    """The HTML and the text of an invented page."""
    chance = random.Random(1)
    paragraphs = []
    while sum(map(len, paragraphs)) < size:
        paragraphs.append("".join(chance.choice(WORDS) for _ in range(chance.randint(10, 120))))
    blocks = (
        f'<div class="item"><a href="https://example.cn/a/{n}" title="t{n}">{text}</a></div>'
        for n, text in enumerate(paragraphs)
    )
    html = f"<html><body>{''.join(blocks)}<footer>{FOOTER}</footer></body></html>"
    return html, "\n".join((*paragraphs, FOOTER))


def seconds(action: Callable[[], object], rounds: int) -> float:
    """The median time of some rounds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Print both tables."""
    html, text = page()
    data = html.encode()
    find(text)
    parse = seconds(lambda: lxml.html.document_fromstring(data), 200)
    ours = seconds(lambda: find(text), 200)
    print(f"page of {len(data) // 1000} KB, text of {len(text)} characters, {len(find(text))} numbers")
    print(f"lxml {parse * 1e3:.2f} ms, find {ours * 1e3:.3f} ms: {ours / parse:.1%}")
    for name, piece in WORST.items():
        worst = (piece * (1_000_000 // len(piece.encode()) + 1)).encode()[:1_000_000].decode(errors="ignore")
        worst = f"网信算备{worst}" if "1 1 1" in name else worst
        whole, half = (seconds(lambda part=part: find(part), 3) for part in (worst, worst[: len(worst) // 2]))
        print(f"1 MB of {name:20} {whole * 1e3:7.1f} ms, half of it {half * 1e3:7.1f} ms")


if __name__ == "__main__":
    main()
