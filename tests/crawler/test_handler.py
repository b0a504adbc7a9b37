import asyncio
import sys
from pathlib import Path

VISIT = """
import sys
from pathlib import Path
from crawler import handler
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.spider import Job, run_shard
from crawler.store import Run
from seeds.model import Seed

handler.IDLE = 1
seeds = tuple(map(Seed, sys.argv[2:]))
settings = CrawlSettings(allow_private=True, obey_robots=False, render="never")
run_shard(Job(seeds, Run(Path(sys.argv[1])), settings, NoScout(), bool), lambda done: print(done.reached))
"""


async def test_no_connection_waits_long_for_a_next_request(tmp_path: Path) -> None:
    """One site answers only when the connection of the other has been closed."""
    left = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if head := await reader.read(10_000):  # nothing: somebody knocked
            if b"slow" in head:
                await left.wait()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi")
            await reader.read()
            left.set()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        sites = [f"http://{name}.localhost:{port}/" for name in ("quick", "slow")]
        command = (sys.executable, "-c", VISIT, str(tmp_path), *sites)
        visit = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        said, _ = await visit.communicate()
    assert said.split() == [b"ok", b"ok"]
