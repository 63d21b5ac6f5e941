"""Powers of n out of times, and the words for them."""

from __future__ import annotations

import pytest

from grader.model.measurement import Growth
from grader.report.measured import growth
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
