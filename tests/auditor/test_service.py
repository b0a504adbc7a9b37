import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Disclosure, Link, Listing, NumberKind, Source, Target
from auditor.service import MAYBE, SURE, VisiblePage, foreign_models, infer
from crawler.capture import Role
from seeds.model import ModelSource, Seed, ServiceKind

URL = "https://chat.example.cn/"
SEED = Seed(url=URL)
CONTROLS = ("textarea:给云答发送消息", "button:新建对话")


def page(
    text: str = "", *, title: str = "云答", controls: tuple[str, ...] = CONTROLS, role: Role = Role.HOME
) -> VisiblePage:
    return VisiblePage(URL, role, title, text, controls)


def shown(kind: NumberKind, raw: str, *, own: bool = True, category: str | None = None) -> Disclosure:
    return Disclosure(
        kind=kind,
        raw=raw,
        number=raw,
        well_formed=True,
        problems=(),
        parts={"category": category} if category else {},
        source=Source.TEXT,
        own=own,
        page=URL,
        selector="footer",
        region="footer",
        link=Link(None, Target.NONE),
        views={},
        registry=Listing("not-checked"),
        role=Role.HOME,
        clicks=0,
        via=(),
        label="",
        context=raw,
    )


@pytest.mark.parametrize("kind", ServiceKind)
def test_what_is_declared_wins(kind: ServiceKind) -> None:
    found = infer((page(),), Seed(url=URL, service=kind))
    assert (found.kinds, found.declared, found.confidence) == ((kind,), True, 1.0)
    assert f"声明 declared: {kind}" in found.evidence


def test_a_declared_model_wins_over_what_the_page_says() -> None:
    assert infer((page("由深海大模型提供技术支持"),), SEED).model is ModelSource.API
    found = infer((page("由深海大模型提供技术支持"),), Seed(url=URL, model=ModelSource.OWN))
    assert found.model is ModelSource.OWN
    assert not found.declared


def test_nothing_seen_is_not_sure_to_be_nothing() -> None:
    assert infer((), SEED).confidence == 0
    assert infer((page("", controls=()),), SEED).confidence == 0
    assert infer((page("关于我们\n联系我们", controls=()),), SEED).confidence == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本应用由深海大模型提供技术支持", ModelSource.API),
        ("已接入 DeepSeek", ModelSource.API),
        ("基于通义千问", ModelSource.API),
        ("Powered by Qwen", ModelSource.API),
        ("所使用的已备案模型：深海大模型", ModelSource.API),
        ("自研云答大模型", ModelSource.OWN),
        ("我们自主研发的百亿参数大模型", ModelSource.OWN),
        ("基于开源底座微调的行业模型", ModelSource.OWN),
        ("自研大模型\n已接入 DeepSeek", None),  # says both
        ("性能对标 DeepSeek，支持多种语言", None),
        ("聊天记录保存在云端", None),
    ],
)
def test_whose_model(text: str, expected: ModelSource | None) -> None:
    assert infer((page(text),), SEED).model is expected


def test_a_model_of_the_sites_own_name_is_no_upstream() -> None:
    assert infer((page("基于豆包打造", title="豆包 - 聊天"),), SEED).model is None


def test_an_agreement_may_name_the_model() -> None:
    terms = page("本产品的智能对话由深海大模型提供技术支持", title="用户协议", controls=(), role=Role.LEGAL)
    assert infer((page(), terms), SEED).model is ModelSource.API


def test_a_registration_number_means_an_api() -> None:
    found = infer((page(),), SEED, (shown(NumberKind.GENAI_REGISTRATION, "ZheJiang-YunDa-20260101S0001"),))
    assert found.model is ModelSource.API


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持 GPT-4o、Claude 与 Gemini", ("gpt-4o", "claude", "gemini")),
        ("GPT-5", ("gpt-5",)),
        ("ChatGPT 中文版", ("chatgpt",)),
        ("Claude 3.5 Sonnet", ("claude",)),
        ("接口兼容 GPT-4 规范", ()),
        ("效果超越 GPT-4", ()),
        ("支持 Claude Code", ()),
        ("DeepSeek-R1", ()),
    ],
)
def test_foreign_models_that_are_offered(text: str, expected: tuple[str, ...]) -> None:
    found = infer((page(text),), SEED)
    assert foreign_models(found) == expected
    assert found.model in (None, ModelSource.API)


