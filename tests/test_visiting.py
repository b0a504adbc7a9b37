"""From the options of a call to the settings of a visit."""

from typing import Any

import pytest

from auditor.policy import load
from gongshi_visiting import crawl_settings

CALL: dict[str, Any] = {
    "contact": "",
    "ignore_robots": False,
    "allow_private": False,
    "allow_network": (),
    "no_mobile": False,
}


@pytest.mark.parametrize(
    ("timeout", "load_limit", "quiet"), [(600.0, 20.0, 6.0), (90.0, 20.0, 6.0), (20.0, 5.0, 2.0), (5.0, 1.25, 0.5)]
)
def test_a_short_time_for_a_page_leaves_some_for_its_views(timeout: float, load_limit: float, quiet: float) -> None:
    """A picture that never comes takes a quarter of it, a page that is never quiet a tenth."""
    settings = crawl_settings({**CALL, "timeout": timeout}, load(None))
    assert settings.page_timeout == timeout
    assert settings.load_timeout == pytest.approx(load_limit)
    assert settings.quiet_timeout == pytest.approx(quiet)
