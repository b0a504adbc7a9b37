"""What each kind of number is called, where it may be used, and what it does not replace."""

from auditor.model import NumberKind, Text

NAMES = {
    NumberKind.ALGORITHM: Text("算法备案编号", "algorithm filing number"),
    NumberKind.GENAI_FILING: Text("生成式人工智能服务（大模型）备案号", "filing number of a generative-AI service"),
    NumberKind.GENAI_REGISTRATION: Text(
        "生成式人工智能服务上线编号（登记）", "registration number of a generative-AI application"
    ),
    NumberKind.ICP: Text("网站 ICP 备案号", "ICP filing number of a website"),
    NumberKind.ICP_APP: Text("App、小程序等的 ICP 备案号", "ICP filing number of an app or mini-program"),
    NumberKind.ICP_LICENSE: Text("增值电信业务经营许可证（ICP 证）编号", "ICP licence number"),
    NumberKind.POLICE: Text("公安联网备案号", "public-security filing number"),
}

USES = {
    NumberKind.ALGORITHM: Text(
        "备案的是某一主体以某一角色使用的一个算法，一个产品可有多个。"
        "应在对外提供服务的网站、应用程序等的显著位置标明，并提供公示信息链接"
        "（《互联网信息服务算法推荐管理规定》第二十六条，《互联网信息服务深度合成管理规定》第十九条）。"
        "不能代替大模型备案号或上线编号。备案不代表认可，不得用于宣传和其他商业用途。",
        "Files one algorithm of one entity in one role; a product may have several. "
        "It is to stand in a prominent position of the websites and apps through which the service is offered, "
        "with a link to the public information (algorithm recommendation provisions, article 26; deep synthesis "
        "provisions, article 19). It replaces neither a model's filing number nor a registration number. "
        "A filing is not an endorsement and must not be used for publicity or other commercial purposes.",
    ),
    NumberKind.GENAI_FILING: Text(
        "备案的是一项服务（模型），通过属地网信部门备案。应在显著位置或产品详情页面公示模型名称及备案号"
        "（国家网信办 2024-04-02 公告）；公告没有要求链接。"
        "使用他人已备案模型的应用注明该模型的名称及备案号，但它不是应用自己的编号。不能代替算法备案编号。",
        "Files a service (model), through the province's office. The name of the model and the number are to be "
        "shown in a prominent position or on the product's detail page (CAC announcement of 2024-04-02); "
        "the announcement asks for no link. An application on another operator's filed model names that model and "
        "its number, which is not the application's own. It does not replace an algorithm filing number.",
    ),
    NumberKind.GENAI_REGISTRATION: Text(
        "登记的是一个直接调用已备案模型能力的应用或功能，由省级网信部门登记，只属于该应用。"
        "应在显著位置或产品详情页面公示（国家网信办 2025-01-08 起各期公告）。"
        "他人的上线编号不能当作自己的；不能代替算法备案编号。",
        "Registers one application or function that calls a filed model, at the province's office, and belongs to "
        "that application alone. It is to be shown in a prominent position or on the product's detail page "
        "(CAC announcements since 2025-01-08). It serves no other application and does not replace an algorithm "
        "filing number.",
    ),
    NumberKind.ICP: Text(
        "应标在网站主页底部的中央位置，并链接 https://beian.miit.gov.cn/"
        "（《非经营性互联网信息服务备案管理办法》第十三条）。与人工智能备案无关。",
        "To stand at the bottom centre of the home page with a link to https://beian.miit.gov.cn/ (measures on the "
        "filing of non-commercial internet information services, article 13). It is no filing of an AI service.",
    ),
    NumberKind.ICP_APP: Text(
        "应标在 App 的显著位置，并链接备案系统网址（工业和信息化部 2023 年 App 备案通知）。与人工智能备案无关。",
        "To stand in a prominent position of the app with a link to the filing system (MIIT notice of 2023 on app "
        "filing). It is no filing of an AI service.",
    ),
    NumberKind.ICP_LICENSE: Text(
        "应标在网站主页的显著位置（《互联网信息服务管理办法》第十二条）。与人工智能备案无关。",
        "To stand in a prominent position of the home page (regulation on internet information services, article "
        "12). It is no filing of an AI service.",
    ),
    NumberKind.POLICE: Text(
        "按公安备案平台的要求标在网站首页底部，并链接 https://beian.mps.gov.cn/。与人工智能备案无关。",
        "To stand at the bottom of the home page with a link to https://beian.mps.gov.cn/, as the platform asks. "
        "It is no filing of an AI service.",
    ),
}
"""Sources: the texts that each names."""
