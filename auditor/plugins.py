"""Plug-ins are modules: a new file in a package is a new number kind, rule or report format."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def plugins(package: ModuleType) -> Iterator[ModuleType]:
    """The public modules of a package, imported, in name order. A name with a leading underscore is private."""
    for name in sorted(found.name for found in iter_modules(package.__path__)):
        if not name.startswith("_"):
            yield import_module(f"{package.__name__}.{name}")
