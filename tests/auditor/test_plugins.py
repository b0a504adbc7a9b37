import sys
from pathlib import Path
from types import ModuleType

import pytest

from auditor.plugins import plugins


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    folder = tmp_path / "sample_plugins"
    folder.mkdir()
    for name in ("__init__", "beta", "alpha", "_shared"):
        (folder / f"{name}.py").write_text(f"NAME = {name!r}\n")
    monkeypatch.syspath_prepend(tmp_path)
    import sample_plugins  # type: ignore[import-not-found]

    return sample_plugins


def test_public_modules_in_name_order(package: ModuleType):
    assert [module.NAME for module in plugins(package)] == ["alpha", "beta"]
    assert "sample_plugins._shared" not in sys.modules


def test_a_broken_module_is_not_passed_over(package: ModuleType):
    (Path(package.__path__[0]) / "gamma.py").write_text("1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        list(plugins(package))
