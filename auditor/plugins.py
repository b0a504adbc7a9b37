"""Plug-ins are modules: a new file in a package is a new number kind, rule or report format."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def plugins(package: ModuleType) -> Iterator[ModuleType]:
    """The public modules of a package, imported, in name order."""
    return (import_module(f"{package.__name__}.{name}") for name in plugin_names(package))


def plugin_names(package: ModuleType) -> tuple[str, ...]:
    """The names of the public modules of a package, in order. A name with a leading underscore is private."""
    return tuple(sorted(found.name for found in iter_modules(package.__path__) if not found.name.startswith("_")))
