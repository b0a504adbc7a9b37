"""Words and controls that tell what kind of service a page offers, each with the weight of its evidence.

A weight is the share of pages with this sign, and no other, that would be such a service: a rough estimate, set so
that no single sign is enough to blame anybody (`auditor.service.SURE`). Signs of one family say the same thing, so only
the strongest of a family counts. `TALK` and `CONTEXT` tell apart what only talks about AI: news, law, teaching, lists.
All patterns meet text that was folded: half-width, lower case, blanks squeezed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from auditor.models_named import NAMES
from seeds.model import ServiceKind

_GEN, _DEEP, _REC = ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS, ServiceKind.RECOMMENDATION


class Where(StrEnum):
    """Which texts of a page a sign is looked for in."""

    FIELD = "field"  # a place to write into, by its label or placeholder
    BUTTON = "button"  # a whole button label
    LINE = "line"  # anywhere in a short line
    LABEL = "label"  # a whole short line
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a kind of service."""

    family: str
    kind: ServiceKind
    weight: float
    where: Where
    pattern: re.Pattern[str]
    needs_ai: bool = False  # counts only on a page that speaks of AI at all


AI_WORD = re.compile(
    r"(?<![a-z])ai(?:gc)?(?![a-z])|人工智能|大模型|智能体|gpt|deepseek|生成式|机器人助手|虚拟角色|智能(?:助手|"
    r"问答|对话|写作|创作)"
)

NOT_A_PROMPT = re.compile(
    r"留言|评论|姓名|称呼|电话|手机|联系|邮箱|邮件|公司|单位|地址|搜索|关键词|查询|反馈|投诉|商品|订单|验证码|密码|"
    r"search|comment|e-?mail|phone|subject|name|回答|悬赏|标题|昵称|备注|客服|顾问|导购|快递|运单"
)
"""Labels of fields that ask for something else: contact forms, comments, search."""

