"""Powers of n out of times, and the words for them."""

from __future__ import annotations

import pytest

from grader.model import Verdict
from grader.model.measurement import Growth, Measurement
from grader.report.measured import growth, measured
from grader.timing.growth import fitted, interval


@pytest.mark.parametrize("power", [1, 2, 3, 4])
@pytest.mark.parametrize("overhead", [0.0, 1e-3, 1.0])
def test_the_power_whatever_does_not_grow(power, overhead):
    seconds = [overhead + 1e-6 * n**power for n in (16, 32, 64)]
    assert fitted(seconds) == pytest.approx(power, abs=0.01)


def test_no_power_where_nothing_grows_or_too_little_is_known():
    assert fitted([1.0, 1.0, 1.0]) is None
    assert fitted([2.0, 1.0, 3.0]) is None
    assert fitted([1.0, 2.0]) is None


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (3.9, 4.2, "n⁴ where n² suffices: a needless factor of H·W"),
        (2.9, 3.2, "n³ where n² suffices: a needless factor of H or W"),
        (3.2, 4.1, "about n³ to n⁴ where n² suffices."),
        (5.1, 5.4, "n⁵ where n² suffices."),
        (2.4, 4.1, ""),
        (1.4, 1.6, ""),
        (None, None, ""),
    ],
)
def test_only_what_the_interval_allows_is_said_of_growth(low, high, said):
    text = growth(Growth([16, 32, 64], 4.0, 2, low, high))
    assert said in text
    assert bool(text) == bool(said)


def test_the_interval_holds_the_power_and_is_open_where_times_contradict_each_other():
    steady = [[1e-6 * n**4 * (1 + 0.01 * k) for k in range(4)] for n in (16, 32, 64)]
    low, high = interval(steady)
    assert 3.9 < low <= fitted([times[2] for times in steady]) <= high < 4.1
    assert interval([[1.0, 3.0, 2.0], [2.0, 1.0, 3.0], [3.0, 2.0, 9.0]]) == (None, None)
    assert interval([[1.0], [2.0], [4.0]]) == (None, None)


@pytest.mark.parametrize(
    ("ratio", "high", "said"),
    [(4.0, 4.5, "it waits"), (4.5, 9.0, "one call in ten takes longer"), (5.1, 5.2, "the limit is 5 times.")],
)
def test_what_is_beyond_the_limit_is_told_why(ratio, high, said):
    found = Measurement("time", 5.0, ratio, 3.5, high, wall_ratio=20.0)
    assert said in measured(found, Verdict.TIME_LIMIT)
    assert ("it waits" in measured(found, Verdict.TIME_LIMIT)) == (said == "it waits")
