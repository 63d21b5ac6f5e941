"""Shared fixtures: warm sandboxes, and a way to grade a few lines of source."""

from __future__ import annotations

import os
import shutil
import tempfile

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["GRADE_HOME"] = tempfile.mkdtemp(prefix="grade-history-")  # never the user's own

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from grader.checks import remembered
from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.model import Result
from grader.sandbox.launch import Sandbox
from grader.submission.load import load
from tests.browser import CHROMIUM, QUIET

# A busy machine changes no result: the same examples each time, as slowly as they come.
TAMED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=TAMED)
settings.load_profile("steady")


def pytest_unconfigure() -> None:
    """What the tests' attempts were remembered in goes with them."""
    shutil.rmtree(os.environ["GRADE_HOME"], ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make test-all` asks for."""
    parser.addoption("--thorough", action="store_true", help="all parameters of sampled tests, more seeds: hours")


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether a test may take as many seeds as it likes."""
    return bool(request.config.getoption("--thorough"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a sampled function's items, all but each `quick`th are slow; of the slow ones CI runs each `ci`th."""
    of_function: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("sampled") is not None:
            of_function.setdefault(item.nodeid.partition("[")[0], []).append(item)
    left_out = {item for sampled in of_function.values() for item in _left_out(sampled)}
    if left_out and not config.getoption("--thorough"):
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _left_out(items: list[pytest.Item]) -> set[pytest.Item]:
    """Mark those of one function that are slow; which of them are not for CI, beginning with one in the middle."""
    [shares] = {tuple(marker.kwargs.items()) for item in items if (marker := item.get_closest_marker("sampled"))}
    quick, ci = (dict(shares).get(name, 1) for name in ("quick", "ci"))
    for number, item in enumerate(items):
        if number % quick:
            item.add_marker("slow")
    slow = [item for item in items if item.get_closest_marker("slow")]
    return set(slow) - set(slow[len(slow) // 2 % ci :: ci])


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[Callable[[str], Sandbox]]:
    """One warm sandbox per exercise, made when first asked for."""
    made: dict[tuple, Sandbox] = {}

    def sandbox_for(slug: str) -> Sandbox:
        exercise = load_exercise(slug)
        key = (exercise.framework, exercise.limits, exercise.preload, exercise.hidden, exercise.banned_operators)
        if key not in made:
            made[key] = Sandbox.of(exercise)
        return made[key]

    yield sandbox_for
    for sandbox in made.values():
        sandbox.close()


@pytest.fixture
def grade_source(tmp_path: Path, sandboxes: Callable[[str], Sandbox]) -> Callable[..., Result]:
    """Grade source text as a student's file."""

    def run(source: str | bytes, slug: str = "conv", *, seed: int = 1, name: str = "my_file.py") -> Result:
        path = tmp_path / name
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return grade(load(path), load_exercise(slug), seed=seed, sandbox=sandboxes(slug))

    return run


@pytest.fixture
def nothing_remembered_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """What our own files answered, kept for many gradings in this process, is not for other tests."""
    monkeypatch.setattr(remembered, "_kept", None)
    monkeypatch.setattr(remembered, "_size", 0)


@pytest.fixture
def time_to_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found out of a NumPy file must not depend on how busy the machine is."""
    from grader.judge import cases, explaining, plugin

    for seconds in (explaining.SECONDS, cases.SECONDS, plugin.PAIR_SECONDS):
        monkeypatch.setitem(seconds, "numpy", 600.0)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running browser. Its driver keeps an event loop running: not for longer than one file of tests."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine: no page is looked at")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