def test_an_article_about_foreign_models_offers_none() -> None:
    article = page("作者：小林\n来源：科技网\n支持 GPT-4o\nGPT-5", title="模型对比")
    assert foreign_models(infer((article,), Seed(url=URL, service=ServiceKind.GENERATIVE))) == ()


@pytest.mark.parametrize(
    ("disclosure", "kind", "sure"),
    [
        (shown(NumberKind.GENAI_FILING, "ZheJiang-YunDa-20260101"), ServiceKind.GENERATIVE, True),
        (
            shown(NumberKind.ALGORITHM, "网信算备330110999999902240015号", category="02"),
            ServiceKind.RECOMMENDATION,
            True,
        ),
        (shown(NumberKind.ALGORITHM, "网信算备330110999999901240019号", category="01"), ServiceKind.GENERATIVE, False),
    ],
)
def test_own_numbers_say_what_a_site_is(disclosure: Disclosure, kind: ServiceKind, sure: bool) -> None:
    found = infer((page("关于我们", controls=()),), SEED, (disclosure,))
    assert kind in found.kinds
    assert (found.confidence >= SURE) is sure
    assert disclosure.raw in found.evidence[0]


def test_numbers_of_others_say_nothing() -> None:
    others = (shown(NumberKind.GENAI_FILING, "ZheJiang-YunDa-20260101", own=False),)
    assert infer((page("清单", controls=()),), SEED, others).kinds == (ServiceKind.NONE,)


def test_signs_of_several_pages_add_up_but_repeating_one_does_not() -> None:
    box, words = page(controls=CONTROLS[:1]), page("你好，我是云答智能助手", controls=())
    assert infer((box,), SEED).confidence == infer((box, box, box), SEED).confidence < SURE
    assert infer((box, words), SEED).confidence >= SURE


def test_two_sure_kinds_are_both_named() -> None:
    both = page("AI对话\nAI换脸\n视频换脸\n数字人视频\n立即体验", controls=(*CONTROLS, "button:开始换脸"))
    assert infer((both,), SEED).kinds == (ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS)


def test_a_site_that_says_it_has_none_is_heard() -> None:
    words = "AI写作\nAI绘画\n一款AI写作工具\n立即体验"
    assert infer((page(words, controls=()),), SEED).confidence >= MAYBE
    assert infer((page(f"{words}\n本应用未接入生成式人工智能服务", controls=()),), SEED).kinds == (ServiceKind.NONE,)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("本产品不使用 GPT-4、Claude、Gemini 等境外模型。", False),
        ("我们不提供 ChatGPT、Claude、Gemini 服务，所有回答均由自研模型生成。", False),
        ("从不采用 Midjourney", False),
        ("支持 DeepSeek；ChatGPT 未接入", False),
        ("与 OpenAI、ChatGPT 无任何关联", False),
        ("支持 GPT-4、Claude、Gemini", True),
        ("不限次使用 GPT-4", True),
        ("不用翻墙，在线使用 ChatGPT", True),
        ("无需注册即可使用 ChatGPT", True),
        ("提供 ChatGPT 服务，对话内容不包含广告", True),
    ],
)
def test_a_model_that_is_denied_is_not_offered(line: str, offered: bool) -> None:
    found = infer((page(f"AI对话\n立即体验\n{line}", controls=CONTROLS),), SEED)
    assert bool(foreign_models(found)) is offered


def test_evidence_is_short_and_printable() -> None:
    found = infer((page("x" * 10_000 + "\n你好，我是\x1b[31m云答智能助手\ud800", controls=CONTROLS),), SEED)
    assert found.evidence
    assert all(len(e) < 400 and e.isprintable() for e in found.evidence)


@given(st.text(), st.lists(st.text()), st.sampled_from(Role))
def test_any_page_is_read(text: str, controls: list[str], role: Role) -> None:
    found = infer((page(text, title=text, controls=tuple(controls), role=role),), SEED)
    assert 0 <= found.confidence <= 1
    assert found.kinds


@pytest.mark.parametrize(
    "piece", ["AI", "输入", "由模型", "我是AI", "ai生成\n", "给", "根据你的兴趣", "自研", " ", "支持gpt"]
)
def test_hostile_pages_take_no_time(piece: str) -> None:
    started = time.process_time()
    infer((page(piece * 200_000, title=piece * 10_000),), SEED)
    assert time.process_time() - started < 3
