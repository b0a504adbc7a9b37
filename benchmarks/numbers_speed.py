"""How long `find` takes beside lxml's parsing of the same page, and on the worst inputs.

    python benchmarks/numbers_speed.py

The pages are made up: text that is mostly Chinese, a footer with five numbers, and markup around it.
"""

import random
import timeit
from collections.abc import Callable

import lxml.html

from auditor.numbers import find

FOOTER = (
    "© 2026 示例星河科技有限公司 | 沪ICP备2026000001号-1 | 沪公网安备 31010499000001号 | 沪ICP证990001号\n"
    "算法备案：网信算备310104900000101250019号 | 模型名称：星河 备案号：Shanghai-InventedModel-202501010001"
)
PHRASES = (
    "我们的产品帮助团队更快地写作、检索和整理资料，支持多人协作与权限管理，",
    "所有数据保存在境内的数据中心，传输与存储均加密，管理员可以随时导出或删除。",
    "登录后即可使用，无需安装，2026-11-24 起支持手机和平板电脑。",
    "AI assistant for teams - fast, open and well-documented, with a working-draft mode for Beijing-based staff. ",
    "常见问题：怎样邀请同事？怎样导入历史文档？怎样设置审批流程？",
    "Release notes 2024-2026, see assistant-v2.0-20260101.tar.gz for the archive. ",
    "示例星河科技成立于二〇二〇年，专注于知识管理与自然语言处理，服务过多个行业的客户。",
    "资质证书见关于页，设备清单与备份策略见帮助中心。",
    "价格按席位计算，按月或按年付费，教育机构享受折扣，详情请联系销售人员。",
    "上海市示例路 1 号 021-00000000 周一至周五 9:00-18:00，节假日除外，欢迎来访。",
)
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
    "numbers": "网信算备310104900000101250019号、",
    "labels and masks": "算法备案号：XXXX ",
}


def page(characters: int, size: int) -> tuple[bytes, str]:
    """The HTML and the text of an invented page; scripts and links without words fill it up to its size in bytes."""
    chance = random.Random(1)
    paragraphs = []
    while sum(map(len, paragraphs)) < characters:
        paragraphs.append("".join(chance.choices(PHRASES, k=chance.randint(1, 5))))
    blocks = "".join(
        f'<div class="item item-{n}"><h3><a href="/a/{n}.html" target="_blank">{n}</a></h3><p>{text}</p></div>'
        for n, text in enumerate(paragraphs)
    )
    link = '<li class="nav-item nav-link"><a href="/products/model" title="m"><i class="icon"></i></a></li>'
    script = '<script>window.__STATE__={"a":[1,2,3],"b":{"id":"x-1","name":"y"}};</script>'
    missing = max(size - len(blocks.encode()), 0) // 2
    filling = link * (missing // len(link)) + script * (missing // len(script))
    html = f"<html><body>{filling}{blocks}<footer>{FOOTER}</footer></body></html>"
    return html.encode(), "\n".join((*paragraphs, FOOTER))


def seconds(action: Callable[[], object], rounds: int) -> float:
    """The best time of some rounds: the one that other work on the machine disturbed least."""
    return min(timeit.repeat(action, number=1, repeat=rounds))


def compare(name: str, characters: int, size: int) -> None:
    """Print what `find` takes of the time that lxml takes for the same page."""
    data, text = page(characters, size)
    parse = seconds(lambda: lxml.html.document_fromstring(data), 500)
    ours = seconds(lambda: find(text), 500)
    print(
        f"{name}: {len(data) // 1000} KB, text of {len(text)} characters, {len(find(text))} numbers; "
        f"lxml {parse * 1e3:.2f} ms, find {ours * 1e3:.3f} ms: {ours / parse:.1%}"
    )


def main() -> None:
    """Print both tables."""
    compare("usual page", 8_000, 100_000)
    compare("long page", 28_000, 200_000)
    compare("hardly anything but text", 28_000, 0)
    for name, piece in WORST.items():
        worst = (piece * (1_000_000 // len(piece.encode()) + 1)).encode()[:1_000_000].decode(errors="ignore")
        worst = f"网信算备{worst}" if "1 1 1" in name else worst
        whole, half = (seconds(lambda part=part: find(part), 3) for part in (worst, worst[: len(worst) // 2]))
        print(f"1 MB of {name:20} {whole * 1e3:7.1f} ms, half of it {half * 1e3:7.1f} ms")


if __name__ == "__main__":
    main()
