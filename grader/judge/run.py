"""Run an exercise's checks with pytest, in this process: a test file is collected once and run for each submission."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # plugins of the surrounding environment have no say here

import pytest

from ..checks.backend import Backend
from ..checks.log import Log
from ..exercise import Check, Exercise
from ..model import CheckResult
from ..model.untimed import Reason, not_timed
from ..sandbox.inside.ops import Op
from .findings import with_parts
from .plugin import CheckPlugin
from .results import not_run

if TYPE_CHECKING:
    from .means import Decided, Explaining
    from .trial import Timed

# Only what running plain test functions takes; the others cost a fifth of a second.
UNUSED = (
    "doctest unittest junitxml pastebin legacypath faulthandler debugging recwarn logging cacheprovider stepwise "
    "setuponly setupplan monkeypatch tmpdir terminal terminalprogress threadexception unraisableexception warnings "
    "capture reports subtests skipping"
).split()


def run_checks(
    exercise: Exercise,
    checks: list[Check],
    backend: Callable[[Check], Backend],
    seed: int,
    timed: Timed | None = None,
    *,
    named: bool = True,
    explaining: Explaining | None = None,
    decided: Decided | None = None,
) -> dict[str, CheckResult]:
    """Run these checks of the exercise; results by name. A check that gave none is missing.

    `timed` gives timing checks the means to start workers of their own; without it they are not run. Unless `named`,
    no misconception is looked for; `explaining` says how more is found out of what was failed, if it is;
    `decided` is told of each check's result, before that.
    """
    left = {
        c.name: not_run(c, not_timed(Reason.UNTIMED_HERE)) for c in checks if timed is None and c.kind != "correctness"
    }
    checks = [c for c in checks if c.name not in left]
    with _settings_put_aside():
        grading = _of(exercise)
        try:
            found = grading.run(exercise, checks, backend, seed, timed, named, explaining, decided)
            return left | {name: with_parts(check, dict(exercise.results)) for name, check in found.items()}
        except BaseException:  # interrupted amid a check: its fixtures are still set up
            _collected.cache_clear()
            raise


def collect(exercise: Exercise) -> None:
    """Import the reference and collect the checks, while a worker's process starts; `run_checks` has them then."""
    with _settings_put_aside():
        _of(exercise)


def asked(exercise: Exercise, check: Check, backend: Callable[[Check], Backend], seed: int) -> Log | None:
    """What one check asks with this seed, and what is answered, unjudged; None where it does not come to be asked."""
    with _settings_put_aside():
        return _of(exercise).asked(exercise, check, backend, seed)


def known_questions(exercise: Exercise, seed: int) -> list[Op]:
    """What all submissions are asked with this seed, where that is remembered (see `checks.remembered`)."""
    return _of(exercise).known(seed)


def _of(exercise: Exercise) -> CheckPlugin:
    return _collected(exercise, tuple(path.stat().st_mtime_ns for path in exercise.test_files))


@lru_cache(maxsize=32)
def _collected(exercise: Exercise, _written: tuple[int, ...]) -> CheckPlugin:
    """The checks of the test files as they were written then; none of them is run."""
    for name in exercise.preload:  # the reference needs it as well
        importlib.import_module(name)
    grading = CheckPlugin(exercise)
    folder = str(exercise.folder)
    arguments = ["-c", os.devnull, "--rootdir", folder, f"--confcutdir={folder}", "--noconftest"]
    arguments += ["--import-mode=importlib", "--assert=plain", *(f"-pno:{name}" for name in UNUSED)]
    pytest.main([*arguments, *map(str, exercise.test_files)], plugins=[grading])
    return grading


@contextlib.contextmanager
def _settings_put_aside() -> Iterator[None]:
    """What the environment asks of the user's own test runs is not for ours."""
    theirs = {name: os.environ.pop(name) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(theirs)
