"""Which numbers a service must show: the decision table.

One row per kind of service, source of its model and audience, labelled A to I, each duty with its basis. Whether a
service has 舆论属性或者社会动员能力, the threshold of all filings, can only be presumed from outside: a row says what
is due of a service *of that row*, and only of one that is surely of its kind.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.model import Service, Text
from auditor.service import SURE, foreign_models
from seeds.model import ModelSource, ServiceKind


class Owed(StrEnum):
    """What is to be shown."""

    ALGORITHM_NUMBER = "algorithm-number"
    ALGORITHM_LINK = "algorithm-link"
    MODEL_NUMBER = "model-number"  # its own: name of the model and 备案号
    UPSTREAM_MODEL = "upstream-model"  # name and 备案号 of the model that is called
    REGISTRATION_NUMBER = "registration-number"  # its own 上线编号
    MODEL_OR_REGISTRATION = "model-or-registration"  # at least one: 备案号或上线编号
    ALGORITHM_NOTICE = "algorithm-notice"


class Certainty(StrEnum):
    """How surely something is due; strongest first."""

    DUE = "due"
    PROBABLY = "probably"
    NOT_DUE = "not-due"


class Audience(StrEnum):
    """Whom a service serves. Nothing but `PUBLIC` can be told from the pages of an open website."""

    PUBLIC = "public"
    LIMITED = "limited"  # open to the public, but without public-opinion or mobilising capacity
    BUSINESS = "business"  # a model or interface that other firms build on
    INTERNAL = "internal"  # not offered to the public of the mainland


class Origin(StrEnum):
    """Where the model of a service comes from, finer than what a seed declares."""

    OWN = "own"
    TUNED = "tuned"  # somebody else's model, trained further
    API = "api"
    FOREIGN = "foreign"
    DEVICE = "device"  # runs on the phone, offered by the maker of the phone
    DEVICE_OPEN = "device-open"  # an open model that an app runs on the phone
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that is, may be or is not to be shown."""

    row: str  # of the table: "A" … "I"; "A/B" where the source of the model is not known
    what: Owed
    certainty: Certainty
    text: Text
    basis: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    label: str
    service: Text
    kinds: tuple[ServiceKind, ...]
    origins: tuple[Origin, ...]
    audiences: tuple[Audience, ...]
    owed: tuple[tuple[Owed, Certainty, tuple[Text, ...]], ...]


_R16 = Text("《互联网信息服务算法推荐管理规定》第16条", "Provisions on Algorithm Recommendation, art. 16")
_R24 = Text("《互联网信息服务算法推荐管理规定》第24条", "Provisions on Algorithm Recommendation, art. 24")
_R26 = Text("《互联网信息服务算法推荐管理规定》第26条", "Provisions on Algorithm Recommendation, art. 26")
_S19 = Text("《互联网信息服务深度合成管理规定》第19条第3款", "Provisions on Deep Synthesis, art. 19(3)")
_M2 = Text("《生成式人工智能服务管理暂行办法》第2条第3款", "Interim Measures for Generative AI, art. 2(3)")
_M17 = Text("《生成式人工智能服务管理暂行办法》第17条", "Interim Measures for Generative AI, art. 17")
_NOTICE = Text(
    "国家网信办生成式人工智能服务已备案信息公告（2024-04-02）", "CAC notice on filed generative-AI services, 2024-04-02"
)
_LATER = Text(
    "国家网信办2025年起各期公告（备案号或上线编号）", "CAC notices since 2025 (filing or registration number)"
)
_SHANGHAI = Text(
    "上海市网信办登记公告（2026-06-08，转述）", "Shanghai CAC notice on registrations, 2026-06-08 (as reported)"
)
_OPEN = Text("暂无公开口径", "no published position")

