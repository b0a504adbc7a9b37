import hashlib
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import manifest
from crawler.manifest import MANIFEST, Changes, DamagedError, Dropped, EvidenceError, Manifest

NAMES = (
    "run.json",
    "seeds.csv",
    "sites/a1/one/capture.json.zst",
    "sites/a1/one/audit.json",
    "sites/b2/two/shots/0.jpg",
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    for number, name in enumerate(NAMES):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(hashlib.sha256(name.encode()).digest() * (number + 1))
    return folder


def changes(run: Path) -> Changes:
    return manifest.changes(run, manifest.read(run))


def test_a_run_is_as_its_manifest_says(run: Path) -> None:
    digest = manifest.write(run)
    assert not changes(run)
    assert set(manifest.read(run).files) == set(NAMES)
    assert digest == hashlib.sha256((run / MANIFEST).read_bytes()).hexdigest() == manifest.digest(run)


def test_every_kind_of_change_is_named(run: Path) -> None:
    manifest.write(run)
    (run / NAMES[0]).write_bytes(b"other")
    (run / NAMES[1]).unlink()
    (run / "sites/a1/one/new.txt").write_bytes(b"")
    assert changes(run) == Changes((NAMES[0],), (NAMES[1],), ("sites/a1/one/new.txt",))


def flip(run: Path, files: list[Path], chance: random.Random) -> set[str]:
    path = chance.choice([one for one in files if one.stat().st_size])
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return {path.relative_to(run).as_posix()}


def delete(run: Path, files: list[Path], chance: random.Random) -> set[str]:
    path = chance.choice([one for one in files if one.name != MANIFEST])
    path.unlink()
    return {path.relative_to(run).as_posix()}


def add(run: Path, files: list[Path], chance: random.Random) -> set[str]:
    path = chance.choice(files).parent / f"added-{chance.random()}"
    path.write_bytes(chance.randbytes(chance.randrange(3)))
    return {path.relative_to(run).as_posix()}


def swap(run: Path, files: list[Path], chance: random.Random) -> set[str]:
    one, other = chance.sample([file for file in files if file.name != MANIFEST], 2)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    return {path.relative_to(run).as_posix() for path in (one, other)}


@pytest.mark.parametrize("attack", [flip, delete, add, swap])
def test_changes_at_200_random_places_are_all_told(
    run: Path, tmp_path: Path, attack: Callable[[Path, list[Path], random.Random], set[str]]
) -> None:
    manifest.write(run)
    for seed in range(50):
        copy = tmp_path / f"copy-{seed}"
        shutil.copytree(run, copy)
        touched = attack(copy, sorted(path for path in copy.rglob("*") if path.is_file()), random.Random(seed))
        if touched == {MANIFEST}:
            with pytest.raises(DamagedError):
                manifest.read(copy)
        else:
            found = changes(copy)
            assert {*found.changed, *found.missing, *found.added} == touched


def test_every_byte_of_the_manifest_counts(run: Path) -> None:
    manifest.write(run)
    data = (run / MANIFEST).read_bytes()
    for at in range(len(data)):
        with pytest.raises(DamagedError):
            manifest.decode(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    for at in range(0, len(data), 7):
        with pytest.raises(DamagedError):
            manifest.decode(data[:at])


def test_sha256sum_checks_it_too(run: Path) -> None:
    (run / "back\\slash\nand line").write_bytes(b"odd")
    (run / os.fsdecode(b"not-utf8-\xff")).write_bytes(b"odder")
    manifest.write(run)
    checked = subprocess.run(["sha256sum", "-c", "--strict", MANIFEST], cwd=run, capture_output=True)
    assert checked.returncode == 0
    assert not changes(run)


def test_what_is_no_file_cannot_be_vouched_for(run: Path) -> None:
    (run / "link").symlink_to(run / NAMES[0])
    with pytest.raises(EvidenceError, match="link is no regular file"):
        manifest.write(run)


@pytest.mark.parametrize("target", ["elsewhere", "same bytes"])
def test_a_link_in_place_of_a_file_is_a_change(run: Path, tmp_path: Path, target: str) -> None:
    manifest.write(run)
    other = tmp_path / target
    shutil.copy(run / NAMES[0], other)
    (run / NAMES[0]).unlink()
    (run / NAMES[0]).symlink_to(other)
    (run / "folder").symlink_to(tmp_path, target_is_directory=True)
    (run / "pipe").unlink(missing_ok=True)
    os.mkfifo(run / "pipe")
    assert changes(run) == Changes((NAMES[0],), (), ("folder", "pipe"))


def test_a_missing_manifest_is_said(run: Path) -> None:
    with pytest.raises(EvidenceError, match="has no manifest"):
        manifest.read(run)
    assert manifest.digest(run) is None


def test_earlier_manifests_are_kept_and_vouched_for(run: Path) -> None:
    first = manifest.write(run, {"gone": Dropped("2026-11-24", "0" * 64)})
    manifest.retire(run)
    assert not (run / MANIFEST).exists()
    assert manifest.dropped(run) == {"gone": Dropped("2026-11-24", "0" * 64)}
    second = manifest.write(run)
    assert first != second
    assert [hashlib.sha256((path / MANIFEST).read_bytes()).hexdigest() for path in manifest.earlier(run)] == [first]
    assert "manifests/1/manifest.sha256" in manifest.read(run).files
    manifest.retire(run)
    assert [path.name for path in manifest.earlier(run)] == ["1", "2"]


def test_lines_that_are_made_up_are_refused() -> None:
    body = b"# gongshi.manifest/1\n" + b"0" * 64 + b"  same\n" + b"1" * 64 + b"  same\n"
    end = b"# end " + hashlib.sha256(body).hexdigest().encode() + b"\n"
    with pytest.raises(DamagedError, match="twice"):
        manifest.decode(body + end)
    with pytest.raises(DamagedError, match="no line of a manifest"):
        body = b"# gongshi.manifest/1\nrm -rf\n"
        manifest.decode(body + b"# end " + hashlib.sha256(body).hexdigest().encode() + b"\n")


hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
names = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1).filter(str.strip)


@given(
    st.dictionaries(names, hashes, max_size=5),
    st.dictionaries(names, st.builds(Dropped, st.just("2026-11-24"), hashes), max_size=3),
    st.none() | st.just("ed25519:AAAA"),
    st.none() | st.just("https://tsa.example/a b"),
)
def test_what_is_written_is_read(
    files: dict[str, str], dropped: dict[str, Dropped], signed: str | None, stamped: str | None
) -> None:
    written = Manifest(files, dropped, signed, stamped)
    assert manifest.decode(manifest.encode(written)) == written


@given(st.binary(max_size=300))
def test_any_bytes_end_in_one_sentence(data: bytes) -> None:
    with pytest.raises(DamagedError):
        manifest.decode(data)
