"""What a process imports and starts before it has a submission: for all workers of a zygote, or for one."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from typing import Any

ALWAYS = ("numpy.random", "numpy.fft", "dataclasses", "functools")


def always() -> None:
    """Import what every exercise needs."""
    _import(ALWAYS)


def prepare(wanted: dict[str, Any]) -> None:
    """Import what is to be there from the start, hide our own modules, warm torch, forbid operators."""
    _import(wanted["preload"])
    _hide([wanted["home"]])
    _warm()
    _forbid(wanted["operators"])


def _import(names: Iterable[str]) -> None:
    for name in names:
        importlib.import_module(name)


def _hide(folders: list[str]) -> None:
    """Take these folders off the import path, so that the submission does not find our modules by name."""
    sys.path[:] = [p for p in sys.path if p not in folders]


def _warm() -> None:
    """One thread, and a first convolution, so that workers inherit initialised libraries."""
    torch = sys.modules.get("torch")
    if torch is None:
        return
    from . import modules  # noqa: F401  (torch operations, imported before the file system goes)

    torch.set_num_threads(1)
    with torch.no_grad():
        torch.nn.functional.conv2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, 3, 3))


def _forbid(operators: list[str]) -> None:
    if operators:
        from . import operators as own

        own.forbid(operators)
