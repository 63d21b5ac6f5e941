"""Weights that a script writes out in the place of those that a new module draws."""

import pytest

from grader.explain.weights import Plain
from grader.report.literals import wave

NAN = float("nan")


@pytest.mark.parametrize(
    ("name", "shape", "first", "drawn"),
    [
        ("conv.weight", (2, 1, 3, 3), NAN, True),
        ("project.weight", (1, 1, 1, 1), 0.37, True),  # one number is the same everywhere in it
        ("norm.weight", (4,), 1.0, False),
        ("norm.weight", (1,), 1.0, False),
        ("norm.bias", (1,), 0.0, False),
    ],
)
def test_what_a_new_module_draws_is_replaced(name, shape, first, drawn):
    assert (Plain(False, wave).of(name, shape, first) is not None) is drawn
    assert Plain(True, wave).of(name, shape, first) is not None