_ASK = re.compile(
    r"问我任何|(?:向|问|和|跟|与|给|对).{0,12}(?:ai|智能|机器人|助手|助理|大模型|智能体|gpt).{0,10}"
    r"(?:提问|提出|问|聊|对话|发.{0,2}消息|说|问题)|(?:向|问|和|跟|与)我(?:提问|聊|对话|说)|问问\S{1,8}|"
    r"给.{1,12}发(?:送)?消息|"
    r"提示词|prompt|咒语|(?:画面|创意|镜头)描述|想(?:画|生成)(?:什么|的)|"
    r"描述.{0,10}(?:想|要|希望|需要).{0,12}(?:画|图|视频|生成|创作|音乐|歌|网页|应用|效果|海报)|"
    r"输入.{0,20}(?:生成|创作|续写|扩写|改写|润色|画面|绘制)|(?:写作|论文|ppt|小说|作文|歌曲|"
    r"文案).{0,3}(?:主题|题目|大纲|要求)|"
    r"(?:有什么|有啥|有何).{0,6}(?:可以|能).{0,4}帮|尽管问|ask (?:me )?anything|ask ai|message \S{0,20}(?:gpt|ai|bot)|"
    r"how can i help|describe (?:the|your|an|a|what)|让ai|帮我写"
)
_ASK_OPENLY = re.compile(
    r"随便[问聊]|聊点什么|想[聊问]|今天想|让我帮|shift ?\+ ?enter|发(?:送)?消息|灵感|"
    r"(?:故事|绘本|视频|图片|文章|写作)(?:的)?(?:主题|内容|要求|描述)|就.{1,8}提问|输入.{0,8}(?:歌词|题目|"
    r"文案|要点|关键信息)"
)
_ASK_WEAKLY = re.compile(
    r"(?:输入|写下|说出|提出|描述).{0,10}(?:问题|想法|需求|疑问|指令|内容)|输入消息|输入(?:内容|文字|文本|"
    r"文案)|type (?:a|your) message|"
    r"send a message|想问什么|有问题|说说你的|说点什么"
)
_CHAT_BUTTON = re.compile(r"(?:新建|新|开启新|创建)对话|重新生成|停止生成|深度思考.{0,6}|联网搜索|regenerate")
_SESSION_BUTTON = re.compile(r"(?:新建|新|开启新|创建)(?:会话|聊天)|new chat")  # messengers for people have it, too
_MAKE_BUTTON = re.compile(
    r"(?:开始|立即|一键|马上|免费|智能|ai|点击){0,2}(?:生成|绘画|作画|续写|扩写|改写|润色|生图|写歌|作曲|成文|成片)"
    r"(?:图片|图像|文章|文案|视频|ppt|大纲|论文|音乐|歌曲|海报|内容|简历|代码|设计|logo|画作|初稿|作品)?|"
    r"ai(?:修图|抠图|绘图|写稿|改图|扩图|消除|写作|创作|绘画)|generate(?: image| video| text| code)?"
)
_CREATE_BUTTON = re.compile(
    r"(?:开始|立即|马上|免费|去|点击){1,2}(?:创作|写作|制作|提问|对话)|制作(?:绘本|视频|海报|ppt)|发送|提问|send"
)
_GREETING = re.compile(
    r"(?:^|[,!~。:; ])我是.{0,16}(?:ai|智能|人工智能|大模型|语言模型).{0,10}(?:助手|助理|伙伴|管家|模型|顾问|"
    r"老师|医生|朋友)|"
    r"(?:^|[,!~。:; ])我是.{1,16}(?:助手|智能体)|i'?m .{0,20}ai assistant|(?:我|ai|助手)(?:可以|"
    r"能).{0,4}(?:帮|为)(?:你|您).{0,24}"
    r"(?:写|画|生成|翻译|总结|编程|代码|解答|创作|作答)|"
    r"how can i help you today|what can i help with"
)
_OFFERS_HELP = re.compile(r"(?:有什么|有啥).{0,3}(?:可以|能).{0,3}帮(?:你|您|到)")
_CONVERSE = re.compile(r"(?:^|[,。! ])(?:与|和|跟).{1,10}(?:对话|聊天|聊聊|畅聊)|chat with \w+|问我任何|随时问我")
_MAKER = (
    r"(?:写作|绘画|绘图|作图|生图|修图|文案|图片|图像|视频|音乐|作曲|写歌|歌曲|ppt|对话|聊天|问答|创作|编程|"
    r"代码|设计|海报|简历|论文|"
    r"小说|文章|头像|写真|搜索|阅读|翻译|文档|作文|智能体|logo|3d|漫画|动漫|短剧)"
)
_SLOGAN = re.compile(
    rf"(?:(?<![a-z])ai|aigc|人工智能|智能){_MAKER}{{1,2}}(?:生成|创作)?(?:工具|助手|平台|神器|生成器|软件|应用|"
    rf"机器人|大师|引擎|工坊|社区|网站)|"
    r"(?:一站式|你的|您的|全能|超级|专属|免费|好用的|新一代|懂你的|一款).{0,10}(?<![a-z])ai.{0,10}(?:助手|"
    r"伙伴|工具|平台|搜索|搭子|朋友|老师)|"
    r"(?:^|[,。|_·—\- ])ai(?:助手|搜索引擎|聊天机器人)(?:[,。|_·—\- ]|$)|生成式(?:ai|人工智能)(?:服务|产品|"
    r"应用|助手)|对话式ai|"
    r"(?:一键|一句话|输入.{0,8}(?:即可|就能|自动)?|几秒|\d+秒).{0,6}(?:生成|创作|成文|成片|出图|谱曲|写|"
    r"画).{0,10}(?:图|视频|文|ppt|歌|论文|画|代码|"
    r"应用|网页|绘本|本|稿)|"
    r"(?<![a-z])ai(?:智能|自动|一键|帮你|为你|立即|替你){0,2}(?:生成|写|画|绘|谱曲|作曲|成稿|总结|创作|批改|"
    r"解答)|ai.{0,10}一键生成|"
    r"用ai.{0,8}(?:写|画|生成|定制|创作|制作)|ai.{0,4}(?:陪伴|伴侣|恋人|虚拟角色)|"
    r"ai (?:chat|writing|image|video|art|music|code)\w* (?:assistant|generator|tool|creator)"
)
_DISCLAIMER = re.compile(
    r"(?<!本文)(?<!图片)(?:内容|回答|结果|作品|答案|输出)[^。;]{0,12}由.{0,10}(?:ai|人工智能|大模型|模型|"
    r"算法).{0,6}(?:生成|输出|合成)|"
    r"(?:ai|人工智能|模型)(?:自动)?(?:生成|输出).{0,6}[^。]{0,8}(?:仅供参考|甄别|核实|谨慎|不代表)|ai也?可能会?犯错|"
    r"(?:ai|gpt|bot|it) can make mistakes|ai-generated.{0,30}(?:reference|accura)"
)
_STATEMENT = re.compile(
    r"(?:本|该)(?:产品|服务|应用|平台|软件|功能|网站).{0,10}(?:是|属于|为|提供).{0,10}(?:生成式(?:人工智能|"
    r"ai)|ai生成|智能对话)"
)
_API_SALE = re.compile(
    r"(?:大模型|模型) ?(?:api|服务平台|开放平台|广场|推理服务)|(?:百万|千) ?tokens?|/ ?[m1]k? ?tokens?|"
    r"(?:创建|获取|申请|管理)?api ?key(?:管理)?$"
)
_USES_MODEL = re.compile(
    r"由.{1,20}模型(?:提供|驱动)|(?:接入|搭载|集成|内置|聚合|直接使用).{0,12}(?:大模型|deepseek|gpt|豆包|通义|"
    r"文心|混元|星火|kimi|claude)|"
    r"自研.{0,8}模型|大模型(?:已|通过)[^。]{0,6}备案"
)

