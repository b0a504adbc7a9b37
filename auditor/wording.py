"""Words that several findings share, in both languages."""

from collections.abc import Iterable

from auditor.model import Disclosure, NumberKind, Service, Text
from auditor.numbers import PROBLEMS
from auditor.policy import Policy

PROXY = Text(
    "法律未对“显著位置”规定字号、对比度或点击次数；本项按可配置的参考标准判断，不等同于违法认定。",
    "The law names no font size, contrast or number of clicks for a prominent position; "
    "this is judged by configurable reference values and does not amount to a finding of unlawfulness.",
)
"""Stands under every finding on prominence."""

UNCERTAIN = Text(
    "尚不能确定该网站是否面向公众提供此类服务",
    "it is not certain that this site offers such a service to the public",
)

KINDS = {
    NumberKind.ALGORITHM: Text("算法备案编号", "algorithm filing number"),
    NumberKind.GENAI_FILING: Text("大模型备案号", "model filing number"),
    NumberKind.GENAI_REGISTRATION: Text("上线编号", "registration number"),
    NumberKind.ICP: Text("ICP备案号", "ICP filing number"),
    NumberKind.ICP_APP: Text("APP备案号", "app filing number"),
    NumberKind.ICP_LICENSE: Text("ICP许可证号", "ICP licence number"),
    NumberKind.POLICE: Text("公安联网备案号", "public-security filing number"),
}

_UNITS = {"次": "click(s)", "屏": "screen(s)", "字": "characters"}
_HIDDEN = {
    "display-none": Text("display:none 隐藏", "hidden by display:none"),
    "visibility-hidden": Text("visibility:hidden 隐藏", "hidden by visibility:hidden"),
    "transparent": Text("完全透明", "fully transparent"),
    "zero-size": Text("尺寸为零", "laid out at zero size"),
    "off-screen": Text("位于可视区域之外", "moved off the page"),
    "clipped": Text("被裁切", "clipped away"),
    "covered": Text("被其他内容遮挡", "covered by something else"),
    "same-colour": Text("文字与背景同色", "text in the colour of its ground"),
    "tiny": Text("字号小于5 px", "text below 5 px"),
    "closed-details": Text("位于未展开的折叠区内", "inside a closed section"),
    "inert": Text("所在区域被停用", "inside an inert part"),
    "not-rendered": Text("浏览器未呈现", "not rendered by the browser"),
    "attribute": Text("仅见于图片替代文本或标题属性", "only in an alternative text or a title attribute"),
    "covered-at-every-scroll": Text(
        "在任何滚动位置均被可关闭的内容遮挡", "covered at every scroll position until closed"
    ),
    "over-image": Text("文字位于图片之上", "the text stands over a picture"),
    "gradient": Text("文字位于渐变背景之上", "the text stands over a gradient"),
    "partly-clipped": Text("部分内容被裁切", "a part is clipped away"),
    "partly-covered": Text("部分内容被遮挡", "a part is covered"),
    "partly-same-colour": Text("部分文字与背景同色", "a part has the colour of its ground"),
    "same-lightness": Text("文字与背景明度相同、仅色相不同", "text and ground differ in hue alone"),
    "covered-by-picture": Text("可能被图片遮挡", "a picture may cover it"),
    "scroll-locked": Text("页面当前不能滚动", "the page cannot be scrolled at present"),
    "content-visibility": Text("尚未排版，滚动后才呈现", "not laid out until it is scrolled to"),
    "clip-path": Text("裁切形状无法确定", "the shape that clips it cannot be told"),
    "filter": Text("使用了滤镜效果", "a filter changes how it looks"),
    "blend": Text("使用了混合模式", "a blend mode changes how it looks"),
    "blurred": Text("被模糊处理", "it is blurred"),
    "mask": Text("使用了遮罩", "a mask changes how it looks"),
    "phone-only": Text(
        "桌面端页面中没有，移动端页面中可见，可能是加载较慢",
        "the desktop's page did not contain it, the phone's shows it: it may load slowly",
    ),
    "not-measured": Text("该页面未经浏览器渲染", "the page was not rendered by a browser"),
    "pictures-not-read": Text(
        "图片文字未读取，或未能完整读出", "the words in the picture were not read, or not in full"
    ),
}


def kinds(of: Iterable[NumberKind]) -> Text:
    """The names of these kinds: 大模型备案号、上线编号."""
    names = [KINDS[kind] for kind in of]
    return Text("、".join(n.zh for n in names), " or ".join(n.en for n in names))


def named(disclosures: Iterable[Disclosure], limit: int = 3) -> Text:
    """The numbers themselves, each once, as the site writes them; long ones and long lists are cut."""
    return quoted((d.raw for d in disclosures), limit)


def quoted(texts: Iterable[str], limit: int = 3) -> Text:
    """Several numbers or names, the first ones in full."""
    every = list(dict.fromkeys(short(text) for text in texts))
    first, rest = every[:limit], len(every) - limit
    more = Text(f"等{len(every)}个", f" and {rest} more") if rest > 0 else Text("", "")
    return Text("、".join(first) + more.zh, ", ".join(first) + more.en)


def short(text: str, limit: int = 60) -> str:
    """A quotation of a page on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def compared(policy: Policy, name: str, what: Text, value: float) -> Text:
    """A measured value, the reference value, and the text that it is derived from."""
    threshold = policy.thresholds[name]
    measured, limit = _amount(value, threshold.unit), _amount(threshold.value, threshold.unit)
    return Text(
        f"{what.zh} {measured.zh}，参考值 {limit.zh}；依据：{threshold.source.zh}；法律未规定数值",
        f"{what.en} {measured.en}, reference value {limit.en} (source: {threshold.source.en}; the law names no number)",
    )


def _amount(value: float, unit: str) -> Text:
    gap = " " if unit[:1] not in {"", ":"} else ""
    return Text(f"{value:.3g}{gap}{unit}", f"{value:.3g}{gap}{_UNITS.get(unit, unit)}")


def problems(disclosures: Iterable[Disclosure]) -> Text:
    """What is wrong with these numbers as written."""
    codes = dict.fromkeys(code for d in disclosures for code in d.problems)
    texts = [PROBLEMS[code] for code in codes if code in PROBLEMS] or [Text("样式不符", "another form")]
    return Text("、".join(t.zh for t in texts), ", ".join(t.en for t in texts))


def near(disclosures: Iterable[Disclosure]) -> Text:
    """The listed number that was probably meant, as an addition to a sentence."""
    number = next((d.registry.near for d in disclosures if d.registry.near), None)
    if number is None:
        return Text("", "")
    return Text(f"；官方清单中相近的编号为 {short(number)}", f"; the official list has a near number, {short(number)}")


def why_hidden(code: str | None) -> Text:
    """Why something cannot be seen or measured."""
    return _HIDDEN.get(code or "", Text(code or "原因未能确定", code or "for an unknown reason"))


def service(of: Service) -> Text:
    """On what the kind of service rests."""
    if of.declared:
        return Text("由名单载明", "as declared in the list")
    seen = "；".join(short(line) for line in of.evidence[:2])
    return Text(f"依据：{seen}；把握 {of.confidence:.2f}", f"evidence: {seen}; confidence {of.confidence:.2f}")
