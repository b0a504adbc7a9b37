"""What is read of the browser's answer is the same, whichever way it is read."""

import json
from typing import Any

import msgspec
import pytest

from crawler.answer import Answer
from crawler.capture import STYLES


def told(names: tuple[str, ...] = ("HTML", "DIV", "IMG"), word: str = "备案", **styles: str) -> dict[str, Any]:
    """An answer of one document: each of the nodes is in the first, all have the same styles."""
    strings = [*names, word, "visible", "none", *styles.values()]
    look = [
        strings.index(styles.get(name.replace("-", "_"), "visible" if name.startswith("overflow") else "none"))
        for name in STYLES
    ]
    count = len(names)
    nodes = {
        "parentIndex": [-1, *[0] * (count - 1)],
        "nodeType": [1] * count,
        "nodeName": list(range(count)),
        "nodeValue": [-1] * count,
        "backendNodeId": list(range(count)),
        "attributes": [[]] * count,
        "contentDocumentIndex": {"index": [], "value": []},
        "pseudoType": {"index": [], "value": []},
        "inputValue": {"index": [], "value": []},
    }
    layout = {
        "nodeIndex": list(range(count)),
        "styles": [look] * count,
        "bounds": [[0, 0.5, 10, 10]] * count,
        "text": [-1] * count,
        "paintOrders": [1] * count,
        "blendedBackgroundColors": [-1] * count,
        "textColorOpacities": [1] * count,
    }
    sizes = {"scrollOffsetX": 0, "scrollOffsetY": 0, "contentWidth": 100, "contentHeight": 100}
    boxes: dict[str, list[Any]] = {"layoutIndex": [], "bounds": [], "start": [], "length": []}
    document = {"baseURL": 0, "frameId": 0, **sizes, "nodes": nodes, "layout": layout, "textBoxes": boxes}
    return {"documents": [document], "strings": strings}


def unread(answer: dict[str, Any]) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(answer).encode())


def test_unread_answers_are_those_that_were_read() -> None:
    one, other = Answer(told()), Answer(unread(told()))
    assert (one.strings, list(map(list, one.looks))) == (other.strings, list(map(list, other.looks)))
    assert one.documents[0]["layout"] == other.documents[0]["layout"]
    assert "inputValue" not in other.documents[0]["nodes"], "only what is used is read"


def test_each_look_is_kept_once_and_what_was_told_stays_as_it_is() -> None:
    answer = told()
    before = json.dumps(answer)
    found = Answer(answer)
    assert (found.documents[0]["layout"]["styles"], len(found.looks)) == ([0, 0, 0], 1)
    assert json.dumps(answer) == before


@pytest.mark.parametrize("how", [dict, unread])
def test_lone_surrogates_are_replaced(how: Any) -> None:
    assert Answer(how(told(word="a\ud83db"))).strings[3] == "a�b"


def test_an_answer_of_a_browser_that_says_more_or_other_things_is_read_all_the_same() -> None:
    answer = told()
    answer["documents"][0]["contentWidth"] = None
    assert Answer(unread(answer)).documents[0]["contentWidth"] is None


@pytest.mark.parametrize(
    ("styles", "clipping"),
    [
        ({}, [False, False, False]),
        ({"overflow_x": "hidden"}, [True, True, False]),
        ({"contain": "paint"}, [True, True, False]),
    ],
)
def test_what_may_hide_what_is_in_it(styles: dict[str, str], clipping: list[bool]) -> None:
    found = Answer(told(**styles))
    assert found.clipping(found.documents[0]) == clipping


def test_a_picture_that_holds_its_alternative_text_may_hide_it() -> None:
    answer = told(("IMG", "#text"), overflow_x="clip")
    found = Answer(answer)
    assert found.clipping(found.documents[0]) == [True, True]
