"""The texts that rules rest on, each once, quoted as they stand.

Where only a reprint could be read, or a text on something else is used by analogy (类推), the name of the law says so.
"""

from auditor.model import Citation, Level

_ALGORITHMS = "《互联网信息服务算法推荐管理规定》"
_ALGORITHMS_URL = "https://www.cac.gov.cn/2022-01/04/c_1642894606364259.htm"
_SYNTHESIS = "《互联网信息服务深度合成管理规定》"
_SYNTHESIS_URL = "https://www.cac.gov.cn/2022-12/11/c_1672221949354811.htm"
_GENERATIVE = "《生成式人工智能服务管理暂行办法》"
_GENERATIVE_URL = "https://www.cac.gov.cn/2023-07/13/c_1690898327029107.htm"
_NOTICE = "国家网信办生成式人工智能服务备案公告（2024-04-02及其后各期）"
_NOTICE_URL = "https://www.cac.gov.cn/2024-04/02/c_1713729983803145.htm"
_ORDER_292 = "国务院令第292号《互联网信息服务管理办法》"
_ORDER_292_URL = "https://www.gov.cn/gongbao/content/2000/content_60531.htm"
_ORDER_33 = "信息产业部令第33号《非经营性互联网信息服务备案管理办法》"
_ORDER_33_URL = (
    "https://www.miit.gov.cn/gyhxxhb/jgsj/cyzcyfgs/bmgz/xxtxl/art/2024/art_84a0cfa0ebd049bbbe751dca9a008e56.html"
)
_NOTICE_191 = "国信办秘字〔2019〕191号《App违法违规收集使用个人信息行为认定方法》"
_NOTICE_191_URL = "https://www.cac.gov.cn/2019-12/27/c_1578986455686625.htm"
_LAWS_URL = "https://flk.npc.gov.cn/"

ALGORITHM_NOTICE = Citation(
    _ALGORITHMS,
    "第十六条",
    "应当以显著方式告知用户其提供算法推荐服务的情况，并以适当方式公示算法推荐服务的基本原理、目的意图和主要运行机制等",
    _ALGORITHMS_URL,
    Level.RULE,
)
ALGORITHM_FILING = Citation(
    _ALGORITHMS,
    "第二十四条第一款",
    "应当在提供服务之日起十个工作日内通过互联网信息服务算法备案系统填报",
    _ALGORITHMS_URL,
    Level.RULE,
)
ALGORITHM_CHANGE = Citation(_ALGORITHMS, "第二十四条第二款", "变更之日起十个工作日内", _ALGORITHMS_URL, Level.RULE)
ALGORITHM_END = Citation(
    _ALGORITHMS,
    "第二十四条第三款",
    "终止服务之日起二十个工作日内办理注销备案手续",
    _ALGORITHMS_URL,
    Level.RULE,
)
ALGORITHM_ISSUE = Citation(
    _ALGORITHMS, "第二十五条", "应当在三十个工作日内予以备案，发放备案编号并进行公示", _ALGORITHMS_URL, Level.RULE
)
ALGORITHM_DISPLAY = Citation(
    _ALGORITHMS,
    "第二十六条",
    "完成备案的算法推荐服务提供者应当在其对外提供服务的网站、应用程序等的显著位置标明其备案编号并提供公示信息链接。",
    _ALGORITHMS_URL,
    Level.RULE,
)
ALGORITHM_REVOKED = Citation(_ALGORITHMS, "第三十三条", "予以撤销备案", _ALGORITHMS_URL, Level.RULE)

SYNTHESIS_SUPPORTER = Citation(
    _SYNTHESIS,
    "第十九条第二款",
    "深度合成服务技术支持者应当参照前款规定履行备案和变更、注销备案手续。",
    _SYNTHESIS_URL,
    Level.RULE,
)
SYNTHESIS_DISPLAY = Citation(
    _SYNTHESIS,
    "第十九条第三款",
    "完成备案的深度合成服务提供者和技术支持者应当在其对外提供服务的网站、应用程序等的显著位置标明其备案编号并提供公示信息链接",
    _SYNTHESIS_URL,
    Level.RULE,
)

GENERATIVE_FILING = Citation(
    _GENERATIVE,
    "第十七条",
    "提供具有舆论属性或者社会动员能力的生成式人工智能服务的，应当按照国家有关规定开展安全评估，"
    "并按照《互联网信息服务算法推荐管理规定》履行算法备案和变更、注销备案手续。",
    _GENERATIVE_URL,
    Level.RULE,
)
GENERATIVE_MODELS = Citation(
    _GENERATIVE, "第七条第（一）项", "使用具有合法来源的数据和基础模型", _GENERATIVE_URL, Level.RULE
)

MODEL_DISPLAY = Citation(
    _NOTICE,
    "公告第2段",
    "已上线的生成式人工智能应用或功能，应在显著位置或产品详情页面公示所使用已备案生成式人工智能服务情况，注明模型名称及备案号。",
    _NOTICE_URL,
    Level.NOTICE,
)
REGISTRATION_DISPLAY = Citation(
    "上海市互联网信息办公室生成式人工智能服务登记公告（2026-06-08，据36氪转述）",
    "公告正文",
    "已上线的生成式人工智能应用或功能，应在显著位置或产品详情页面标明所取得的上线编号",
    "https://www.36kr.com/",
    Level.NOTICE,
)
REGISTRATION_DUTY = Citation(
    "国家网信办生成式人工智能服务备案公告（2025年起各期，据媒体转载）",
    "公告正文",
    "通过API接口或其他方式直接调用已备案模型能力",
    "https://www.cac.gov.cn/2025-01/08/c_1738034725920930.htm",
    Level.NOTICE,
)