_SYNTH = (
    r"换脸|换装|变脸|人脸(?:替换|融合|编辑)|语音合成|(?:文字|文本)转(?:语音|音频)|声音(?:克隆|复刻|定制)|"
    r"克隆声音|变声器?|仿声|"
    r"数字人|数字分身|虚拟(?:主播|人|形象)|对口型|口型同步|照片(?:说话|唱歌|跳舞|动起来)|(?<![a-z])(?:ai|"
    r"智能) ?(?:配音|翻唱|唱歌|写真|歌手)|配音"
)
_SYNTH_LABEL = re.compile(
    rf"(?:在线|免费|ai|智能|一键|视频|图片|照片|真人|2d|3d|超写实|明星){{0,3}}(?:{_SYNTH})"
    r"(?:工具|软件|生成|制作|定制|视频|直播|克隆|平台|合成|大师|神器|功能|app|api|播报|口播|短视频){0,2}"
)
_SYNTH_SLOGAN = re.compile(
    rf"(?:{_SYNTH}).{{0,4}}(?:工具|软件|平台|神器|生成器|在线|app|助手|制作|大师)|"
    rf"(?:在线|一键|免费|几秒|轻松).{{0,8}}(?:{_SYNTH})|(?:text to speech|voice clon|face swap|lip sync|"
    rf"talking avatar)\w*"
)
_SYNTH_BUTTON = re.compile(
    r".{0,4}(?:换脸|变声|配音|克隆(?:声音|音色)?|数字人|合成(?:语音|音频|视频)?|对口型|转换为?语音|"
    r"换装)(?:视频|生成)?|上传(?:人脸|人像|声音|音色).{0,4}"
)
_SYNTH_FIELD = re.compile(
    r"输入.{0,12}(?:配音|朗读|合成|转换|播报|口播|语音)|(?:配音|朗读|合成|播报|口播).{0,3}(?:文本|文案|内容|"
    r"文字|稿)|text to (?:speak|speech)"
)

_REC_SETTING = re.compile(
    r"(?:关闭|开启|管理|设置)?(?:个性化|算法|智能)(?:内容)?推荐(?:算法)?(?:服务|管理|设置|开关|说明|公示|规则|"
    r"机制|原理|功能)*|"
    r"个性化(?:内容|展示|广告与推荐|推送)(?:设置|管理|开关)|(?:algorithm|"
    r"personali[sz]ed) recommendations?(?: settings)?"
)
_REC_SAYS = re.compile(
    r"(?:根据|结合|基于).{0,6}(?:你|您|用户).{0,12}(?:兴趣|喜好|偏好|行为|历史|习惯|口味|画像|"
    r"记录).{0,16}(?:推荐|推送|匹配)|千人千面|"
    r"(?:向|为|给)(?:你|您|用户).{0,4}(?:进行|提供|展示)?(?:个性化|智能|精准)(?:地)?(?:的)?(?:推荐|推送|内容)|"
    r"推荐给感兴趣的|"
    r"个性化推荐(?:信息|资讯|内容|视频|音乐|商品|引擎)"
)
_REC_BLOCK = re.compile(
    r"猜你(?:喜欢|想看|想买|想听)|(?:为|给)[你您](?:推荐|精选|优选)|你可能(?:感兴趣|还?喜欢).{0,3}|每日推荐|"
    r"私人(?:fm|电台|漫游)|recommended for you|for you"
)

