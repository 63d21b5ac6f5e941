"""Stand-ins for plotting and notebook packages that the grader's machine may lack.

A solution that imports matplotlib for its own pictures is not wrong, so where such a package is missing, importing it
gives an inert object: any attribute, call, item or `with` gives another one. Nothing that is graded can come from it.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

PACKAGES = ("matplotlib", "seaborn", "plotly", "IPython", "ipywidgets", "google", "tqdm", "pylab", "cv2", "PIL")


class Inert(ModuleType):
    """Answers everything with an inert object; iterating over one gives what it was called with, as tqdm does."""

    __path__: list[str] = []  # noqa: RUF012  (what makes it a package for the import system)

    def __init__(self, name: str, wrapped: Any = None):
        super().__init__(name)
        self.__dict__["_wrapped"] = wrapped

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert(f"{self.__name__}.{name}")

    def __call__(self, *args: Any, **_kwargs: Any) -> Inert:
        return Inert(self.__name__, args[0] if args and hasattr(args[0], "__iter__") else None)

    def __iter__(self) -> Iterator[Any]:
        wrapped = self.__dict__["_wrapped"]
        return iter((self, self)) if wrapped is None else iter(wrapped)  # fig, ax = plt.subplots()

    def __getitem__(self, _key: Any) -> Inert:
        return self

    def __setitem__(self, _key: Any, _value: Any) -> None:
        """Forgotten: `plt.rcParams["figure.figsize"] = (8, 4)`."""

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder of all: comes in only where no real package was found."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Ours, if it is one of the packages or below one."""
        if name.partition(".")[0] in PACKAGES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """An inert module."""
        return Inert(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def install() -> None:
    """Put the finder behind all others; what notebooks find without importing it is there too."""
    sys.meta_path.append(Finder())
    builtins.get_ipython = Inert("get_ipython")  # type: ignore[attr-defined]
    builtins.display = print  # type: ignore[attr-defined]
