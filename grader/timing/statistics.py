"""The verdict on a ratio of times: medians, a bootstrap interval, and when to stop.

Times come as an array (rounds, 3): submission, reference, null call. The ratio is (S − N) / (R − N) of the medians.
Rounds are drawn with replacement for the interval (percentile bootstrap, Efron 1979), so that what all three had in
common in a round stays together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

SUBMISSION, REFERENCE, NULL = range(3)
RESAMPLES = 2000
FIRST_LOOK = 3  # rounds after which only what is far from the limit is decided
LOOKS = (10, 15, 22, 32, 45)  # rounds after which the interval is looked at; fewer make none to be trusted
EARLY, FINAL = 0.999, 0.95  # confidence: each look before the last is one more chance to be wrong
FAR = 2.0  # times the limit, or part of it
HIGH = 0.9  # the quantile by which times are judged where their medians leave it open
STEADY = 0.03  # of the reference's own time: how far its high quantile may lie above its median, and the null call's
OWN = 2.0  # times the reference's spread: unrest of this size is not the machine's
RESTLESS = 0.1  # of the submission's time: its high quantile above its median by more than this is no noise
IDLE = 3.0  # times the limit in wall time, where processor time is within it: it waits instead of computing


class Side(Enum):
    """On which side of the limit the ratio is."""

    WITHIN = "within"
    BEYOND = "beyond"
    OPEN = "open"


@dataclass(frozen=True)
class Interval:
    """A ratio with its confidence interval; infinite where the reference's time does not exceed the null call's."""

    low: float
    ratio: float
    high: float

    def side(self, limit: float) -> Side:
        """Where it lies as a whole."""
        if self.high <= limit:
            return Side.WITHIN
        return Side.BEYOND if self.low > limit and np.isfinite(self.ratio) else Side.OPEN


def interval(times: np.ndarray, confidence: float = FINAL) -> Interval:
    """The ratio of these times (rounds, 3) with its bootstrap interval."""
    rng = np.random.default_rng(len(times))
    rows = rng.integers(0, len(times), (RESAMPLES, len(times)))
    resampled = _ratio(np.median(times[rows], axis=1))
    low, high = np.quantile(resampled, [(1 - confidence) / 2, (1 + confidence) / 2], method="nearest")
    return Interval(float(low), float(_ratio(np.median(times, axis=0))), float(high))


def _ratio(medians: np.ndarray) -> np.ndarray:
    """(S − N) / (R − N) over the last axis; infinite where R is no more than N."""
    above, below = medians[..., SUBMISSION] - medians[..., NULL], medians[..., REFERENCE] - medians[..., NULL]
    ratio = np.full(np.shape(above), np.inf)
    np.divide(above, below, out=ratio, where=below > 0)
    return ratio


def look(times: np.ndarray, limit: float, *, last: bool = False) -> Side:
    """Whether these rounds decide. Few rounds do only when every single one is far on the same side."""
    if len(times) < LOOKS[0]:
        return _far(_ratio(times), limit)
    return interval(times, FINAL if last else EARLY).side(limit)


def _far(ratios: np.ndarray, limit: float) -> Side:
    if len(ratios) >= FIRST_LOOK and np.all(np.isfinite(ratios)):
        if np.all(ratios > FAR * limit):
            return Side.BEYOND
        if np.all(ratios < limit / FAR):
            return Side.WITHIN
    return Side.OPEN


def due(rounds: int) -> bool:
    """Whether to look after this many rounds."""
    return rounds == FIRST_LOOK or rounds in LOOKS


def decide(cpu: np.ndarray, wall: np.ndarray, limit: float, *, last: bool = False) -> Side:
    """The verdict of both clocks.

    The processor's clock decides: time that neighbours take is not on it, time of the submission's further threads is.
    The wall clock only catches what waits instead of computing, well beyond what sharing a processor can explain; as
    long as it leaves that open, there is no early end. It is compared with the reference's processor time: on a busy
    machine, the reference's time on the wall may be anything.
    """
    return _unless_it_waits(look(cpu, limit, last=last), cpu, wall, limit, last=last)


def settle(cpu: np.ndarray, wall: np.ndarray, limit: float) -> Side:
    """The verdict where `decide` has left it open to the last; open where the machine is the reason for it."""
    return _unless_it_waits(last_word(cpu, limit), cpu, wall, limit, last=True)


def _unless_it_waits(side: Side, cpu: np.ndarray, wall: np.ndarray, limit: float, *, last: bool) -> Side:
    """The same side, but for what is within the limit by the processor's clock and waits."""
    if side is not Side.WITHIN:
        return side
    waits = look(_on_the_wall(cpu, wall), IDLE * limit, last=last)
    return Side.WITHIN if last and waits is Side.OPEN else waits


def last_word(times: np.ndarray, limit: float) -> Side:
    """What to make of rounds whose interval has the limit in it: whose unrest is it?

    Where the reference and the null call are steady, unrest is the submission's own: its high quantile decides, or its
    median where it is steady, too, and just close to the limit. Where they are not, it is the machine's, and open; but
    not where the submission is far less steady than the reference, and beyond the limit by high quantiles of both.
    """
    high = np.quantile(times, HIGH, axis=0)
    usual = np.median(times, axis=0)
    if usual[REFERENCE] <= usual[NULL]:
        return Side.OPEN
    if _steady(usual, high):
        judged = high if high[SUBMISSION] > (1 + RESTLESS) * usual[SUBMISSION] else usual
        return Side.BEYOND if _ratio(np.array([judged[SUBMISSION], *usual[1:]])) > limit else Side.WITHIN
    if (side := _far_even_so(times, limit)) is not Side.OPEN:
        return side
    own = _spread(times[:, SUBMISSION]) > OWN * _spread(times[:, REFERENCE])
    return Side.BEYOND if own and limit < _ratio(high) < np.inf else Side.OPEN


def _far_even_so(times: np.ndarray, limit: float) -> Side:
    """The side on which the ratio is at its largest or at its smallest, where unrest is no excuse for that."""
    low, usual, high = np.quantile(times, [1 - HIGH, 0.5, HIGH], axis=0)
    if _ratio(np.array([low[SUBMISSION], high[REFERENCE], usual[NULL]])) > limit:
        return Side.BEYOND
    at_most = _ratio(np.array([high[SUBMISSION], low[REFERENCE], usual[NULL]]))
    return Side.WITHIN if at_most <= limit else Side.OPEN


def _spread(seconds: np.ndarray) -> float:
    """How far apart times are, as a factor, without the quickest and the slowest fifth."""
    low, high = np.quantile(seconds, [0.2, 0.8])
    return float(high / low)


def _steady(usual: np.ndarray, high: np.ndarray) -> bool:
    """Whether what the reference and the null call take hardly varies, beside what the reference takes."""
    unrest = (high - usual)[[REFERENCE, NULL]]
    return bool(np.all(unrest <= STEADY * (usual[REFERENCE] - usual[NULL])))


def _on_the_wall(cpu: np.ndarray, wall: np.ndarray) -> np.ndarray:
    """The submission by the wall clock, the reference by the processor's; each less its own null call."""
    submission = wall[:, SUBMISSION] - wall[:, NULL] + cpu[:, NULL]
    return np.column_stack([submission, cpu[:, REFERENCE], cpu[:, NULL]])
