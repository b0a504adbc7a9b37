"""What pyproject.toml lists by hand is what stands in the project's folder."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_module_of_the_command_line_is_packaged_and_typed() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    modules = {path.stem for path in ROOT.glob("gongshi*.py")}
    wheel = tool["hatch"]["build"]["targets"]["wheel"]
    assert {Path(name).stem for name in wheel["only-include"] if name.endswith(".py")} == modules
    assert set(tool["mypy"]["modules"]) == modules
    assert set(wheel["packages"]) == {name for name in wheel["only-include"] if not name.endswith(".py")}
