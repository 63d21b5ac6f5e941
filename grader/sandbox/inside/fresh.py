"""Functions of a module as they were when it was loaded, whatever is done to them later."""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import Any


class FreshFunctions:
    """A module's names. Each time one is looked up, the module's functions are made anew, from the code they had.

    Functions that a decorator has replaced, and classes, stay what they are.
    """

    def __init__(self, module: ModuleType):
        names = vars(module)
        self._names = names | {"__builtins__": dict(names["__builtins__"])}
        own = {n: f for n, f in names.items() if type(f) is FunctionType and f.__globals__ is names}
        self._made_of = {n: (f.__code__, f.__defaults__, f.__kwdefaults__, f.__closure__) for n, f in own.items()}

    def __getattr__(self, name: str) -> Any:
        names = dict(self._names)
        for own, (code, defaults, keywords, closure) in self._made_of.items():
            names[own] = made = FunctionType(code, names, own, defaults, closure)
            made.__kwdefaults__ = keywords
        try:
            return names[name]
        except KeyError:
            raise AttributeError(name) from None
