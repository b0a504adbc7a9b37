"""What the official lists hold of the operator of a site."""

import re
from collections.abc import Iterable

from auditor.facts import Facts
from auditor.model import NumberKind, Text
from auditor.naming import fold
from auditor.ownership import COMPANY
from auditor.pages import missed
from auditor.registry import List, Row
from auditor.registry.match import filings_of, same_entity
from auditor.registry.names import product_keys, split_products
from auditor.registry.row import GENAI_LISTS
from crawler.capture import Role
from seeds.model import ServiceKind

_LISTS = {
    NumberKind.ALGORITHM: (List.RECOMMENDATION, List.SYNTHESIS),
    NumberKind.GENAI_FILING: (List.FILING,),
    NumberKind.GENAI_REGISTRATION: (List.REGISTRATION,),
}
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|版权所有|主办单位|运营主体", re.IGNORECASE)
_SERVICES = (ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS, ServiceKind.RECOMMENDATION)
_SELF = frozenset({Role.HOME, Role.ABOUT, Role.LEGAL})
SHORTEST_NAME = 2  # characters of a product's name that can be looked for in a title


def operators(facts: Facts) -> tuple[str, ...]:
    """Who runs the site: as declared, else by the copyright lines of the home page; the developer of a store page."""
    if facts.capture.seed.operator:
        return (facts.capture.seed.operator,)
    if facts.home is None and (developers := tuple(p.developer for p in facts.pages if p.developer)):
        return developers
    lines = (facts.home.text if facts.home else "").split("\n")
    rights = [line[:300] for line in lines if _COPYRIGHT.search(line[:300])][:5]
    return tuple(dict.fromkeys(m.group() for line in rights for m in COMPANY.finditer(_without_marks(line))))


def filings(facts: Facts, *kinds: NumberKind) -> tuple[Row, ...]:
    """Filings in force of the operator, whatever the product. Empty without a register or a known operator."""
    register = facts.register
    if register is None:
        return ()
    wanted = {kind for k in kinds or _LISTS for kind in _LISTS[k]}
    rows = dict.fromkeys(row for name in operators(facts) for row in filings_of(register, name))
    return tuple(
        row
        for row in rows
        if row.list in wanted and not any(other.cancelled for other in register.by_number(row.number))
    )


def concerns(facts: Facts, row: Row) -> bool:
    """Whether a filing names the product that this site offers: the declared one, or one in its home page's title.

    A page that mentions a product does not offer it: firms name all their products on their home pages.
    """
    products = (row.name,) if row.list in GENAI_LISTS else split_products(row.products)
    keys = {key for product in products for key in product_keys(product) if len(key) >= SHORTEST_NAME}
    declared = facts.capture.seed.name
    if declared and keys & set(product_keys(declared)):
        return True
    home = next((p for p in facts.capture.pages if p.role == Role.HOME), None)
    title = fold(COMPANY.sub(" ", home.title[:300] if home else ""))
    return any(fold(key) in title for key in keys if fold(key))


def relevant(facts: Facts, *kinds: NumberKind) -> tuple[Row, ...]:
    """The operator's filings that this site may owe: all of them; on a site that is no AI service those of it alone."""
    found = filings(facts, *kinds)
    return found if facts.is_service(*_SERVICES) is not False else tuple(r for r in found if concerns(facts, r))


def unshown(facts: Facts, rows: tuple[Row, ...], otherwise: Text) -> tuple[tuple[Row, ...], Text | None]:
    """Of filings whose numbers no page shows, those of this product, and why a person should look (None: no reason).

    Without any of this product all of them, with the doubt `otherwise`.
    """
    certain = tuple(row for row in rows if concerns(facts, row))
    return certain or rows, missed(facts) or (None if certain else otherwise)


def is_operator(facts: Facts, entity: str) -> bool | None:
    """Whether a registered firm runs this site. None: nobody said who does, or the names do not tell."""
    answers = [same_entity(entity, name, facts.register) for name in operators(facts)]
    if True in answers:
        return True
    if answers and all(answer is False for answer in answers):
        return False
    wanted = fold(entity)
    return True if any(wanted in fold(page.text) for page in facts.pages if page.role in _SELF) else None


def numbers(rows: Iterable[Row]) -> tuple[str, ...]:
    """The numbers of these rows, each once."""
    return tuple(dict.fromkeys(row.number for row in rows))


def _without_marks(line: str) -> str:
    return re.sub(r"版权所有|主办单位|运营主体|[:：©]", " ", line)
