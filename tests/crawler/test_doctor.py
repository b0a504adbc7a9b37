import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler import doctor
from crawler.doctor import Check, examine

DAY = 86_400


def one(name: str, checks: tuple[Check, ...]) -> Check:
    return next(check for check in checks if check.name == name)


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares tests of other checks the start of a browser."""
    monkeypatch.setenv("GONGSHI_BROWSER", "/nonexistent/browser")


@pytest.mark.browser
def test_a_machine_that_has_everything(tmp_path: Path) -> None:
    register = tmp_path / "register"
    register.touch()
    checks = examine(register, tmp_path)
    assert [check.name for check in checks] == ["browser", "loopback", "fonts", "ocr", "registry", "disk", "folder"]
    assert all(check.ok for check in checks if check.needed), checks
    assert any(character.isdigit() for character in one("browser", checks).what.en)
    assert list(tmp_path.iterdir()) == [register]


@pytest.mark.browser
def test_a_browser_without_chinese_characters_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    fonts = one("fonts", examine(folder=tmp_path))
    assert fonts.needed and not fonts.ok
    assert "fonts-noto-cjk" in fonts.advice.zh and "fonts-noto-cjk" in fonts.advice.en


@pytest.mark.browser
def test_loopback_that_cannot_be_reached_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with doctor._server() as closed_by_then:
        pass

    @contextmanager
    def nobody() -> Iterator[str]:
        yield closed_by_then

    monkeypatch.setattr(doctor, "_server", nobody)
    checks = examine(folder=tmp_path)
    assert one("browser", checks).ok
    assert not one("loopback", checks).ok
    assert "ERR_CONNECTION_REFUSED" in one("loopback", checks).what.en
    assert "fonts" not in {check.name for check in checks}


@pytest.mark.usefixtures("no_browser")
def test_a_browser_that_is_not_there_is_one_failed_check(tmp_path: Path) -> None:
    checks = examine(folder=tmp_path)
    browser = one("browser", checks)
    assert browser.needed and not browser.ok
    assert "/nonexistent/browser" in browser.what.zh and "/nonexistent/browser" in browser.what.en
    assert "GONGSHI_BROWSER" in browser.advice.zh and "GONGSHI_BROWSER" in browser.advice.en
    assert {"loopback", "fonts"}.isdisjoint(check.name for check in checks)


@pytest.mark.browser
def test_a_program_that_is_no_browser_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("GONGSHI_BROWSER", str(program))
    browser = one("browser", examine(folder=tmp_path))
    assert not browser.ok
    assert f"{program} does not start" in browser.what.en
    assert "\n" not in browser.what.en


@pytest.mark.usefixtures("no_browser")
def test_ocr_that_cannot_be_imported_is_told_and_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError(f"No module named '{name}'")

    monkeypatch.setattr(doctor, "import_module", fail)
    ocr = one("ocr", examine(folder=tmp_path))
    assert (ocr.ok, ocr.needed) == (False, False)
    assert "rapidocr" in ocr.what.en


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize(("days", "ok"), [(0, True), (92, True), (93, False), (400, False)])
def test_registers_get_old(days: int, ok: bool, tmp_path: Path) -> None:
    register = tmp_path / "register"
    register.touch()
    then = time.time() - days * DAY - 60
    os.utime(register, (then, then))
    check = one("registry", examine(register, tmp_path))
    assert check.ok is ok
    assert f"{days} days" in check.what.en and f"{days} 天" in check.what.zh
    assert not check.needed


@pytest.mark.usefixtures("no_browser")
def test_no_register_yet(tmp_path: Path) -> None:
    check = one("registry", examine(tmp_path / "register", tmp_path))
    assert not check.ok
    assert "registry update" in check.advice.en
    assert "registry" not in {check.name for check in examine(folder=tmp_path)}


@pytest.mark.usefixtures("no_browser")
def test_little_room_is_a_failed_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM", 10**18)
    disk = one("disk", examine(folder=tmp_path))
    assert disk.needed and not disk.ok


@pytest.mark.usefixtures("no_browser")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    checks = examine(folder=tmp_path / "missing")
    assert not one("folder", checks).ok
    assert not one("disk", checks).ok
    assert one("folder", examine(folder=tmp_path)).ok


@pytest.mark.usefixtures("no_browser")
def test_everything_is_said_in_both_languages(tmp_path: Path) -> None:
    for check in examine(tmp_path / "register", tmp_path):
        assert all((check.what.zh, check.what.en, check.advice.zh, check.advice.en))
        assert any("\u4e00" <= character <= "\u9fff" for character in check.what.zh + check.advice.zh)
        assert not any("\u4e00" <= character <= "\u9fff" for character in check.what.en + check.advice.en)
