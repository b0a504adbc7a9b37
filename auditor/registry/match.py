"""What the registers say of a number, a firm, a product. Absent means "not in the lists up to …", never "false"."""

import re
from collections.abc import Sequence

from auditor.model import Listing
from auditor.numbers.algorithm import CATEGORIES, check_digit_ok
from auditor.registry.distance import edits, one_edit
from auditor.registry.names import entity_core, entity_key, is_legal_name
from auditor.registry.register import Register
from auditor.registry.row import ALGORITHM_LISTS, List, Row, number_key

NOT_CHECKED = Listing("not-checked")

_GENAI = re.compile(r"[a-z]{3,20}-.+-\d{8}(s?)\d{0,8}")
_GROUP = re.compile(r"\([^()]*\)|集团|总公司")
_BRANCH = re.compile(r"(.+公司).{1,30}(?:分公司|分行|分部|事业部)$")


def listing(register: Register | None, number: str | None) -> Listing:
    """What the lists say of a filing number, in any spelling.

    `not-checked` without a register, for what no list could hold, and where the list of its kind was not imported.
    """
    if register is None or not number:
        return NOT_CHECKED
    rows = register.by_number(number)
    as_of = register.newest(*_lists(number_key(number)))
    if rows:
        return _listed(rows, as_of)
    if not as_of:
        return NOT_CHECKED
    return Listing("absent", as_of=as_of, near=next(iter(near(register, number)), None))


def _listed(rows: tuple[Row, ...], as_of: str | None) -> Listing:
    newest = shown_first(rows)
    status = "cancelled" if any(row.cancelled for row in rows) else "listed"
    return Listing(status, newest.entity or None, newest.name or None, as_of or newest.month or None)


def shown_first(rows: tuple[Row, ...]) -> Row:
    """Of the rows of a number, newest first, the one to show: the newest that is no cancellation notice."""
    return next((row for row in rows if row.list is not List.CANCELLATION), rows[0])


def _lists(key: str) -> tuple[List, ...]:
    """The lists that would hold a number: by its category (digits 14–15), by the S before its serial number."""
    if key.isdecimal() and len(key) > 11:
        if len(key) != 21 or key[13:15] not in CATEGORIES or not check_digit_ok(key):
            return tuple(ALGORITHM_LISTS)  # the category may be what was mistyped
        return (List.SYNTHESIS,) if key[13:15] == "01" else (List.RECOMMENDATION,)
    genai = _GENAI.fullmatch(key)
    if genai:
        return (List.REGISTRATION,) if genai[1] else (List.FILING,)
    return ()


def near(register: Register, number: str) -> tuple[str, ...]:
    """Listed numbers that a number was probably meant to be, as printed, the likeliest first.

    Algorithm numbers: one slip away, and of the same operator or with a failed check digit. Two numbers of one
    operator whose check digits both hold and whose serial numbers differ are simply two numbers. Generative numbers:
    up to two characters away.
    """
    key = number_key(number)
    if key.isdecimal():
        meant = {other for other in one_edit(key) if register.by_key(other) and _meant(key, other)}
        return _printed(register, sorted(meant, key=lambda other: _unlikeness(key, other)))
    return _printed(register, register.genai_neighbours(key)) if _lists(key) else ()


def _unlikeness(key: str, other: str) -> tuple[bool, int, str]:
    """One wrong digit is likelier than two swapped ones, and those than one too many or too few."""
    return len(key) != len(other), sum(a != b for a, b in zip(key, other, strict=False)), other


def _meant(key: str, other: str) -> bool:
    if len(other) != 21:
        return False
    holds = len(key) == 21 and check_digit_ok(key)
    return not holds or (key[6:13] == other[6:13] and key[17:20] == other[17:20])


def _printed(register: Register, keys: Sequence[str]) -> tuple[str, ...]:
    found = [rows[0] for key in keys if (rows := register.by_key(key))]
    return tuple(row.number for row in found)


def filings_of(register: Register, entity: str) -> tuple[Row, ...]:
    """Every row of a firm, newest list first: under this name and under any other name with one of its operator ids."""
    rows = dict.fromkeys(register.by_entity(entity))
    for operator in {row.operator_id for row in rows} - {None}:
        rows |= dict.fromkeys(register.by_operator(operator or ""))
    return tuple(sorted(rows, key=lambda row: row.month, reverse=True))


def same_entity(a: str, b: str, register: Register | None = None) -> bool | None:
    """Whether two names mean one firm; None where that cannot be told from the names (and the register).

    Never False unless both are full registered names: a brand, a short form, a group, a branch or a near spelling may
    be the same firm.
    """
    first, second = entity_key(a), entity_key(b)
    if not first or not second:
        return None
    if first == second or entity_core(a) == entity_core(b) or (register and _share_operator(register, a, b)):
        return True
    return None if _doubtful(first, second) or not (is_legal_name(a) and is_legal_name(b)) else False


def _share_operator(register: Register, a: str, b: str) -> bool:
    return bool(set(filings_of(register, a)) & set(filings_of(register, b)))


def _doubtful(a: str, b: str) -> bool:
    short, long = sorted((_root(a), _root(b)), key=len)
    return short in long or edits(short, long, 1) <= 1


def _root(key: str) -> str:
    """A firm's name without branch, bracketed place, group and legal form."""
    branch = _BRANCH.fullmatch(key)
    return entity_core(_GROUP.sub("", branch[1] if branch else key))


def filings_for_product(register: Register, product: str, entity: str | None = None) -> tuple[Row, ...]:
    """Rows that name a product; with `entity`, without those of firms that are surely others."""
    rows = register.by_product(product)
    return tuple(row for row in rows if not entity or same_entity(row.entity, entity, register) is not False)


def lookup(register: Register, text: str) -> tuple[Row, ...]:
    """Rows for what a person types: a number, a firm, a product, an algorithm's name, or a part of one of them."""
    exact = (
        register.by_number(text)
        or filings_of(register, text)
        or tuple(dict.fromkeys((*register.by_product(text), *register.by_name(text))))
    )
    wanted = entity_key(text)
    if exact or len(wanted) < 2:
        return exact
    return tuple(row for row in register.rows if any(wanted in entity_key(cell) for cell in _searched(row)))


def _searched(row: Row) -> tuple[str, ...]:
    return (row.number, row.entity, row.name, row.products)
