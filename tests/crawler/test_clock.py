import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.capture import SiteCapture
from crawler.clock import Compared, Kernel, compared, kernel, read
from crawler.store import SiteFolder

TAKEN = "2026-11-24T07:00:00+00:00"


@pytest.fixture(scope="module")
def capture() -> SiteCapture:
    return SiteFolder(Path(__file__).parents[1] / "captures" / "format-1").read()


def dated(capture: SiteCapture, *headers: tuple[str, str], taken: str = TAKEN) -> SiteCapture:
    return replace(capture, pages=(replace(capture.pages[0], headers=headers, taken_at=taken),))


def ahead(capture: SiteCapture, *seconds: int) -> Iterator[SiteCapture]:
    for second in seconds:
        yield dated(capture, ("Date", f"Tue, 24 Nov 2026 07:{second // 60:02}:{second % 60:02} GMT"))


def test_the_kernel_is_asked_where_it_can_be() -> None:
    assert kernel().synchronised in (True, False, None)
    assert kernel().offset is None or kernel().synchronised


def timex(offset: int, error: int, status: int) -> bytes:
    return struct.pack("@Illlli", 0, offset, 0, error, 0, status)


def test_an_offset_is_told_in_seconds_whatever_its_unit() -> None:
    assert read(0, timex(-1_500, 20_000, 0)) == Kernel(True, -0.0015, 0.02)
    assert read(0, timex(250_000_000, 20_000, 0x2000)) == Kernel(True, 0.25, 0.02)


def test_a_clock_that_nothing_disciplines_has_no_offset_that_is_known() -> None:
    assert read(5, timex(0, 16_000_000, 64)) == Kernel(synchronised=False)
    assert read(-1, timex(0, 0, 0)) == Kernel()


def test_sites_are_compared_by_median_and_quartiles(capture: SiteCapture) -> None:
    assert compared(ahead(capture, 3, 1, 2)) == Compared(3, 2.0, 1.0, 3.0)
    assert compared(ahead(capture, 0, 1, 2, 2, 2, 3, 4, 900)) == Compared(8, 2.0, 2.0, 3.0)  # one clock is wrong
    assert compared(iter(())) is None


def test_an_answer_out_of_a_cache_is_older(capture: SiteCapture) -> None:
    cached = dated(capture, ("date", "Tue, 24 Nov 2026 06:00:01 GMT"), ("age", "3600"))
    assert compared([cached]) == Compared(1, 1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("date", "age", "taken"),
    [
        ("", "0", TAKEN),
        ("yesterday", "0", TAKEN),
        ("Tue, 24 Nov 2026 07:00:00 GMT", "nan", TAKEN),
        ("Tue, 24 Nov 2026 07:00:00 GMT", "9" * 400, TAKEN),
        ("Tue, 24 Nov 2026 07:00:00 GMT", "0", ""),
    ],
)
def test_what_tells_no_time_is_passed_over(capture: SiteCapture, date: str, age: str, taken: str) -> None:
    odd = dated(capture, ("Date", date), ("Age", age), taken=taken)
    assert compared([odd]) is None
    assert compared([odd, *ahead(capture, 1)]) == Compared(1, 1.0, 1.0, 1.0)


def test_a_real_capture_and_its_server_agree(capture: SiteCapture) -> None:
    found = compared([capture])
    assert found is not None
    assert abs(found.median) <= 2
