"""Modules that are imported when something of them is used."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


def later(name: str) -> None:
    """Let `import package.module` find a stand-in, which gives way to the module when anything is asked of it.

    (`importlib.util.LazyLoader` takes the second import statement for a use.)
    """
    if name in sys.modules:
        return
    stand_in = ModuleType(name)

    def give_way(attribute: str) -> Any:
        if sys.modules.get(name) is stand_in:
            sys.modules.pop(name, None)
        return getattr(importlib.import_module(name), attribute)

    stand_in.__getattr__ = give_way  # type: ignore[method-assign]
    package, _, own_name = name.rpartition(".")
    sys.modules[name] = stand_in
    setattr(sys.modules[package], own_name, stand_in)
