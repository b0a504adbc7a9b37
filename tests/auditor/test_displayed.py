"""Disclosures as sites really show them, in forms that are easily missed: found, the site's own, and to be seen.

The forms are those of sites and apps in the open; firms and numbers are invented.
"""

from collections.abc import Callable

import pytest

from auditor.facts import AI, is_seen
from auditor.model import SiteAudit

N = "网信算备110108900000101240015号"
M = "网信算备110108900000101240023号"
UPSTREAM = "网信算备310115900000201230011号"
G = "Beijing-XingHeXieZuo-202503010001"
S = "Shanghai-YunFanBiJi-20250301S0001"
OLD = "Beijing-XingHe-20230901"
DIGITS = N[4:-1]
CHAT = "<h1>有什么可以帮您？</h1><textarea placeholder='给星禾发消息'></textarea><button>发送</button>"
ICP = "<a href='https://beian.miit.gov.cn/'>京ICP备2099000001号-1</a>"
COPY = "© 2026 北京星禾智能科技有限公司"

# name: title, page, what it shows
PAGES = {
    "blanks around the digits in bare spans": (
        "星禾",
        f"{CHAT}<div class='flex items-center'><span>{ICP}</span><span> 网信算备 {DIGITS} 号 </span>"
        f"<span> 网信算备 {M[4:-1]} 号 </span></div>",
        {N, M},
    ),
    "colon after the prefix": ("星禾", f"{CHAT}<p>沪公网安备：31010499000001号</p><p>网信算备：{DIGITS}号</p>", {N}),
    "an anchor without href": ("星禾", f"{CHAT}<div id='ft'><a>网信算备 {DIGITS}号</a> {ICP}</div>", {N}),
    "elements without a blank between": (
        "星禾",
        f"{CHAT}<div class='workspace-footer'>{ICP}<a>京公网安备11010899000001号</a>"
        f"<a href='https://www.cac.gov.cn/x.htm'>{N}</a><span>{G}</span></div>",
        {N, G},
    ),
    "behind a street number": (
        "星禾",
        f"{CHAT}<footer>{ICP} | 2024京公网安备11010899000001号 | 增值电信业务经营许可证 京B2-20990021 | "
        f"医疗器械网络交易服务第三方平台备案：(京)网械平台备字[2019]第00006号 | "
        f"个性化推荐算法 {N} | 地址：马当路388号</footer>",
        {N},
    ),
    "non-breaking blanks and bars": (
        "星禾开放平台",
        f"<main><h1>星禾开放平台</h1><p>API 文档</p></main><div>{COPY}&nbsp;|&nbsp;星禾大模型 : 备案号 {G}&nbsp;|&nbsp;"
        f"星禾大语言模型算法 : 备案号 {N}&nbsp;|&nbsp;{ICP}</div>",
        {G, N},
    ),
    "split over inline elements": (
        "星禾",
        f"{CHAT}<footer><b>网信</b><i>算备</i><span>{DIGITS[:6]}</span><span>{DIGITS[6:]}</span>号</footer>",
        {N},
    ),
    "second of a pair without prefix": (
        "星禾",
        f"{CHAT}<footer><p>星禾算法备案：网信算备 {DIGITS} 号 / {M[4:-1]} 号</p></footer>",
        {N, M},
    ),
    "model name and number on two lines": (
        "星禾智能体",
        f"{CHAT}<div class='info'><p>模型名称：星禾大模型</p><p>备案号：{G}</p></div>",
        {G},
    ),
    "a registration with the province in its label": (
        "云帆笔记",
        f"<h1>云帆笔记</h1><button>开始写作</button><div><p>上海市生成式人工智能服务登记号 {S}</p>{ICP}</div>",
        {S},
    ),
    "an old number without serial": ("星禾", f"{CHAT}<footer><p>模型名称：星禾 备案号：{OLD}</p></footer>", {OLD}),
    "below the chat box of an app shell": (
        "星禾",
        f"<div id='root'><aside>新建对话</aside><div class='_c1'>{CHAT}"
        f"<div class='_d2'>内容由 AI 生成，请仔细甄别</div>"
        f"<div class='_e3'>算法备案号：{N}</div></div></div>",
        {N},
    ),
    "a headline section of a landing page": (
        "星禾写作 - 让写作更简单",
        f"<section><h1>星禾写作</h1><button>免费体验</button></section><section><h2>资质证照</h2>"
        f"<p>算法备案编号 {N}</p>"
        f"<p>模型备案编号 {G}</p></section><section><h2>用户评价</h2><p>很好用。</p></section>",
        {N, G},
    ),
    "a sentence of its own in the middle": (
        "星禾写作",
        f"<main><h1>星禾写作</h1><p>本产品使用的算法已完成备案，备案编号为{N}。</p><p>欢迎体验。</p></main>",
        {N},
    ),
    "upstream model named in its own words": (
        "云帆笔记",
        f"<main><h1>云帆笔记</h1><p>本应用接入已备案的大语言模型（星禾大模型，备案号：{G}），用于内容生成。</p></main>",
        {G},
    ),
    "label and number as definition list": (
        "星禾",
        f"{CHAT}<section><h3>备案信息</h3><dl><dt>算法名称</dt><dd>星禾文本生成算法</dd><dt>备案编号</dt><dd>{N}</dd></dl></section>",
        {N},
    ),
    "behind the copyright": ("星禾", f"{CHAT}<div class='copyright'><p>{COPY} {N}</p></div>", {N}),
    "full-width digits": (
        "星禾",
        f"{CHAT}<footer>网信算备{''.join(chr(ord(c) + 0xFEE0) for c in DIGITS)}号</footer>",
        {N},
    ),
    "traditional prefix": ("星禾", f"{CHAT}<footer>網信算備{DIGITS}號</footer>", {N}),
    "in a header bar": ("星禾", f"<header><span>星禾</span><span>算法备案：{N}</span></header>{CHAT}", {N}),
    "own and upstream numbers in one line": (
        "云帆笔记",
        f"<h1>云帆笔记</h1>"
        f"<footer><p>云帆笔记算法 {N} | 星禾大模型（{G}） 星禾算法 {UPSTREAM} | 上线编号：{S}</p></footer>",
        {N, G, UPSTREAM, S},
    ),
    "followed by a sign": ("星禾", f"{CHAT}<div class='page-bottom'>网信算备：{DIGITS}号 ▣</div>", {N}),
    "under a title of papers, reports and questions": (
        "星禾 - AI论文写作、报告生成、问答",
        f"{CHAT}<div class='_x1'>算法备案：{N}</div>",
        {N},
    ),
    "in brackets with corner marks": (
        "星禾",
        f"{CHAT}<footer>「京ICP备2099000001号-2」／「{N}」／「2026 星禾」</footer>",
        {N},
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_displayed_number_is_found_own_and_visible(audit_of: Callable[..., SiteAudit], name: str) -> None:
    title, html, expected = PAGES[name]
    audit = audit_of(f"<html><head><title>{title}</title></head><body>{html}</body></html>")
    shown = {d.number for d in audit.disclosures if d.kind in AI and d.own and is_seen(d)}
    assert shown == expected, [(d.raw, d.own, d.region, dict(d.views)) for d in audit.disclosures]


def test_there_are_enough_of_them() -> None:
    assert len(PAGES) >= 15
