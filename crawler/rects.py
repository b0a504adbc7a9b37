"""The inner sizes of the boxes that clip, scroll or hold a frame: asked of the page for these few alone.

`DOMSnapshot.captureSnapshot` tells them of every element or of none; of every one they take 24 of the 60 ms of
processor time that it needs for 1,700 nodes, and a tenth of the megabyte that it answers.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

from crawler.answer import Answer, Part
from crawler.tab import CallError, Tab

_ELEMENT = 1
COLUMNS = ("offsetRects", "clientRects", "scrollRects")

MEASURE = """
(() => {
  const getter = (type, name) => Object.getOwnPropertyDescriptor(type.prototype, name).get;
  const of = (type, name) => { const get = getter(type, name); return e => get.call(e); };
  const name = of(Node, 'nodeName'), children = of(Element, 'children'), shadow = of(Element, 'shadowRoot');
  const slotted = HTMLSlotElement.prototype.assignedNodes;
  const kids = e => {
    if (shadow(e)) return shadow(e).children;
    const nodes = e instanceof HTMLSlotElement ? slotted.call(e) : [];
    return nodes.length ? nodes.filter(n => n.nodeType === 1) : children(e);
  };
  const order = [], left = [document.documentElement];
  while (left.length) {
    const e = left.pop(), inner = kids(e);
    order.push(e);
    for (let i = inner.length - 1; i >= 0; i--) left.push(inner[i]);
  }
  if (order.length !== COUNT) return '';
  const sides = ['Left', 'Top', 'Width', 'Height'];
  const client = sides.map(side => of(Element, 'client' + side));
  const scroll = sides.map(side => of(Element, 'scroll' + side));
  const offset = sides.map(side => of(HTMLElement, 'offset' + side));
  const around = e => e instanceof HTMLElement ? offset.map(get => get(e)) : [0, 0, client[2](e), client[3](e)];
  const rects = [];
  for (const [at, tag] of WANTED) {
    const e = order[at];
    if (name(e) !== tag) return '';
    rects.push([around(e), client.map(get => get(e)), scroll.map(get => get(e))]);
  }
  return JSON.stringify(rects);
})()
"""
"""Values of the elements `WANTED` (place in the flat tree, name), or nothing if the tree is not the one expected.

Through the prototypes, for a form's own `clientWidth` may be one of its fields.
"""


async def measure(tab: Tab, answer: Answer) -> bool:
    """Write into an answer without rectangles those that the layout needs.

    Returns whether all were got: pseudo-elements and closed shadow roots cannot be asked, and a page may have moved on.
    Raises CallError when the browser does not answer.
    """
    for document in answer.documents:
        items = _wanted(answer, document)
        found = await _ask(tab, answer.strings, document, items) if items else []
        if found is None:
            return False
        layout = document["layout"]
        for at, column in enumerate(COLUMNS):
            layout[column] = [[]] * len(layout["nodeIndex"])
            for item, rects in zip(items, found, strict=True):
                layout[column][item] = rects[at]
    return True


def _wanted(answer: Answer, document: Part) -> list[int]:
    """Rows of the layout whose inner size matters; of an element that is laid out in pieces the first."""
    layout, frames = document["layout"], frozenset(document["nodes"]["contentDocumentIndex"]["index"])
    kinds, seen = document["nodes"]["nodeType"], set[int]()
    items = []
    for item, (node, clips) in enumerate(zip(layout["nodeIndex"], answer.clipping(document), strict=True)):
        if (clips or node in frames) and kinds[node] == _ELEMENT and node not in seen:
            items.append(item)
        seen.add(node)
    return items


async def _ask(tab: Tab, strings: Sequence[str], document: Part, items: Sequence[int]) -> list[Any] | None:
    nodes = document["nodes"]
    pseudo = frozenset(nodes["pseudoType"]["index"])
    elements = [kind == _ELEMENT and row not in pseudo for row, kind in enumerate(nodes["nodeType"])]
    place = {row: at for at, row in enumerate(compress(range(len(elements)), elements))}
    rows = [document["layout"]["nodeIndex"][item] for item in items]
    if not all(row in place for row in rows):
        return None
    wanted = [(place[row], strings[nodes["nodeName"][row]]) for row in rows]
    script = MEASURE.replace("COUNT", str(len(place))).replace("WANTED", json.dumps(wanted))
    try:
        told = await tab.ask_frame(strings[document["frameId"]], script)
    except CallError:
        return None
    found: list[Any] | None = json.loads(told) if told else None
    return found


def without(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of `captureSnapshot` that leave the rectangles out."""
    return {**params, "includeDOMRects": False}
