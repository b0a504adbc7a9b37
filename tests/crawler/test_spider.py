import asyncio

from crawler.spider import side_by_side
from seeds.model import Seed


async def test_all_seeds_are_worked_on_and_never_more_than_so_many_at_a_time() -> None:
    busy, most, done = 0, 0, list[str]()

    async def work(seed: Seed) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0)
        busy -= 1
        done.append(seed.url)

    seeds = [Seed(f"a{number}.example") for number in range(20)]
    await side_by_side(seeds, 3, work)
    assert sorted(done) == sorted(seed.url for seed in seeds)
    assert most == 3


async def test_fewer_seeds_than_lanes_and_none() -> None:
    done = list[str]()

    async def work(seed: Seed) -> None:
        done.append(seed.url)

    await side_by_side([], 3, work)
    await side_by_side([Seed("a.example")], 3, work)
    assert done == ["a.example"]