SIGNS = (
    Sign("field", _GEN, 0.7, Where.FIELD, _ASK),
    Sign("field", _GEN, 0.5, Where.FIELD, _ASK_OPENLY, needs_ai=True),
    Sign("field", _GEN, 0.35, Where.FIELD, _ASK_WEAKLY, needs_ai=True),
    Sign("button", _GEN, 0.6, Where.BUTTON, _CHAT_BUTTON),
    Sign("button", _GEN, 0.5, Where.LABEL, _CHAT_BUTTON),
    Sign("button", _GEN, 0.6, Where.BUTTON, _SESSION_BUTTON, needs_ai=True),
    Sign("button", _GEN, 0.5, Where.LABEL, _SESSION_BUTTON, needs_ai=True),
    Sign("button", _GEN, 0.5, Where.BUTTON, _MAKE_BUTTON, needs_ai=True),
    Sign("button", _GEN, 0.25, Where.LABEL, _MAKE_BUTTON, needs_ai=True),
    Sign("button", _GEN, 0.2, Where.BUTTON, _CREATE_BUTTON, needs_ai=True),
    Sign("converse", _GEN, 0.35, Where.LINE, _CONVERSE, needs_ai=True),
    Sign("greeting", _GEN, 0.6, Where.LINE, _GREETING),
    Sign("greeting", _GEN, 0.5, Where.LINE, _OFFERS_HELP, needs_ai=True),
    Sign("slogan", _GEN, 0.5, Where.TITLE, _SLOGAN),
    Sign("slogan", _GEN, 0.45, Where.LINE, _SLOGAN),
    Sign("disclaimer", _GEN, 0.6, Where.LINE, _DISCLAIMER),
    Sign("statement", _GEN, 0.5, Where.LINE, _STATEMENT),
    Sign("api", _GEN, 0.45, Where.LINE, _API_SALE, needs_ai=True),
    Sign("model", _GEN, 0.3, Where.LINE, _USES_MODEL),
    Sign("picker", _GEN, 0.3, Where.LABEL, NAMES),
    Sign("picker", _GEN, 0.4, Where.BUTTON, NAMES),
    Sign("synthesis-button", _DEEP, 0.55, Where.BUTTON, _SYNTH_BUTTON),
    Sign("synthesis-field", _DEEP, 0.6, Where.FIELD, _SYNTH_FIELD),
    Sign("synthesis-slogan", _DEEP, 0.5, Where.TITLE, _SYNTH_SLOGAN),
    Sign("synthesis-slogan", _DEEP, 0.4, Where.LINE, _SYNTH_SLOGAN),
    Sign("setting", _REC, 0.7, Where.BUTTON, _REC_SETTING),
    Sign("setting", _REC, 0.55, Where.LABEL, _REC_SETTING),
    Sign("says", _REC, 0.55, Where.LINE, _REC_SAYS),
    Sign("block", _REC, 0.35, Where.LABEL, _REC_BLOCK),
)
"""Single signs. Features that are offered together with a way to use them are counted in `auditor.service`."""

FEATURES = {
    _GEN: re.compile(
        rf"(?:免费|在线|一键|智能)?(?:(?:ai|aigc|gpt|人工智能)(?:智能|自动|一键)?{_MAKER}{{1,2}}|智能(?:写作|"
        rf"问答|对话|绘画|创作|聊天)|"
        r"文生图|图生图|文生视频|图生视频|首尾帧生成|文生音乐|(?:图像|图片|视频|代码|文案|音乐)生成|一句话生成\S{1,4}|"
        r"ai.{0,4}(?:助手|助理|续写|扩写|改写|润色|消除|扩图|抠图|总结|解读|批改|解题|伴侣|陪伴|陪练|陪聊|"
        r"模特|商品图|绘本|海报|作曲|编曲|写\S{1,3}|"
        r"画\S{1,2}|生成\S{0,4}))"
        r"(?:工具|助手|生成器?|创作|平台|神器|机器人|大师|工坊|换装)?"
    ),
    _DEEP: _SYNTH_LABEL,
}
"""Whole short lines that name a feature, as menus and cards of products do."""

