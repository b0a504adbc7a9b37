"""Every word that a report shows of itself, in both languages. One table; findings bring their own words.

A code has the key `group.code`, e.g. `reached.dns`. Plain wording: a report says what was seen and what a text
asks for, and leaves the legal conclusion to the authority.
"""

from typing import Literal

from auditor.model import Text

Language = Literal["zh", "en"]

_TABLE = """
verdict.violation | 不符合要求 | Requirements not met
verdict.warning | 疑似不符 | Possible shortfall
verdict.review | 需人工核对 | For a person to check
verdict.clean | 未发现不符 | Nothing found amiss
verdict.not-applicable | 不适用 | Not applicable
verdict.unreached | 未能打开 | Not reached
severity.violation | 不符合要求 | Requirement not met
severity.warning | 疑似不符 | Possible shortfall
severity.advice | 建议 | Advice
outcome.passed | 符合 | passed
outcome.failed | 不符 | failed
outcome.needs-review | 需人工核对 | needs review
outcome.not-applicable | 不适用 | not applicable
outcome.error | 检查出错 | check broke
level.law | 法律 | Law
level.regulation | 行政法规 | Administrative regulation
level.rule | 部门规章 | Departmental rule
level.notice | 规范性文件、公告 | Notice
level.standard | 国家标准 | National standard
level.practice | 平台说明、通行做法 | Platform guidance or practice
level.proxy | 参考值，法律未定 | Reference value, not law
level.inferred | 由公开数据推得，未见公布 | Inferred from published data
kind.algorithm | 算法备案编号 | Algorithm filing
kind.genai-filing | 生成式人工智能服务备案号 | Generative AI filing
kind.genai-registration | 生成式人工智能服务上线编号 | Generative AI registration
kind.icp | ICP备案号 | ICP filing
kind.icp-app | APP备案号 | App filing
kind.icp-license | ICP许可证号 | ICP licence
kind.police | 公安联网备案号 | Public security filing
source.text | 文字 | text
source.image | 图片 | picture
source.attribute | 属性（不显示） | attribute (not shown)
source.generated | 样式表生成的文字 | text from the style sheet
source.comment | 源代码注释（不显示） | comment (not shown)
source.script | 脚本（不显示） | script (not shown)
region.header | 页眉 | header
region.main | 正文 | main part
region.footer | 页脚 | footer
region.dialog | 弹窗 | dialog
region.nav | 导航 | navigation
region.unknown | 位置不明 | place not told
target.official | 主管部门网站首页 | authority's home page
target.official-record | 该编号的公示记录 | official record of the number
target.announcement | 主管部门公告 | authority's announcement
target.own | 本站页面 | own page
target.third-party | 第三方网站 | third party
target.wrong-authority | 其他主管部门 | another authority
target.lookalike | 近似官方的域名 | lookalike host
target.dead | 空链接 | dead link
target.broken | 链接打不开 | broken link
target.none | 无链接 | no link
why.display-none | 设为不显示 | display: none
why.visibility-hidden | 设为隐藏 | visibility: hidden
why.transparent | 完全透明 | transparent
why.zero-size | 尺寸为零 | zero size
why.off-screen | 在页面之外 | off screen
why.clipped | 被裁切 | clipped away
why.covered | 被遮挡 | covered
why.same-colour | 与背景同色 | same colour as its ground
why.tiny | 字号小于5像素 | under 5 px
why.closed-details | 在收起的栏目内 | in a closed section
why.inert | 所在部分被停用 | inert
why.not-rendered | 未呈现 | not rendered
registry.listed | 见于公示清单 | in the register
registry.cancelled | 已注销 | cancelled
registry.absent | 所载清单中未见 | not in the lists loaded
registry.not-checked | 未核对 | not checked
service.generative | 生成式人工智能 | generative AI
service.recommendation | 算法推荐 | recommendation
service.deep-synthesis | 深度合成 | deep synthesis
service.none | 未见人工智能服务 | no AI service seen
model.own | 自有模型（备案） | own model (filing)
model.api | 调用已备案模型（登记） | calls a filed model (registration)
role.home | 首页 | home page
role.disclosure | 公示页 | disclosure page
role.about | 关于 | about
role.product | 产品页 | product page
role.legal | 协议、政策 | terms or policy
role.download | 下载页 | download page
role.store | 应用商店页 | app store page
role.other | 其他 | other
view.desktop | 桌面端 | Desktop
view.mobile | 移动端 | Phone
reached.ok | 已打开 | opened
reached.dns | 域名无法解析 | domain not found
reached.refused | 拒绝连接 | connection refused
reached.reset | 连接中断 | connection reset
reached.tls | 证书或加密错误 | certificate or encryption error
reached.timeout | 超时 | timed out
reached.not-http | 不是网页服务 | not a web server
reached.truncated | 内容不完整 | cut off
reached.http-4xx | 页面不存在或被拒（4xx） | client error (4xx)
reached.http-5xx | 服务器错误（5xx） | server error (5xx)
reached.blocked | 被防火墙或验证码拦截 | blocked by a firewall or CAPTCHA
reached.login | 需要登录 | login needed
reached.robots | robots.txt 不允许 | disallowed by robots.txt
reached.private-address | 内网地址，未访问 | private address, not visited
reached.scheme | 跳转到非网页地址 | redirect away from the web
reached.redirect-loop | 循环跳转 | redirect loop
reached.too-large | 页面过大 | too large
reached.not-html | 不是网页 | not HTML
reached.download | 是下载文件 | a download
reached.encoding | 编码无法识别 | unreadable encoding
reached.empty | 空白页 | empty
reached.parked | 域名停放页 | parked domain
reached.browser-crash | 浏览器崩溃 | browser crashed
reached.no-browser | 本机没有浏览器 | no browser on this machine
problem.missing-prefix | 缺少前缀 | prefix missing
problem.missing-suffix | 缺少“号” | 号 missing
problem.separator | 夹有空格或标点 | stray separator
problem.fullwidth | 全角字符 | full-width characters
problem.traditional | 繁体字 | traditional characters
problem.length | 位数不对 | wrong length
problem.division | 行政区划代码不存在 | unknown division code
problem.category | 类别代码不存在 | unknown category code
problem.year | 年份不合理 | implausible year
problem.serial | 序号不合理 | implausible serial
problem.check-digit | 校验位不符（推断） | check digit differs (inferred)
problem.placeholder | 占位文字 | placeholder
problem.date | 日期不合理 | implausible date
problem.province | 省份不对 | unknown province
problem.name | 名称不合格式 | malformed name
site | 网站 | Site
name | 名称 | Name
operator | 主体 | Operator
verdict | 结论 | Verdict
reached | 访问 | Reached
number | 编号 | Number
kind | 种类 | Kind
where | 位置 | Where
link | 链接 | Link
register | 公示清单 | Register
rule | 规则 | Rule
outcome | 结果 | Outcome
finding | 说明 | What was found
seen | 可见 | Visible
unseen | 不可见 | Not visible
not-looked | 未查看 | not looked at
taken-at | 取证时间 | Captured
service | 服务类型 | Kind of service
declared | 名单载明 | as the list says
inferred-kind | 由页面文字推断，把握 | inferred from the page, confidence
basis | 依据 | Basis
remedy | 怎样改 | What to do
paste | 可粘贴的代码 | HTML to paste
copy | 复制 | Copy
copied | 已复制 | Copied
evidence | 证据 | Evidence
disclosures | 展示的编号 | Numbers displayed
others | 页面提到的他人编号（不计为本站展示） | Numbers of others that the pages mention (not counted as displayed)
not-own | 他人编号 | someone else's
no-disclosures | 在已打开的页面上未见编号。 | No number was seen on the pages opened.
findings | 逐项结果 | Findings
passed-rules | 符合的项目 | Passed
inapplicable-rules | 不适用的项目 | Not applicable
error-rules | 未能完成的检查（不计为不符） | Checks that broke (not counted against the site)
to-review | 需人工核对 | For a person to check
visited | 访问了哪些页面 | Pages visited
page | 页面 | Page
clicks | 点击数 | Clicks
status | 状态码 | Status
clicks-away | 次点击 | click(s) from the home page
provenance | 出处与校验 | Provenance
version | 版本 | Version
rules-digest | 规则摘要 | Rules digest
policy-digest | 参考值摘要 | Policy digest
capture-hash | 取证文件 SHA-256 | Capture SHA-256
browser | 浏览器 | Browser
registers | 所载公示清单 | Registers loaded
not-loaded | 未载入 | not loaded
none | 无 | none
font-size | 字号 | text size
contrast | 对比度 | contrast
distance | 距页顶 | from the top
screens | 屏 | screens
covered | 遮挡 | covered
context | 原文 | In the page
problems | 书写问题 | Problems
written-as | 页面写作 | Written as
outline.solid | 红框为编号所在位置。 | The red frame marks the number.
outline.dashed | 虚线框为编号应在而未显示的位置。 | The dashed frame marks where the number stands unseen.
outline.none | 截图中无法标出位置。 | Its place can't be marked in the picture.
no-picture | 没有截图 | No picture
"""


