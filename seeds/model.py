"""What a list of sites says about each of them."""

from dataclasses import dataclass
from enum import StrEnum


class ServiceKind(StrEnum):
    """What a service does, in the words of the rules that bind it."""

    GENERATIVE = "generative"  # 生成式人工智能服务
    RECOMMENDATION = "recommendation"  # 算法推荐服务
    DEEP_SYNTHESIS = "deep-synthesis"  # 深度合成服务
    NONE = "none"  # no AI service


class ModelSource(StrEnum):
    """Whose model a generative service runs on."""

    OWN = "own"  # its own or a fine-tuned one: files (备案)
    API = "api"  # a filed model of another operator, called through an API: registers (登记)


@dataclass(frozen=True, slots=True)
class Seed:
    """One site to visit, with what its user declares about it.

    What is declared wins over what gongshi would infer from the pages.
    """

    url: str  # absolute http(s) address, or a bare domain (tried as https first, then http)
    name: str | None = None
    operator: str | None = None  # legal name of the firm
    service: ServiceKind | None = None
    model: ModelSource | None = None
    numbers: tuple[str, ...] = ()  # filing numbers that the site is expected to show
    notes: str | None = None
    extra: tuple[tuple[str, str], ...] = ()  # other columns of the list, kept for the exports
