"""Powers of n out of times, and the words for them."""

from __future__ import annotations

import pytest

from grader.model import Verdict
from grader.model.measurement import Growth, Measurement
from grader.report.measured import growth, measured
from grader.timing.growth import fitted


@pytest.mark.parametrize("power", [1, 2, 3, 4])
@pytest.mark.parametrize("overhead", [0.0, 1e-3, 1.0])
def test_the_power_whatever_does_not_grow(power, overhead):
    seconds = [overhead + 1e-6 * n**power for n in (16, 32, 64)]
    assert fitted(seconds) == pytest.approx(power, abs=0.01)


def test_no_power_where_nothing_grows_or_too_little_is_known():
    assert fitted([1.0, 1.0, 1.0]) is None
    assert fitted([2.0, 1.0, 3.0]) is None
    assert fitted([1.0, 2.0]) is None


def test_a_needless_factor_has_a_name():
    sizes = [16, 32, 64]
    assert "n⁴ where n² suffices: a needless factor of H·W" in growth(Growth(sizes, 4.2, 2))
    assert "n³ where n² suffices" in growth(Growth(sizes, 3.1, 2))
    assert growth(Growth(sizes, 2.4, 2)) == ""
    assert growth(Growth(sizes, 1.5, 2)) == ""


@pytest.mark.parametrize(
    ("ratio", "high", "said"),
    [(4.0, 4.5, "it waits"), (4.5, 9.0, "one call in ten takes longer"), (5.1, 5.2, "the limit is 5 times.")],
)
def test_what_is_beyond_the_limit_is_told_why(ratio, high, said):
    found = Measurement("time", 5.0, ratio, 3.5, high, wall_ratio=20.0)
    assert said in measured(found, Verdict.TIME_LIMIT)
    assert ("it waits" in measured(found, Verdict.TIME_LIMIT)) == (said == "it waits")
