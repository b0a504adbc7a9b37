"""Takes the browser's layout of a page: one call, and one more for each frame that lives in another process."""

import asyncio
from typing import Any

from playwright.async_api import CDPSession, Frame

from crawler import rects, snapshot
from crawler.answer import Answer
from crawler.tab import CallError, Tab, ask, ask_unread, limited

FRAMES = 20  # frames of other processes that are looked into

Session = tuple[CDPSession, int]  # of a process, and which answer of `snapshot.build` holds its documents


async def lay_out(tab: Tab) -> snapshot.Snapshot:
    """The page as it is laid out now. Raises CallError."""
    answer = await _snapshot(tab, tab.cdp, rects.without(snapshot.PARAMS))
    if not await rects.measure(tab, answer):
        answer = await _snapshot(tab, tab.cdp, snapshot.PARAMS)
    frames = await _foreign(tab) if len(tab.page.frames) > 1 else []
    return await asyncio.to_thread(snapshot.build, answer, frames)


async def _foreign(tab: Tab) -> list[snapshot.Frame]:
    """Layouts of the frames that the page's own answer lacks: under the full Chromium those of other origins."""
    found: list[snapshot.Frame] = []
    sessions: dict[Frame, Session] = {tab.page.main_frame: (tab.cdp, -1)}
    for frame in tab.page.frames[1 : FRAMES + 1]:
        try:
            session = await limited(tab.page.context.new_cdp_session(frame), tab.settings.call_timeout)
        except CallError:
            continue  # it lives in the process of its parent
        owner, within = _holder(frame, sessions)
        try:
            answer = await _snapshot(tab, session, snapshot.PARAMS)
            tree = await _ask(tab, session, "Page.getFrameTree", {})
            place = await _ask(tab, owner, "DOM.getFrameOwner", {"frameId": tree["frameTree"]["frame"]["id"]})
        except CallError:
            continue  # it went away meanwhile
        sessions[frame] = (session, len(found))
        found.append(snapshot.Frame(answer, place["backendNodeId"], within))
    return found


def _holder(frame: Frame, sessions: dict[Frame, Session]) -> Session:
    above = frame.parent_frame
    while above is not None and above not in sessions:
        above = above.parent_frame
    return sessions[above] if above is not None else next(iter(sessions.values()))


async def _snapshot(tab: Tab, session: CDPSession, params: dict[str, Any]) -> Answer:
    told = await ask_unread(session, "DOMSnapshot.captureSnapshot", params, tab.settings.call_timeout)
    return await asyncio.to_thread(Answer, told)


async def _ask(tab: Tab, session: CDPSession, method: str, params: dict[str, Any]) -> dict[str, Any]:
    return await ask(session, method, params, tab.settings.call_timeout)