_TEXTS = {
    Owed.ALGORITHM_NUMBER: Text("标明算法备案编号（网信算备…号）", "show the algorithm filing number (网信算备…号)"),
    Owed.ALGORITHM_LINK: Text("为算法备案编号提供公示信息链接", "link the algorithm number to its public information"),
    Owed.MODEL_NUMBER: Text("公示模型名称及其备案号", "show the name of the model and its filing number"),
    Owed.UPSTREAM_MODEL: Text(
        "公示所调用的已备案模型的名称及备案号", "show name and number of the filed model it calls"
    ),
    Owed.REGISTRATION_NUMBER: Text("标明所取得的上线编号", "show the registration number that was obtained"),
    Owed.MODEL_OR_REGISTRATION: Text("至少公示备案号或上线编号之一", "show a filing or a registration number"),
    Owed.ALGORITHM_NOTICE: Text(
        "显著告知并公示算法推荐服务的基本情况", "tell users of the algorithm, publish how it works"
    ),
}

_DUE, _PROBABLY, _NOT = Certainty.DUE, Certainty.PROBABLY, Certainty.NOT_DUE
_GEN, _DEEP, _REC = ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS, ServiceKind.RECOMMENDATION
_AI = (_GEN, _DEEP)
_ANY = tuple(Origin)
_PUBLIC = (Audience.PUBLIC,)

_ALGORITHM = ((Owed.ALGORITHM_NUMBER, _DUE, (_R26, _S19)), (Owed.ALGORITHM_LINK, _DUE, (_R26, _S19)))
_NO_FILING = ((Owed.ALGORITHM_NUMBER, _NOT, (_M17,)), (Owed.REGISTRATION_NUMBER, _NOT, (_LATER,)))
_OWN_MODEL = (*_ALGORITHM, (Owed.MODEL_NUMBER, _DUE, (_NOTICE,)))

TABLE = (
    Row("A", Text("自有模型，面向公众", "own model, for the public"), (_GEN,), (Origin.OWN,), _PUBLIC, _OWN_MODEL),
    Row(
        "A",
        Text("深度合成服务，面向公众", "deep synthesis for the public"),
        (_DEEP,),
        (Origin.OWN, Origin.TUNED, Origin.API, Origin.FOREIGN, Origin.DEVICE, Origin.UNKNOWN),
        _PUBLIC,
        (*_ALGORITHM, (Owed.MODEL_OR_REGISTRATION, _PROBABLY, (_NOTICE, _LATER))),
    ),
    Row(
        "A/B",
        Text("模型来源不明，面向公众", "source of the model not known, for the public"),
        (_GEN,),
        (Origin.UNKNOWN,),
        _PUBLIC,
        (*_ALGORITHM, (Owed.MODEL_OR_REGISTRATION, _DUE, (_NOTICE, _LATER))),
    ),
    Row(
        "B",
        Text("调用已备案模型，面向公众", "calls a filed model, for the public"),
        (_GEN,),
        (Origin.API,),
        _PUBLIC,
        (
            *_ALGORITHM,
            (Owed.MODEL_OR_REGISTRATION, _DUE, (_NOTICE, _LATER)),
            (Owed.UPSTREAM_MODEL, _PROBABLY, (_NOTICE,)),
            (Owed.REGISTRATION_NUMBER, _PROBABLY, (_LATER, _SHANGHAI)),
        ),
    ),
    Row(
        "C",
        Text(
            "使用他人模型，无舆论属性或社会动员能力", "runs on others' models, no public-opinion or mobilising capacity"
        ),
        (_GEN,),
        (Origin.API, Origin.UNKNOWN),
        (Audience.LIMITED,),
        ((Owed.UPSTREAM_MODEL, _PROBABLY, (_NOTICE,)), *_NO_FILING),
    ),
    Row(
        "C",
        Text("其他服务，无舆论属性或社会动员能力", "other services, no public-opinion or mobilising capacity"),
        (_GEN,),
        tuple(o for o in Origin if o not in (Origin.API, Origin.UNKNOWN)),
        (Audience.LIMITED,),
        _NO_FILING,
    ),
    Row(
        "C",
        Text("深度合成或推荐服务，无舆论属性或社会动员能力", "deep synthesis or recommendation without that capacity"),
        (_DEEP, _REC),
        _ANY,
        (Audience.LIMITED,),
        ((Owed.ALGORITHM_NUMBER, _NOT, (_R24,)),),
    ),
    Row(
        "D",
        Text("面向企业的模型或接口平台（技术支持者）", "model or interface platform for firms (technical supporter)"),
        _AI,
        _ANY,
        (Audience.BUSINESS,),
        (*_ALGORITHM, (Owed.MODEL_NUMBER, _PROBABLY, (_NOTICE,))),
    ),
    Row(
        "E",
        Text("推荐、排序、检索类服务", "recommendation, ranking or search"),
        (_REC,),
        _ANY,
        (Audience.PUBLIC, Audience.BUSINESS),
        (
            (Owed.ALGORITHM_NUMBER, _DUE, (_R26,)),
            (Owed.ALGORITHM_LINK, _DUE, (_R26,)),
            (Owed.ALGORITHM_NOTICE, _DUE, (_R16,)),
        ),
    ),
    Row(
        "F",
        Text("仅内部使用或研发", "internal use or research only"),
        (*_AI, _REC),
        _ANY,
        (Audience.INTERNAL,),
        tuple((owed, _NOT, (_M2,)) for owed in (Owed.ALGORITHM_NUMBER, Owed.MODEL_NUMBER, Owed.REGISTRATION_NUMBER)),
    ),
    Row(
        "G",
        Text("向公众提供境外模型", "a foreign model offered to the public"),
        (_GEN,),
        (Origin.FOREIGN,),
        _PUBLIC,
        (
            (Owed.ALGORITHM_NUMBER, _PROBABLY, (_M17, _R26)),
            (Owed.ALGORITHM_LINK, _PROBABLY, (_R26,)),
            (Owed.MODEL_OR_REGISTRATION, _PROBABLY, (_M17, _NOTICE)),
        ),
    ),
    Row("H", Text("微调第三方模型", "a tuned model of others"), (_GEN,), (Origin.TUNED,), _PUBLIC, _OWN_MODEL),
    Row(
        "I",
        Text("手机厂商的端侧模型", "on-device model of a phone maker"),
        (_GEN,),
        (Origin.DEVICE,),
        _PUBLIC,
        _OWN_MODEL,
    ),
    Row(
        "I",
        Text("第三方应用在端侧运行开源模型", "an app that runs an open model on the device"),
        _AI,
        (Origin.DEVICE_OPEN,),
        _PUBLIC,
        ((Owed.ALGORITHM_NUMBER, _NOT, (_OPEN,)), (Owed.MODEL_NUMBER, _NOT, (_OPEN,))),
    ),
)
"""The decision table. Every kind of AI service, origin and audience meets exactly one row."""


