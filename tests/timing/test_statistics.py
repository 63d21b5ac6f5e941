"""The verdict's statistics on simulated times: right where it must be, undecided rather than wrong near the limit."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from grader.timing.statistics import (
    LOOKS,
    NULL,
    REFERENCE,
    SUBMISSION,
    Side,
    decide,
    due,
    interval,
    last_word,
    look,
    settle,
)

LIMIT = 5.0


def simulated(factor: float, rounds: int, rng: np.random.Generator, spread: float = 0.1) -> np.ndarray:
    """Seconds (rounds, 3) of a submission at `factor` times the limit; one call in ten is held up."""
    means = np.array([factor * LIMIT * 1e-3 + 2e-4, 1.2e-3, 2e-4])
    noise = np.exp(rng.normal(0, spread, (rounds, 3)))
    return means * noise * (1 + (rng.random((rounds, 3)) < 0.1) * rng.exponential(1, (rounds, 3)))


def verdict(factor: float, rng: np.random.Generator) -> Side:
    """The verdict as a run reaches it: looked at now and then, for the last time at the end."""
    times = simulated(factor, LOOKS[-1], rng)
    for rounds in range(1, LOOKS[-1] + 1):
        if due(rounds) and (side := look(times[:rounds], LIMIT, last=rounds == LOOKS[-1])) is not Side.OPEN:
            return side
    return Side.OPEN


@pytest.mark.parametrize(
    ("factor", "right", "least"),
    [
        (0.8, Side.WITHIN, 0.9),
        (0.95, Side.WITHIN, 0.0),
        (1.05, Side.BEYOND, 0.0),
        (1.25, Side.BEYOND, 0.9),
        (2.0, Side.BEYOND, 1.0),
    ],
)
def test_verdicts_are_right_or_open(factor, right, least):
    rng = np.random.default_rng(7)
    counts = Counter(verdict(factor, rng) for _ in range(40))
    wrong = {Side.WITHIN: Side.BEYOND, Side.BEYOND: Side.WITHIN}[right]
    assert counts[wrong] <= (0 if factor in (0.8, 1.25, 2.0) else 3)
    assert counts[right] >= least * 40


@pytest.mark.slow
def test_the_interval_covers_the_ratio_as_often_as_it_says():
    rng = np.random.default_rng(3)
    intervals = [interval(simulated(1.0, 30, rng)) for _ in range(100)]
    covered = sum(i.low <= LIMIT <= i.high for i in intervals)
    assert 88 <= covered <= 100
    assert np.median([i.ratio for i in intervals]) == pytest.approx(LIMIT, rel=0.02)


def test_what_all_three_have_in_common_is_taken_away():
    rng = np.random.default_rng(4)
    times = simulated(0.6, 30, rng, spread=0.02)
    assert interval(times + 0.05).ratio == pytest.approx(interval(times).ratio, rel=1e-9)


def test_a_reference_as_quick_as_nothing_decides_nothing():
    times = np.tile([2e-3, 1e-4, 1e-4], (45, 1))
    assert interval(times).ratio == np.inf
    assert look(times, LIMIT, last=True) is Side.OPEN
    assert look(times[:3], LIMIT) is Side.OPEN


def test_after_three_rounds_only_what_is_far_off_is_decided():
    times = np.tile([1.0, 1e-2, 0.0], (3, 1))
    assert look(times, LIMIT) is Side.BEYOND
    assert look(times * [0.06, 1, 1], LIMIT) is Side.OPEN  # six times
    assert look(times * [0.04, 1, 1], LIMIT) is Side.OPEN  # four times
    assert look(times * [0.02, 1, 1], LIMIT) is Side.WITHIN  # twice
    times[1, 0] = 0.09
    assert look(times, LIMIT) is Side.OPEN


def test_the_processor_decides_and_waiting_is_found_on_the_wall():
    cpu = np.tile([2e-3, 1e-3, 0.0], (LOOKS[0], 1))
    beside_neighbours = np.tile([12e-3, 5e-3, 5e-3], (LOOKS[0], 1))  # the reference's cannot be told from nothing
    sleeping = np.tile([50e-3, 1e-3, 0.0], (LOOKS[0], 1))
    assert decide(cpu, cpu, LIMIT) is Side.WITHIN
    assert decide(cpu, beside_neighbours, LIMIT) is Side.WITHIN
    assert decide(cpu, sleeping, LIMIT) is Side.BEYOND
    assert decide(sleeping, cpu, LIMIT) is Side.BEYOND  # threads: less on the wall than on the processor


def test_nothing_is_passed_early_that_may_be_waiting():
    cpu = np.tile([1e-3, 1e-3, 0.0], (3, 1))
    uncertain = np.array([[40e-3, 1e-3, 0.0], [5e-3, 1e-3, 0.0], [40e-3, 2e-3, 0.0]])
    assert decide(cpu, cpu, LIMIT) is Side.WITHIN
    assert decide(cpu, uncertain, LIMIT) is Side.OPEN
    assert decide(cpu, uncertain, LIMIT, last=True) is Side.WITHIN


def disturbed(factor: float, unrest: float, noise: float, rng: np.random.Generator) -> np.ndarray:
    """Rounds on a machine with this noise; every other call of the submission takes `unrest` times as long."""
    times = np.array([factor * LIMIT * 1e-3 + 2e-4, 1.2e-3, 2e-4]) * np.exp(rng.normal(0, noise, (LOOKS[-1], 3)))
    times[::2, SUBMISSION] *= unrest
    return times


@pytest.mark.parametrize("noise", [0.002, 0.1])
def test_a_submission_whose_times_alone_are_unsteady_does_not_leave_it_open(noise):
    times = disturbed(0.2, 9.0, noise, np.random.default_rng(5))
    assert look(times, LIMIT, last=True) is Side.OPEN
    assert last_word(times, LIMIT) is Side.BEYOND


def test_unrest_of_the_machine_stays_open():
    rng = np.random.default_rng(6)
    for factor in (0.95, 1.0, 1.05):
        words = Counter(last_word(simulated(factor, LOOKS[-1], rng), LIMIT) for _ in range(40))
        assert words[Side.OPEN] >= 32
        assert words[Side.BEYOND] == 0 or factor >= 1
        assert words[Side.WITHIN] == 0


def test_on_a_steady_machine_the_high_quantile_decides():
    rng = np.random.default_rng(7)
    assert last_word(disturbed(0.95, 1.0, 0.002, rng), LIMIT) is Side.WITHIN
    assert last_word(disturbed(0.95, 1.5, 0.002, rng), LIMIT) is Side.BEYOND


def test_who_is_steady_and_close_to_the_limit_is_judged_by_the_median():
    rng = np.random.default_rng(8)
    assert last_word(disturbed(0.99, 1.0, 0.01, rng), LIMIT) is Side.WITHIN
    assert last_word(disturbed(1.01, 1.0, 0.01, rng), LIMIT) is Side.BEYOND


def test_the_last_word_hears_the_wall_and_knows_what_cannot_be_told():
    rng = np.random.default_rng(9)
    steady, sleeping = disturbed(0.95, 1.0, 0.002, rng), np.tile([50e-3, 1e-3, 0.0], (LOOKS[-1], 1))
    assert (settle(steady, steady, LIMIT), settle(steady, sleeping, LIMIT)) == (Side.WITHIN, Side.BEYOND)
    too_quick = np.tile([2e-3, 1e-4, 1e-4], (45, 1))
    assert last_word(too_quick, LIMIT) is Side.OPEN


def test_what_is_far_from_the_limit_at_its_best_or_worst_needs_no_steady_machine():
    rng = np.random.default_rng(10)
    rounds = simulated(1.0, 8, rng)
    rounds[0, REFERENCE] = rounds[0, NULL] / 2  # one round in which the reference cannot be told from nothing
    assert look(rounds * [100, 1, 1], LIMIT, last=True) is Side.OPEN
    assert last_word(rounds * [100, 1, 1], LIMIT) is Side.BEYOND
    assert last_word(simulated(0.1, 8, rng), LIMIT) is Side.WITHIN
