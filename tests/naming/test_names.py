"""A name is given on evidence alone: the same values, and nothing that was passed speaks against it.

Each file of `files/` is handed in; `Name:` in its docstring is the only misconception that may be named (or none),
`Lost:` the checks that it loses (or some of them).
"""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from grader.author.idle import idle
from grader.checks.backend import LocalBackend
from grader.checks.diagnose import scopes
from grader.exercise import Exercise, all_exercises, load_exercise
from grader.judge.run import run_checks
from grader.model import CheckResult, Failure, Verdict
from grader.model.findings import Raised
from grader.sandbox.inside.interpreter import Interpreter

FILES = sorted(Path(__file__).with_name("files").glob("*/*.py"))
OTHERS = (TypeError, IndexError, RuntimeError, KeyError)
SLUGS = [e.slug for e in all_exercises()]
EXCEPTIONS = [
    *((slug, ValueError) for slug in SLUGS),
    *(pytest.param(s, OTHERS[(n + k) % 4], marks=pytest.mark.slow) for n, s in enumerate(SLUGS) for k in (0, 1)),
]


def names(checks: list[CheckResult]) -> set[str]:
    return {c.misconception.slug for c in checks if c.misconception}


@pytest.mark.sampled(quick=8)
@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_mistake_gets_its_own_name_or_none(path: Path, grade_source):
    source = path.read_text(encoding="utf-8")
    wanted = dict(re.findall(r"^(Name|Lost): (.+)$", source, re.MULTILINE))
    result = grade_source(source, path.parent.name, name=path.name)
    assert names(result.checks) == set(wanted["Name"].split()) - {"none"}
    lost = {c.name for c in result.checks if c.verdict is not Verdict.ACCEPTED and not c.neutral}
    assert lost >= set(wanted["Lost"].split())


def raising(exercise: Exercise, error: type[Exception]) -> dict[str, ModuleType | SimpleNamespace]:
    """A submission in which everything raises, with a message of a beginner's own."""

    def function(*_: object, **__: object) -> None:
        raise error("not done yet")

    ours = scopes(exercise, exercise.reference_file)
    return ours | {"submission": SimpleNamespace(**dict.fromkeys(exercise.names, function))}


@pytest.mark.slow
@pytest.mark.sampled(ci=12)
@pytest.mark.parametrize("slug, error", EXCEPTIONS)
def test_an_exception_alone_is_no_evidence(slug: str, error: type[Exception]):
    exercise = load_exercise(slug)
    backend = LocalBackend(Interpreter(raising(exercise, error)))
    results = run_checks(exercise, list(exercise.checks), lambda _: backend, seed=1)
    assert names(list(results.values())) == set()


QUICK_CLASSES = ("backprop", "batchnorm")
CLASSES = [e.slug for e in all_exercises() if any(name[0].isupper() for name in e.names)]
METHODS = [
    pytest.param(slug, error, marks=[] if slug in QUICK_CLASSES and error is ValueError else pytest.mark.slow)
    for slug in CLASSES
    for error in (ValueError, OTHERS[CLASSES.index(slug) % len(OTHERS)])  # each of them with some exercise
]


@pytest.mark.slow
@pytest.mark.sampled(ci=5)
@pytest.mark.parametrize("slug, error", METHODS)
def test_nor_are_the_exceptions_of_methods(slug: str, error: type[Exception], tmp_path: Path):
    exercise = load_exercise(slug)
    source = exercise.reference_file.read_text(encoding="utf-8")
    path = tmp_path / "raising.py"
    path.write_text(idle(source, exercise.names, lambda _: f"raise {error.__name__}('not done yet')"))
    backend = LocalBackend(Interpreter(scopes(exercise, path)))
    results = run_checks(exercise, list(exercise.checks), lambda _: backend, seed=1)
    assert names(list(results.values())) == set()


def test_numbers_and_shapes_in_a_message_do_not_matter_and_words_do():
    from grader.checks.diagnose import _raised

    def said(text: str) -> object:
        return _raised(Failure(Raised(kind="ValueError", said=text)))

    assert said("shapes (2,3) (4,5) do not fit") == said("shapes (12,3,1) (7,) do not fit")
    assert said("index 5 is out of bounds for axis 0") == said("index -1 is out of bounds for axis 12")
    assert said("too many values to unpack (expected 3)") != said("not enough values to unpack (expected 3, got 2)")
