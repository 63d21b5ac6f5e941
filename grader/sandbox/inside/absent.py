"""Stand-ins for packages that are not there: inert objects, of which nothing that is graded can come.

A solution that imports matplotlib for its own pictures is not wrong, so where a package that shows or follows what
is computed is missing, importing it gives an object whose attributes, calls, items and `with` give another one. The
same stands for a package that the exercise does not allow, whether it is installed or not: a file may hold solutions
of other exercises too. That one can be imported, inherited from and called while the file is loaded; its values hold
nothing. Any other package that is not installed gets one of that kind, too: a file may need it for what is not graded.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Collection, Iterator, Sequence
from types import FunctionType, ModuleType
from typing import Any, NoReturn

from .banned import NotAllowed

PICTURES = ("matplotlib", "seaborn", "plotly", "IPython", "ipywidgets", "google", "tqdm", "pylab", "cv2", "PIL")
WATCHING = "ipdb pudb icecream snoop rich loguru wandb tensorboard tensorboardX torchinfo torchsummary torchviz".split()
PACKAGES = (*PICTURES, *WATCHING)
BINARY = "add sub mul truediv floordiv mod divmod pow matmul lshift rshift and xor".split()
FRAMEWORKS = ("numpy", "torch")  # which are always there
MISSING = (
    "{} is not installed where this is graded; this exercise does not need it (a file of your own: hand it in, too)"
)
UNUSABLE = "{} cannot be used where this is graded; this exercise does not need it"
REFUSED = [
    *(f"__{side}{name}__" for name in BINARY for side in ("", "r")),
    *(f"__{name}__" for name in "lt le gt ge len int float complex index round abs neg pos invert array".split()),
]


class Inert(ModuleType):
    """Answers everything with an inert object; iterating over one gives what it was called with, as tqdm does."""

    __path__: list[str] = []  # noqa: RUF012  (what makes it a package for the import system)
    __version__ = "0"
    wanted: set[str] = set()  # noqa: RUF012  (names that files mention and do not define, of all stand-ins)

    def __init__(self, name: str, wrapped: Any = None):
        super().__init__(name)
        self.__dict__["_wrapped"] = wrapped

    @property
    def __all__(self) -> list[str]:
        """For `from package import *`: whatever the files mention and have from nowhere else."""
        names = Inert.wanted - {*dir(builtins), *sys._getframe(1).f_globals}
        return sorted(name for name in names if not name.startswith("_"))

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(self)(f"{self.__name__}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Another inert object; what it decorates stays what it is."""
        if len(args) == 1 and not kwargs and isinstance(args[0], (FunctionType, type)):
            return args[0]
        return type(self)(self.__name__, args[0] if args and hasattr(args[0], "__iter__") else None)

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
        """A class that derives from it derives from an inert one."""
        return (type("InertBase", (InertBase,), {"_stand_in": self}),)

    def __instancecheck__(self, _instance: object) -> bool:
        return False

    def __subclasscheck__(self, _subclass: type) -> bool:
        return False

    def __or__(self, _other: object) -> Inert:
        """In annotations: `torch.Tensor | None`."""
        return self

    __ror__ = __or__

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

    def __deepcopy__(self, _memo: object) -> Inert:
        return self


class Withheld(Inert):
    """Stands for what the exercise does not allow: who wants a number of it, or calls it once the file is loaded, is
    told so by NotAllowed."""

    loading = True

    def __init__(self, name: str, _wrapped: Any = None):
        super().__init__(name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """As an inert object, while the file is loaded."""
        return super().__call__(*args, **kwargs) if Withheld.loading else _refuse(self)

    def __bool__(self) -> bool:
        """No CUDA is available, and nothing is anything else that can be asked for."""
        return False if self.__name__.rpartition(".")[2].startswith("is_") else _refuse(self)

    def __format__(self, _spec: str) -> str:
        return f"({self.__name__} is not there)"

    def problem(self) -> Exception:
        """What is raised."""
        return NotAllowed(self.__name__)


def _refuse(self: Withheld, *_: object, **__: object) -> NoReturn:
    raise self.problem()


for _name in REFUSED:
    setattr(Withheld, _name, _refuse)


class Missing(Withheld):
    """The same for what is not installed, or cannot be used here."""

    unusable: set[str] = set()  # noqa: RUF012  (one for all)

    def problem(self) -> Exception:
        """As if the import had failed, but where the value is used."""
        package = self.__name__.partition(".")[0]
        return ModuleNotFoundError((UNUSABLE if package in self.unusable else MISSING).format(package), name=package)


class InertBase:
    """In the place of a base class that is not there: takes any arguments, answers as what stands in for it."""

    _stand_in = Inert("nothing")

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        """Forgotten."""

    def __getattr__(self, name: str) -> Inert:
        return self._stand_in.__getattr__(name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """A network of which nothing can be computed."""
        return self._stand_in(*args, **kwargs)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds stand-ins of one kind for these packages and all below them."""

    def __init__(self, packages: Collection[str], kind: type[Inert]):
        self.packages, self.kind = packages, kind

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Ours, if it is one of the packages or below one."""
        if any(f"{name}.".startswith(f"{package}.") for package in self.packages):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """An inert module."""
        return self.kind(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def install(hidden: Collection[str]) -> None:
    """Stand-ins for what may be missing come last, those for hidden packages come first.

    What notebooks, interactive sessions and profilers find without importing it is there too; no debugger waits.
    """
    sys.meta_path.append(Finder(PACKAGES, Inert))
    sys.meta_path.append(Finder({name.partition(".")[0] for name in hidden}, Withheld))  # whose parts are
    sys.meta_path.insert(0, Finder(hidden, Withheld))
    builtins.get_ipython = Inert("get_ipython")  # type: ignore[attr-defined]
    builtins.display = print  # type: ignore[attr-defined]
    builtins.exit = builtins.quit = sys.exit  # type: ignore[assignment]
    builtins.help = Inert("help")  # type: ignore[assignment]
    builtins.profile = Inert("profile")  # type: ignore[attr-defined]
    sys.breakpointhook = Inert("breakpoint")


def no_debugger() -> None:
    """No debugger that derives from Python's stops anywhere: nobody is there to answer it."""
    import bdb

    bdb.Bdb.set_trace = Inert("set_trace")  # type: ignore[method-assign]


def stand_in_for(packages: Collection[str]) -> None:
    """A stand-in for each of these packages that is not there."""
    absent = {name for name in packages if not _is_there(name)}
    if absent:
        sys.meta_path.append(Finder(absent, Missing))


def _is_there(package: str) -> bool:
    try:
        return package in sys.modules or importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        return True


def give_up(packages: Collection[str]) -> None:
    """A stand-in for each of these packages, which are there and cannot be loaded."""
    hopeless = {name for name in packages if name not in FRAMEWORKS}
    for name in [name for name in sys.modules if name.partition(".")[0] in hopeless]:
        del sys.modules[name]
    Missing.unusable |= hopeless
    sys.meta_path.insert(0, Finder(hopeless, Missing))


def refused(value: Any) -> Any:
    """The value. Raises NotAllowed if it is the stand-in for what is not allowed."""
    return _refuse(value) if isinstance(value, Withheld) else value


def loaded() -> None:
    """The file is loaded: from now on, nothing is a test that the file makes of itself."""
    Withheld.loading = False
