"""Modules that are imported when something of them is used; and no looking for garbage among what is imported."""

from __future__ import annotations

import gc
import importlib
import sys
from types import ModuleType
from typing import Any

RARELY = 100_000  # new objects between two looks for garbage: more than all that a command's modules bring along
USUAL = gc.get_threshold()


def loading() -> None:
    """Modules are about to be imported, and are there to stay: to look through them costs a seventh of a short run.

    Garbage is collected all the same, if late: a command that works before `loaded` may take its time.
    """
    gc.set_threshold(RARELY)


def loaded() -> None:
    """The work begins: what was imported since `loading` is not looked through any more."""
    if gc.get_threshold()[0] == RARELY:
        gc.freeze()
        gc.set_threshold(*USUAL)


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
