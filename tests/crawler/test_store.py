from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from crawler.capture import FORMAT, Custody, Hop, PageCapture, Reached, Role, Shot, SiteCapture, Tree, View
from crawler.store import SECOND, Run, SiteFolder, StoreError, site_name, unpack, write_atomically
from seeds.model import Seed, ServiceKind

TREE = Tree(
    parent=(-1, 0),
    kind=(9, 3),
    name=("#document", "#text"),
    text=("", "网信算备\t\0\u202e"),
    attributes=((), ("href", "x")),
    box=(None, (0.5, 1.0, 2.0, 3.0)),
    style=(-1, 0),
    paint=(-1, 3),
    ground=(None, "#ffffff"),
    opacity=(1.0, 0.5),
    styles=(("block", "visible", *[""] * 37),),
    lines=((1, 0, 4, 0.0, 0.0, 10.0, 5.0),),
)
VIEW = View("desktop", 1366, 768, 1366.0, 900.0, TREE, Shot("shots/0-desktop-1.jpg", (0, 0, 1, 1), 1.0, "aa"))
PAGE = PageCapture(
    "https://a.example/", Role.HOME, 0, (), Reached.OK, chain=(Hop("https://a.example/", 200),), views=(VIEW,)
)
CAPTURE = SiteCapture(
    Seed("a.example", service=ServiceKind.GENERATIVE, extra=(("省", "沪"),)),
    "https://a.example/",
    "2026-11-24T07:00:00+00:00",
    Reached.OK,
    (PAGE,),
    (),
    "none",
    Custody("0.1", None, "x", (("delay", "1"),)),
)


def stored(tmp_path: Path) -> SiteFolder:
    folder = Run(tmp_path).folder("a.example")
    folder.write(CAPTURE)
    return folder


def test_what_is_written_is_read(tmp_path: Path) -> None:
    folder = stored(tmp_path)
    assert folder.read() == CAPTURE
    assert folder.path.relative_to(tmp_path).parts[0] == "sites"
    assert folder.path.parent.name == folder.path.name[-2:]
    assert len(folder.capture_sha256()) == 64
    assert [path.name for path in folder.path.iterdir()] == ["capture.json.zst"]


def test_what_an_earlier_visit_left_is_cleared(tmp_path: Path) -> None:
    folder = stored(tmp_path)
    folder.write_picture("0-desktop-1", b"x")
    SiteFolder(folder.path / SECOND).write(CAPTURE)
    (folder.path / ".audit.json.1").touch()
    folder.clear()
    assert [path.name for path in folder.path.iterdir()] == ["capture.json.zst"]


def test_a_run_lists_its_sites_and_knows_which_are_done(tmp_path: Path) -> None:
    run = Run(tmp_path)
    folder = stored(tmp_path)
    assert (run.done("a.example"), folder.captured) == (False, True)
    folder.write_audit(b"{}")
    assert run.done("https://a.example/")
    assert folder.read_audit() == b"{}"
    assert [one.path for one in run.folders()] == [folder.path]
    assert list(Run(tmp_path / "nothing").folders()) == []


def test_lone_surrogates_do_not_lose_a_capture(tmp_path: Path) -> None:
    folder = Run(tmp_path).folder("b.example")
    folder.write(replace(CAPTURE, detail="a\ud800b"))
    assert folder.read().detail == "a?b"


@pytest.mark.parametrize("keep", [0, 4, 50, -1])
def test_a_torn_file_is_one_clear_error(tmp_path: Path, keep: int) -> None:
    path = stored(tmp_path).path / "capture.json.zst"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(StoreError, match=r"capture\.json\.zst: not a whole capture"):
        SiteFolder(path.parent).read()


@pytest.mark.parametrize("text", [b"", b"[]", b'{"seed": 1}', b"[" * 100_000, b"\xff"])
def test_a_file_that_is_no_capture_is_one_clear_error(tmp_path: Path, text: bytes) -> None:
    folder = stored(tmp_path)
    (folder.path / "capture.json.zst").write_bytes(zstandard.compress(text))
    with pytest.raises(StoreError, match="not a whole capture"):
        folder.read()


def test_a_missing_file_and_a_newer_format_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        Run(tmp_path).folder("z.example").read()
    folder = Run(tmp_path).folder("n.example")
    folder.write(replace(CAPTURE, format=FORMAT + 1))
    with pytest.raises(StoreError, match=f"format {FORMAT + 1}"):
        folder.read()


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zstandard.compress(bytes(50_000_000))
    with pytest.raises(EOFError):
        unpack(bomb, 1_000_000)
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1000))
    with pytest.raises(EOFError):
        unpack(unsized, 1_000_000)


@pytest.mark.parametrize(
    "site",
    [
        "../../etc/passwd",
        "https://a/../../b",
        "a\0b",
        "a b\n",
        "C:\\x",
        "https://[::1",
        "x" * 5000,
        "",
        "公示.中国",
        "\ud800",
        ".",
    ],
)
def test_no_name_of_a_site_leaves_the_run(tmp_path: Path, site: str) -> None:
    name = site_name(site)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert not name.startswith(".")
    assert len(name) < 80
    assert Run(tmp_path).folder(site).path.resolve().is_relative_to(tmp_path.resolve() / "sites")


def test_sites_are_told_apart_by_more_than_their_slug() -> None:
    names = {
        site_name(one) for one in ("a.example", "http://a.example", "a.example:8080", "a.example/x", "a.example/X")
    }
    assert len(names) == 5
    assert site_name("A.Example/") == site_name("https://a.example")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "audit.json"
    write_atomically(target, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crawler.store.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["audit.json"]


def test_pictures_are_named_by_us(tmp_path: Path) -> None:
    folder = Run(tmp_path).folder("a.example")
    file, digest = folder.write_picture("0-desktop-1", b"jpeg")
    assert (folder.path / file).read_bytes() == b"jpeg"
    assert len(digest) == 64
