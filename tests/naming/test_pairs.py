"""Two known mistakes at once are named together where the pair explains every answer and neither alone does."""

from __future__ import annotations

import pytest

from grader.checks.backend import LocalBackend
from grader.checks.diagnose import Variant, scopes
from grader.checks.merging import common, merged
from grader.exercise import load_exercise
from grader.explain.budget import Budget
from grader.judge import plugin
from grader.judge.means import Explaining
from grader.judge.run import run_checks
from grader.sandbox.inside.interpreter import Interpreter

CONV = load_exercise("conv")
WRONG = CONV.folder / "wrong"
STUDENT = """
import numpy as np
def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, float), padding, mode="edge"), np.asarray(K, float)
    rows = [[{product} for c in range(0, X.shape[1] - K.shape[1] + 1, stride)]
            for r in range(0, X.shape[0] - K.shape[0] + 1, stride)]
    return np.array(rows, float).reshape(len(rows), -1)
def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + o for f, o in zip(K, b)])
"""
WINDOW = "X[r:r + K.shape[0], c:c + K.shape[1]]"


@pytest.fixture
def time_enough(monkeypatch):
    monkeypatch.setattr(plugin, "Budget", lambda *_: Budget(600, lambda: 0.0))


def names(product: str, tmp_path) -> dict[str, str]:
    path = tmp_path / "handed_in.py"
    path.write_text(STUDENT.format(product=product))
    backend = LocalBackend(Interpreter(scopes(CONV, path)))
    checks = [c for c in CONV.checks if c.kind == "correctness"]
    results = run_checks(CONV, checks, lambda _: backend, seed=1, explaining=Explaining())
    return {name: r.misconception.slug for name, r in results.items() if r.misconception}


@pytest.mark.slow
def test_an_edge_that_is_repeated_and_a_kernel_that_is_flipped(tmp_path, time_enough):
    found = names(f"({WINDOW} * K[::-1, ::-1]).sum()", tmp_path)
    assert found["any_conv2d"] == "kernel-flipped+padding-repeats-edge"
    assert found["window"] == "kernel-flipped"  # one of them is enough there


@pytest.mark.slow
def test_nor_is_a_pair_named_that_explains_most_answers(tmp_path, time_enough):
    found = names(f"({WINDOW} * K[::-1, ::-1]).sum() + (r == 3)", tmp_path)
    assert not any("+" in name for name in found.values())


def test_two_mistakes_in_the_same_line_cannot_be_merged():
    assert merged(WRONG / "kernel_flipped.py", WRONG / "kernel_transposed.py") is None
    both = merged(WRONG / "kernel_flipped.py", WRONG / "bias_forgotten.py")
    assert {*common(WRONG)} - {*both.splitlines()}


def test_what_all_files_have_in_common_is_right(tmp_path):
    """So whatever a pair does otherwise is the doing of the two."""
    path = tmp_path / "common.py"
    path.write_text("\n".join(common(WRONG)))
    backend = LocalBackend(Interpreter(scopes(CONV, path)))
    checks = [c for c in CONV.checks if c.kind == "correctness"]
    assert all(r.score for r in run_checks(CONV, checks, lambda _: backend, seed=1).values())
    assert Variant(path).other is None