USE = re.compile(
    r"(?:立即|马上|免费|开始|在线|现在|前往|去|点击|网页版?|登录|注册|体验){1,3}(?:体验|使用|试用|创作|对话|"
    r"聊天|写作|绘画|生成|开始|制作|提问)(?:吧|一下)?|"
    r"(?:免费|立即)(?:注册|下载)|登录(?:即可)?使用|下载(?:app|客户端)|try (?:it )?(?:now|free|for free)|"
    r"start (?:chatting|"
    r"creating|for free)|"
    r"开始(?:一段)?新?对话|进入(?:对话|工作台|创作)|打开网页版|(?:立即|马上|免费|开始|去|一键)(?:下载|安装|"
    r"制作|生成)|扫码下载|安装插件|upgrade|sign up"
)
"""Whole short lines by which a visitor starts to use the product."""

TALK = re.compile(
    r"推荐|盘点|排行|大全|导航|合集|汇总|评测|测评|对比|发布|宣布|推出|获得|获评|融资|仪式|教程|如何|怎么|"
    r"怎样|什么是|为什么|为何|解读|报告|趋势|"
    r"大会|峰会|论坛|培训|课程|讲座|学院|专业|招聘|新闻|资讯|动态|研究|监管|办法|规定|通知|公告|亿元|记者|"
    r"案例|解决方案|行业|热议|争议|"
    r"[?？]|\d+款|十大|必备|指南|入门|学会|带你|揭秘|风险|诈骗|警惕|禁止|不得|严禁|未接入|不提供|暂不|尚未|"
    r"我们也?用|赋能"
)
"""Lines with these talk about AI rather than offer it."""

CONTEXT = re.compile(
    r"课程|培训|教程|学院|大学|学校|大会|峰会|展会|政策|协议|条款|声明|公告|研究院|研究所|新闻|资讯|日报|晚报|"
    r"时报|频道|论坛|百科|招聘|政府|委员会|协会|法院|检察|导航|工具集|网址|收录|"
    r"排行榜|榜单|下载站|下载园|软件园|小说阅读|小说网|第[一二三四五六七八九十百千\d]+[章回]|大全|合集|法规|法律|博客|文库|图书|出版|杂志|期刊|盘点|评测|报告|标准|blog|news|tutorial|university"
)
"""Titles with these belong to pages that talk about things."""

ARTICLE = re.compile(
    r"发布(?:时间|日期|于)|来源 ?:|作者 ?:|记者 ?[^\s]|责任?编辑?[:：]|责编|阅读(?:量|数)? ?[:：]?\d|上一篇|"
    r"下一篇|分享到|相关(?:阅读|文章|推荐)|原标题|"
    r"^第[一二三四五六七八九十百]+条|\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日? \d\d:\d\d|据悉|据.{2,10}(?:报道|"
    r"消息)|本文|转载|published|min read"
)
"""Lines of an article. Two different ones make a page an article."""

CONSULT = re.compile(
    r"预约(?:演示|咨询|体验)|立即咨询|获取(?:方案|报价)|申请(?:试用|演示)|在线咨询|免费咨询|商务咨询|"
    r"行业?解决方案|客户案例|成功案例|book a demo|contact sales"
)
"""Whole short lines of firms that sell to firms."""

CODE = re.compile(
    r"^(?:[$>] ?)?(?:npm (?:i|install) |(?:yarn|pnpm|cargo) add |pip install |go get |git clone |docker (?:run|pull) )|"
    r"^import .{1,60} from "
)
"""Lines of documentation for programmers, whose chats are samples."""

SPEECH = re.compile(r"[”\"][^“\"]{0,12}(?:说|道|问|答|喊|想)")
"""Somebody is quoted: a story, not the greeting of a service."""

DENIES = re.compile(
    r"(?:未|没有|不|无)(?:接入|使用|提供|涉及|包含|采用|具备|含有).{0,8}(?:生成式|人工智能生成|ai生成|大模型|"
    r"人工智能服务)"
)
"""The site says that it has no generative AI."""
