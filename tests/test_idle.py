"""Who does nothing gets nothing: each exercise's reference with empty functions, and constructors as they were."""

from __future__ import annotations

import pytest

from grader.author.bank import fault, grade_locally
from grader.author.idle import BODIES, idle, idle_files
from grader.exercise import all_exercises, load_exercise

SOURCE = '''
def asked(X, stride=1):
    """Its docstring."""
    return helper(X) * stride

def helper(X):
    return X

class Layer:
    def __init__(self, n):
        self.n = self._doubled(n)

    def _doubled(self, n):
        return 2 * n

    def forward(self, X):
        return asked(X)
'''


NUMPY = [e.slug for e in all_exercises() if e.framework == "numpy"]  # the bank's tests have all exercises


@pytest.mark.slow
@pytest.mark.sampled(ci=3)
@pytest.mark.parametrize("slug", NUMPY)
def test_doing_nothing_wins_nothing(slug, tmp_path):
    exercise = load_exercise(slug)
    for path in idle_files(exercise, tmp_path):
        checks = grade_locally(exercise, path)
        assert sum(c.score + c.bonus for c in checks) == 0, (path.stem, fault("idle", path, checks))
        assert fault("idle", path, checks) == ""


def test_what_is_asked_for_is_emptied_and_what_sets_it_up_is_kept():
    scope = {}
    exec(idle(SOURCE, ("asked", "Layer"), BODIES["first_argument"]), scope)
    layer = scope["Layer"](3)
    assert layer.n == 6
    assert (layer.forward("X"), scope["asked"]("X", 2), scope["helper"]("Y")) == ("X", "X", "Y")
    exec(idle(SOURCE, ("asked", "Layer"), BODIES["not_written"]), scope)
    with pytest.raises(NotImplementedError):
        scope["Layer"](3).forward("X")


def test_a_check_that_is_won_by_doing_nothing_is_a_fault(tmp_path):
    exercise = load_exercise("padding")
    checks = grade_locally(exercise, exercise.reference_file)
    assert fault("idle", tmp_path, checks).startswith("won size_examples, ")
