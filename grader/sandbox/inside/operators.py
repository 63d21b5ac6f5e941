"""Operators of torch that an exercise does not allow: whoever reaches one, by whatever name, runs into NotAllowed.

What torch computes goes through its dispatcher, by an operator's name: `torch.conv2d`, `nn.Conv2d`, compiled and traced
code end there alike. So a banned operator is replaced there, in every namespace and for every key that it has a kernel
for. This is done once, in the zygote; its workers have it from the start. The old kernels come back when the libraries
that brought the new ones are destroyed: a worker that runs code of ours does so, any other loses sight of them.
"""

from __future__ import annotations

import ctypes
import re
import warnings
from collections.abc import Callable, Collection
from fnmatch import translate
from typing import Any, NoReturn

import torch

from .banned import NotAllowed

HERE = "banned by the exercise"  # where the dispatcher says that a kernel comes from
KERNEL = re.compile(r"^(\w+)(?:\[alias\])?: (.+?) :: ", re.MULTILINE)  # a line of its dump, unless it is inactive
# Operators that torch.jit has beside the dispatcher, and the function of torch that takes them away.
COMPILED = ("prim::mkldnn_convolution",)
DEREGISTER = "_ZN5torch3jit18deregisterOperatorERKN3c1014FunctionSchemaE"
HEAD = object.__basicsize__  # behind it, pybind11 keeps the address of what an object wraps

_dump = torch._C._dispatch_dump
_banned: list[str] = []
_libraries: list[Any] = []


def forbid(patterns: Collection[str]) -> None:
    """Replace every operator whose name, without namespace and overload, matches one of these patterns."""
    matches = re.compile("|".join(map(translate, patterns))).match
    every = torch._C._dispatch_get_registrations_for_dispatch_key()
    _banned[:] = [name for name in every if matches(_bare(name))]
    assert any(map(kernels, _banned)), f"torch has no operators like {patterns}, or does not tell their kernels"
    for name in COMPILED:
        if matches(_bare(name)):
            _deregister(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about kernels that are replaced
        for namespace in {name.partition("::")[0] for name in _banned}:
            _libraries.append(_replaced(namespace))


def _bare(name: str) -> str:
    return name.partition("::")[2].partition(".")[0]


def _replaced(namespace: str) -> Any:
    """The library that replaces what is banned in one namespace."""
    library = torch._C._dispatch_library("IMPL", namespace, "", HERE, 0)
    for name in _banned:
        own, _, rest = name.partition("::")
        if own == namespace:
            refuse = _refusal(own, _bare(name))
            for key in kernels(name):
                library.impl(rest, key, refuse)
    return library


def _refusal(namespace: str, name: str) -> Callable[..., NoReturn]:
    known = f"torch.{name}" if hasattr(torch, name) else f"torch.ops.{namespace}.{name}"

    def refuse(*_: object, **__: object) -> NoReturn:
        raise NotAllowed(known)

    return refuse


def kernels(name: str) -> dict[str, str]:
    """The keys for which an operator has a kernel, and where that comes from."""
    return dict(KERNEL.findall(_dump(name)))


def _deregister(name: str) -> None:
    forget = getattr(ctypes.CDLL(torch._C.__file__), DEREGISTER)
    for schema in torch._C._jit_get_schemas_for_operator(name):
        forget(ctypes.c_void_p.from_address(id(schema) + HEAD))


def allow() -> None:
    """In this process, everything is as torch made it (but for what torch.jit has beside the dispatcher)."""
    for library in _libraries:
        library.reset()
    _libraries.clear()
    _banned.clear()


def seal() -> None:
    """Lose sight of the libraries without destroying them: what is loaded now cannot destroy them either."""
    for library in _libraries:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))
    _libraries.clear()


def replaced_again() -> list[str]:
    """Banned operators that compute something after all."""
    return [name for name in _banned if any(not place.endswith(f"{HERE}:0") for place in kernels(name).values())]