def duties(service: Service, audience: Audience = Audience.PUBLIC, origin: Origin | None = None) -> tuple[Duty, ...]:
    """Return what a service has to show, the strongest duty first where two rows name the same thing.

    Of a service that is not surely what it seems, nothing is more than probably due.

    Args:
        service: its kinds and the source of its model.
        audience: whom it serves.
        origin: finer than `service.model`, where that is known.
    """
    where = origin or _origin(service)
    found: dict[Owed, Duty] = {}
    for row in TABLE:
        if audience in row.audiences and where in row.origins and set(service.kinds) & set(row.kinds):
            for duty in _duties_of(row):
                known = found.get(duty.what)
                if known is None or _rank(duty) < _rank(known):
                    found[duty.what] = duty
    sure = service.declared or service.confidence >= SURE
    return tuple(sorted((d if sure else _doubt(d) for d in found.values()), key=_rank))


def _duties_of(row: Row) -> tuple[Duty, ...]:
    return tuple(Duty(row.label, what, certainty, _TEXTS[what], basis) for what, certainty, basis in row.owed)


def _rank(duty: Duty) -> int:
    return list(Certainty).index(duty.certainty)


def _doubt(duty: Duty) -> Duty:
    return replace(duty, certainty=_PROBABLY) if duty.certainty is _DUE else duty


def _origin(service: Service) -> Origin:
    if service.model is None:
        return Origin.FOREIGN if foreign_models(service) else Origin.UNKNOWN
    return Origin.OWN if service.model is ModelSource.OWN else Origin.API
