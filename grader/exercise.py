"""Exercises as data: what a folder under `exercises/` says, read without running any of it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Collection
from dataclasses import field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from generators.closest import did_you_mean

from .editions import digest_of, files_of
from .errors import GraderError
from .model import Limits, Record, record
from .root import ROOT

EXERCISES = ROOT / "exercises"
CONTRACT = EXERCISES / "contract.toml"  # the clauses that hold in several exercises
SOLUTIONS = ROOT / "solutions"
LAST = float("inf")
CASES = "any_"  # begins the name of the check that a case space makes
OPTIONS = {"check": ("points", "needs", "kind", "bonus", "device"), "cases": ("points", "needs")}


class ExerciseError(GraderError):
    """An exercise's folder is not as it should be. The message says which file and why."""


@record()
class Check(Record):
    """One graded check: its points, the names of the submission that it calls, and what it is about.

    `kind` is `correctness`, `timing` or `memory`; `bonus` are points outside the maximum; `device` is `cpu` or `cuda`.
    """

    name: str
    title: str
    points: float
    needs: tuple[str, ...]
    kind: str = "correctness"
    bonus: float = 0.0
    device: str = "cpu"


@record()
class Clause(Record):
    """A sentence of the contract, and how it can be broken: for the proof that the checks would notice.

    It is about `names` of the submission. `when` says of which calls it speaks, as an expression in their arguments;
    `each` are what may stand for {} in it, or `parameters`, or `options` (those with a default). `how` is what a
    submission that breaks it does there. What is `free` may be done, and costs no points.
    """

    slug: str
    says: str
    names: tuple[str, ...]
    when: str = "True"
    each: tuple[str, ...] | str = ("",)
    how: str = "spoilt"
    free: bool = False


@record()
class Exercise(Record):
    """`exercises/<slug>/exercise.toml` with the checks of `test_<slug>.py`."""

    slug: str
    title: str
    topics: tuple[str, ...]
    bloom: str
    level: str
    place: float  # in the chapter's order
    framework: str
    names: tuple[str, ...]
    banned: tuple[str, ...] = ()
    banned_operators: tuple[str, ...] = ()
    overlay: bool = False
    preload: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    own_clauses: tuple[Clause, ...] = ()
    results: tuple[tuple[str, tuple[str, ...] | str], ...] = ()  # how the values are called that a function returns

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """Packages of which nothing is allowed (dotted names): a worker has none of them."""
        whole = (pattern.removesuffix(".*") for pattern in self.banned if pattern.endswith(".*"))
        return tuple(sorted(name for name in whole if name.partition(".")[0] != self.framework))

    @cached_property
    def visibly_banned(self) -> tuple[str, ...]:
        """The patterns for what a worker has all the same: parts of the framework."""
        return tuple(pattern for pattern in self.banned if pattern.removesuffix(".*") not in self.hidden)

    @cached_property
    def folder(self) -> Path:
        """Where the exercise lives."""
        return EXERCISES / self.slug

    @cached_property
    def test_files(self) -> tuple[Path, ...]:
        """The graded checks: one file, or several where it grows long."""
        return tuple(sorted(self.folder.glob("test_*.py")))

    @cached_property
    def reference_file(self) -> Path:
        """The reference solution."""
        return SOLUTIONS / f"{self.slug}.py"

    @cached_property
    def edition(self) -> str:
        """SHA-256 over the names and bytes of the exercise's files and its reference: changes when one of them does."""
        return digest_of([*files_of(self.folder), self.reference_file], ROOT)

    @property
    def starter_file(self) -> Path:
        """What the student starts from."""
        return self.folder / "starter.py"

    @property
    def statement(self) -> str:
        """The statement, Markdown."""
        return (self.folder / "README.md").read_text(encoding="utf-8")

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks in the order of the file: the fixed list of all points."""
        texts = [(path, path.read_text(encoding="utf-8")) for path in self.test_files]
        found = [check for path, text in texts for check in _checks(path, text, self.names)]
        if not found:
            raise ExerciseError(f"{self.folder}/test_*.py: no checks; define test_… functions with @check(points=…)")
        return tuple(found)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What the contract says of this exercise: the general clauses, and its own."""
        general = tomllib.loads(CONTRACT.read_text(encoding="utf-8"))
        about = {slug: _about(self, data.pop("applies")) for slug, data in general.items()}
        found = (_clause(slug, about[slug], data) for slug, data in general.items() if about[slug])
        return (*found, *self.own_clauses)

    @property
    def points(self) -> float:
        """The maximum."""
        return sum(c.points for c in self.checks)

    @cached_property
    def wrong_files(self) -> tuple[Path, ...]:
        """The misconceptions: complete wrong submissions."""
        return tuple(sorted((self.folder / "wrong").glob("*.py")))


@lru_cache(maxsize=64)
def _checks(path: Path, text: str, names: tuple[str, ...]) -> tuple[Check, ...]:
    """What a test file with this text defines, for an exercise that asks for these names."""
    nodes = [node for node in ast.parse(text, str(path)).body if isinstance(node, ast.FunctionDef)]
    return tuple(_check(node, names, path) for node in nodes if _is_check(node))


def _is_check(node: ast.FunctionDef) -> bool:
    return node.name.startswith("test_") or _decorator(node, "cases") is not None