def _read(table: str) -> dict[str, Text]:
    rows = (line.split(" | ") for line in table.strip().splitlines())
    return {key: Text(zh, en) for key, zh, en in rows}


_NOTES = {
    "proxy-note": Text(
        "法律未对“显著位置”规定字号、对比度或点击次数；本项按可配置的参考标准判断，不等同于违法认定。",
        "The law sets no text size, contrast or number of clicks for a “prominent position”; "
        "this item is judged by configurable reference values and is not a finding of unlawfulness.",
    ),
    "person-decides": Text(
        "本报告记录所见并引述要求，结论由有权机关或当事人判断。",
        "This report records what was seen and quotes what is asked; "
        "conclusions are for the authority or the parties to draw.",
    ),
    "unreached-note": Text(
        "未能打开的网站既不计为符合，也不计为不符合。",
        "Sites that were not reached count neither as compliant nor as non-compliant.",
    ),
}

WORDS = _read(_TABLE) | _NOTES


def word(key: str) -> Text:
    """The words of a key; a code that the table does not know (a newer rule's, say) is shown as it is.

    >>> word("target.none").en
    'no link'
    >>> word("problem.newer-code").zh
    'newer-code'
    """
    return WORDS.get(key) or Text(key.rpartition(".")[2], key.rpartition(".")[2])


def say(key: str, language: Language) -> str:
    """The words of a key in one language."""
    return pick(word(key), language)


def pick(text: Text, language: Language) -> str:
    """A text in one language."""
    return text.zh if language == "zh" else text.en
