"""No text takes longer than its length warrants. Limits are generous: they catch squares, not slow machines."""

import gc
from collections.abc import Callable
from time import process_time

import pytest

from auditor.numbers import find

PIECES = (
    "网信算备;网信算备1234567890;网信算备 ;网信算备X;网信算备110108;Beijing-;A-;-20230901;Beijing-A-20230901"
    ";Aaaa-2;1234567890;1 ;京ICP备;ICP备;京ICP备12345678;公网安备 ;ICP证;算法备案：;大模型备案号;算法;大模型"
    ";生成式人工智能;备案{{;登记号：;备\u200b案;{{;XXXX;号; ;（;上海-;算法备案号：XXXX "
    ";网信算备310104900000101250019号、;网信算备123456\n;123456\n;备案号：Beijing A ;备案编号：A_A_;A_;No:;信备"
    ";Algorithm "
).split(";")


def cost(action: Callable[[], object]) -> float:
    """Processor time of the quicker of two runs, without the collection of other tests' garbage."""
    gc.collect()
    gc.disable()
    try:
        return min(_seconds(action) for _ in range(2))
    finally:
        gc.enable()


def _seconds(action: Callable[[], object]) -> float:
    begin = process_time()
    action()
    return process_time() - begin


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("head", ["", "网信算备", "Beijing-", "算法备案号："])
def test_time_grows_with_the_length(head: str, piece: str):
    find("备案")  # loads the kinds
    short, long = (head + piece * (size // len(piece)) for size in (10_000, 80_000))
    assert cost(lambda: find(long)) < 24 * max(cost(lambda: find(short)), 0.005)


def test_a_megabyte_of_prefixes_takes_less_than_some_seconds():
    assert cost(lambda: find("网信算备" * 250_000)) < 5
    assert cost(lambda: find("Beijing-A-" * 100_000)) < 5