def _check(node: ast.FunctionDef, names: tuple[str, ...], path: Path) -> Check:
    """Read `@check(points=2, needs=("conv2d",))`, or `@cases(…)`, and the docstring's first line."""
    where = f"{path}:{node.lineno}"
    decorator = _decorator(node, "check", "cases")
    if decorator is None:
        raise ExerciseError(f"{where}: {node.name} needs @check(points=…)")
    docstring = ast.get_docstring(node)
    if not docstring:
        raise ExerciseError(f"{where}: {node.name} needs a docstring: it is the line that the student reads")
    options = _options(decorator)
    needs = options.get("needs", names)
    return Check(
        name=node.name.removeprefix("test_") if node.name.startswith("test_") else f"{CASES}{node.name}",
        title=docstring.splitlines()[0],
        points=float(options.get("points", 1)),
        needs=(needs,) if isinstance(needs, str) else tuple(needs),
        kind=options.get("kind", "correctness"),
        bonus=float(options.get("bonus", 0)),
        device=options.get("device", "cpu"),
    )


def _decorator(node: ast.FunctionDef, *names: str) -> ast.Call | None:
    calls = (d for d in node.decorator_list if isinstance(d, ast.Call))
    return next((call for call in calls if getattr(call.func, "id", "") in names), None)


def _options(decorator: ast.Call) -> dict[str, Any]:
    """What is read of a decorator; the factors of a case space are not."""
    known = OPTIONS[getattr(decorator.func, "id", "")]
    return {k.arg: ast.literal_eval(k.value) for k in decorator.keywords if k.arg in known}


def _bare(name: str) -> str:
    """The slug in the name of the file that `grade start` writes."""
    return name.removeprefix("my_").removesuffix(".py").removesuffix(".ipynb")


def load_exercise(slug: str) -> Exercise:
    """Read one exercise. Raises ExerciseError for an unknown slug or a broken file."""
    path = EXERCISES / slug / "exercise.toml"
    if not path.is_file():
        if (EXERCISES / "essays" / f"{slug}.toml").is_file():
            raise ExerciseError(f"'{slug}' is a free-text task: hand in a .md or .txt file")
        meant = did_you_mean(_bare(slug), [p.parent.name for p in _files()] + [p.stem for p in _essays()])
        raise ExerciseError(f"there is no exercise '{slug}'.{meant} `grade list` shows them all.")
    try:
        return replace(_exercise(slug, path.read_text(encoding="utf-8")))  # its other files may have changed since
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ExerciseError(f"{path}: {error}") from error


@lru_cache(maxsize=64)
def _exercise(slug: str, text: str) -> Exercise:
    data = tomllib.loads(text)
    return Exercise(
        slug=slug,
        title=data["title"],
        topics=tuple(data["topics"]),
        bloom=data["bloom"],
        level=data["level"],
        place=data.get("place", LAST),
        framework=data.get("framework", "numpy"),
        names=tuple(data["names"]),
        banned=tuple(data.get("banned", ())),
        banned_operators=tuple(data.get("banned_operators", ())),
        overlay=data.get("overlay", False),
        preload=tuple(data.get("preload", ())),
        limits=Limits(**data.get("limits", {})),
        results=tuple((name, _parts(parts)) for name, parts in data.get("results", {}).items()),
        own_clauses=tuple(
            _clause(name, (clause.pop("of"),), clause) for name, clause in data.get("clauses", {}).items()
        ),
    )


def _parts(named: list[str] | str) -> tuple[str, ...] | str:
    """The names of a result's values, or a text for all of them in which {} is their number."""
    return named if isinstance(named, str) else tuple(named)


def _about(exercise: Exercise, applies: list[str]) -> tuple[str, ...]:
    """The names of this exercise among `slug` (all of its names) and `slug.name`."""
    return tuple(name for name in exercise.names if {exercise.slug, f"{exercise.slug}.{name}"} & {*applies})


def _clause(slug: str, names: tuple[str, ...], data: dict[str, Any]) -> Clause:
    each = data.pop("each", ("",))
    return Clause(slug, names=names, each=each if isinstance(each, str) else tuple(each), **data)


def all_exercises() -> list[Exercise]:
    """Every exercise there is, by slug: a folder with an `exercise.toml` is one."""
    return [load_exercise(p.parent.name) for p in _files()]


def in_chapter_order() -> list[Exercise]:
    """Every exercise, in the order of the chapter; those without a place come last, by slug."""
    return sorted(all_exercises(), key=lambda e: (e.place, e.slug))


def exercises_with(names: Collection[str]) -> list[Exercise]:
    """The exercises that ask for one of these names. Files that mention none are not parsed."""
    texts = {path.parent.name: path.read_text("utf-8") for path in _files()}
    found = [load_exercise(slug) for slug, text in texts.items() if any(f'"{name}"' in text for name in names)]
    return [e for e in found if not set(names).isdisjoint(e.names)]


def _files() -> list[Path]:
    return sorted(EXERCISES.glob("*/exercise.toml"))


def _essays() -> list[Path]:
    return sorted((EXERCISES / "essays").glob("*.toml"))


def misconception_text(path: Path) -> tuple[str, str]:
    """Title and hint of a `wrong/*.py`: its docstring's first line, and the rest as one paragraph each."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    title, _, rest = docstring.partition("\n")
    if not title:
        raise ExerciseError(f"{path}: a misconception needs a docstring; its first line is the title")
    paragraphs = [" ".join(p.split()) for p in rest.strip().split("\n\n")]
    return title.strip(), "\n\n".join(p for p in paragraphs if p)
