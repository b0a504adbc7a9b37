"""Runs in a store: by fsspec's own file systems for memory and for local files."""

import uuid
from pathlib import Path

import fsspec
import pytest

from crawler.again import Marks
from crawler.capture import Reached
from crawler.remote import Store, mirror_of
from crawler.store import Run

SITE, OTHER = "https://a.example.cn/", "https://b.example.cn/"


@pytest.fixture(params=["memory", "local"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "memory":
        return Store(f"memory://{uuid.uuid4()}/run")
    return Store(f"local://{tmp_path}/store")


def finished(run: Run, site: str, audit: bytes = b"{}") -> None:
    folder = run.folder(site)
    folder.write_picture("0-desktop", b"jpeg")
    folder.write_audit(audit)


def told(run: Run) -> dict[str, bytes]:
    return {path.relative_to(run.path).as_posix(): path.read_bytes() for path in run.path.rglob("*") if path.is_file()}


def test_what_one_machine_put_another_fetches(store: Store, tmp_path: Path) -> None:
    one, other = Run(tmp_path / "one"), Run(tmp_path / "other")
    finished(one, SITE)
    (one.path / "run.json").write_bytes(b"{}")
    Marks(one).note(SITE, Reached.TIMEOUT, 1, 3)
    assert not store.has(one, SITE)
    store.put_site(one, SITE)
    store.put_rest(one)
    assert store.has(other, SITE)
    assert not store.has(other, OTHER)
    store.fetch(other)
    assert told(other) == told(one)
    assert not list(other.path.rglob("*.fetched"))


def test_a_second_visit_replaces_the_first_whole(store: Store, tmp_path: Path) -> None:
    one, other = Run(tmp_path / "one"), Run(tmp_path / "other")
    finished(one, SITE)
    Marks(one).note(SITE, Reached.TIMEOUT, 1, 3)
    store.put_site(one, SITE)
    store.fetch_site(other, SITE)
    assert told(other) == told(one)
    one.folder(SITE).clear()
    one.folder(SITE).write_audit(b'{"again": 1}')
    Marks(one).settle(SITE, Reached.OK, 2, 3)
    store.put_site(one, SITE)
    store.fetch_site(other, SITE)
    assert other.folder(SITE).read_audit() == b'{"again": 1}'
    assert not list((other.path / "again").iterdir()), "it is not visited again"
    store.fetch(third := Run(tmp_path / "third"))
    assert told(other) == told(third) == told(one)


def test_the_verdict_is_put_last_and_fetched_last(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a store, or a mirror, that is cut off in the middle never holds a verdict without its evidence."""
    run = Run(tmp_path / "one")
    finished(run, SITE)
    fs = type(fsspec.core.url_to_fs(store.address)[0])
    put, get = fs.put_file, fs.get_file
    moved: list[str] = []
    monkeypatch.setattr(fs, "put_file", lambda self, a, b, **k: (moved.append(b), put(self, a, b, **k)))
    monkeypatch.setattr(fs, "get_file", lambda self, a, b, **k: (moved.append(a), get(self, a, b, **k)))
    store.put_site(run, SITE)
    store.fetch(Run(tmp_path / "other"))
    assert [path.rpartition("/")[2] for path in moved] == ["0-desktop.jpg", "audit.json"] * 2


def test_verdicts_that_are_taken_back_leave_the_store(store: Store, tmp_path: Path) -> None:
    run = Run(tmp_path / "one")
    for site in (SITE, OTHER):
        finished(run, site)
        store.put_site(run, site)
    run.folder(SITE).retract()
    store.withdraw(run)
    assert (store.has(run, SITE), store.has(run, OTHER)) == (False, True)


def test_shared_answers_travel_both_ways(store: Store, tmp_path: Path) -> None:
    one, other = Run(tmp_path / "one"), Run(tmp_path / "other")
    store.fetch_answers(one)
    (one.path / "hosts").mkdir(parents=True)
    (one.path / "hosts" / "x.json").write_bytes(b"{}")
    store.put_answers(one)
    store.fetch_answers(other)
    assert (other.path / "hosts" / "x.json").read_bytes() == b"{}"


def test_a_store_of_no_known_kind_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nosuch"):
        Store("nosuch://bucket/run").fetch(Run(tmp_path))


def test_each_address_has_a_mirror_of_its_own() -> None:
    one, other = mirror_of("s3://bucket/run"), mirror_of("s3://bucket/ruN")
    assert one != other
    assert one.parent == other.parent


def test_whatever_a_store_raises_is_an_error_of_this_machine(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages for stores have exceptions of their own: no credentials, no such endpoint."""

    class NoCredentialsError(Exception):
        pass

    def refuse(*_: object, **__: object) -> None:
        raise NoCredentialsError("unable to locate credentials")

    monkeypatch.setattr(type(fsspec.core.url_to_fs(store.address)[0]), "find", refuse)
    with pytest.raises(OSError, match="NoCredentialsError: unable to locate credentials"):
        store.fetch(Run(Path("nowhere")))