ICP_DISPLAY = Citation(
    _ORDER_292,
    "第十二条",
    "互联网信息服务提供者应当在其网站主页的显著位置标明其经营许可证编号或者备案编号。",
    _ORDER_292_URL,
    Level.REGULATION,
)
ICP_PLACE = Citation(
    _ORDER_33, "第十三条", "应当在其网站开通时在主页底部的中央位置标明其备案编号", _ORDER_33_URL, Level.RULE
)
ICP_LINK = Citation(
    _ORDER_33,
    "第十三条",
    "并在备案编号下方按要求链接信息产业部备案管理系统网址，供公众查询核对",
    _ORDER_33_URL,
    Level.RULE,
)
FOOTER_IS_PROMINENT = Citation(
    _ORDER_33 + "（类推）",
    "第十三条",
    "主页底部的中央位置",
    _ORDER_33_URL,
    Level.PROXY,
)
APP_DISPLAY = Citation(
    "工业和信息化部《关于开展移动互联网应用程序备案工作的通知》（2023）",
    "通知正文",
    "APP主办者应当在APP显著位置标明其备案编号，并在备案编号下方按要求链接备案系统网址，供公众查询核对",
    "https://www.miit.gov.cn/zwgk/zcwj/wjfb/tz/art/2023/art_920db564162e4312916a01bed6540ad8.html",
    Level.NOTICE,
)
APP_FILING = Citation(
    "《中华人民共和国反电信网络诈骗法》",
    "第二十三条",
    "设立移动互联网应用程序应当按照国家有关规定向电信主管部门办理许可或者备案手续。",
    _LAWS_URL,
    Level.LAW,
)
POLICE_FILING = Citation(
    "公安部令第33号《计算机信息网络国际联网安全保护管理办法》",
    "第十二条",
    "自网络正式联通之日起30日内",
    "https://www.cac.gov.cn/2014-10/08/c_1112737294.htm",
    Level.RULE,
)
POLICE_DISPLAY = Citation(
    "全国互联网安全管理服务平台说明",
    "平台说明",
    "网站首页底部显著位置",
    "https://beian.mps.gov.cn/",
    Level.PRACTICE,
)

NOT_AN_ENDORSEMENT = Citation(
    "国家网信办互联网信息服务算法备案系统上线说明（2022-02-28）",
    "说明正文",
    "该备案不代表对有关主体、算法、产品、服务等的认可，任何组织和个人不得将备案结果用于宣传和其他商业用途。",
    "https://beian.cac.gov.cn/#/index",
    Level.NOTICE,
)
ADVERTISING_STATE = Citation(
    "《中华人民共和国广告法》", "第九条第（二）项", "使用或者变相使用国家机关", _LAWS_URL, Level.LAW
)
ADVERTISING_SUPERLATIVE = Citation(
    "《中华人民共和国广告法》", "第九条第（三）项", "“国家级”、“最高级”、“最佳”等用语", _LAWS_URL, Level.LAW
)

LEGIBLE = Citation(
    _NOTICE_191 + "（类推）",
    "一（4）",
    "难以阅读，如文字过小过密、颜色过淡、模糊不清，或未提供简体中文版等",
    _NOTICE_191_URL,
    Level.PROXY,
)
FEW_CLICKS = Citation(
    _NOTICE_191 + "（类推）",
    "一（3）",
    "进入App主界面后，需多于4次点击等操作才能访问到",
    _NOTICE_191_URL,
    Level.PROXY,
)
TWO_CLICKS = Citation(
    "德国联邦最高法院2006年7月20日 I ZR 228/03 号判决（方法参考，意译）",
    "§ 5 DDG（原 § 6 TDG）",
    "两次点击通常足以到达",
    "https://www.bundesgerichtshof.de/",
    Level.PROXY,
)
LASTING = Citation(
    "GB 45438—2025《网络安全技术 人工智能生成合成内容标识方法》（类推）",
    "5.6",
    "在界面顶部、底部、背景等适当位置持续显示提示文字；字型和颜色清晰可辨",
    "https://www.tc260.org.cn/",
    Level.PROXY,
)
LASTING_COMMERCE = Citation(
    "《中华人民共和国电子商务法》（类推）", "第十五条", "首页显著位置，持续公示", _LAWS_URL, Level.PROXY
)
CONTRAST = Citation(
    "WCAG 2.x（技术参考）",
    "1.4.3 (AA)",
    "text has a contrast ratio of at least 4.5:1; large text at least 3:1",
    "https://www.w3.org/TR/WCAG22/#contrast-minimum",
    Level.PROXY,
)
NON_TEXT = Citation(
    "WCAG 2.x（技术参考）",
    "1.1.1 (A)",
    "All non-text content has a text alternative that serves the equivalent purpose",
    "https://www.w3.org/TR/WCAG22/#non-text-content",
    Level.PROXY,
)
ACCESSIBLE = Citation(
    "《中华人民共和国无障碍环境建设法》（鼓励性条款）",
    "第三十二条",
    "逐步符合无障碍网站设计标准",
    _LAWS_URL,
    Level.PROXY,
)
CHECK_DIGIT = Citation(
    "国家网信办历次公布的算法备案清单（推断，无公开规定）",
    "编号第21位",
    "7,985个公布编号中有7,984个满足 Σ d[i]·2^(20−i) ≡ 1 (mod 10)",
    "https://beian.cac.gov.cn/#/index",
    Level.INFERRED,
)
CATEGORY_DIGITS = Citation(
    "国家网信办历次公布的算法备案清单（推断，无公开规定）",
    "编号第14–15位",
    "01 生成合成类，02 个性化推送类，03 排序精选类，04、05 检索过滤类，06 调度决策类",
    "https://beian.cac.gov.cn/#/index",
    Level.INFERRED,
)
