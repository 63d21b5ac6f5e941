"""The memory of `grade practice` beside a constant schedule: python benchmarks/practice.py [UPDATE=1].

Simulated learners have a memory that is known and not FSRS's: three laws of forgetting, with items that are hard and
easy. What they answer is drawn from it; the schedules see the answers alone. UPDATE=1 writes docs/inside/practice.md.
"""

from __future__ import annotations

import math
import random
import re
import statistics
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from grader.practice.memory import Memory
from grader.practice.rating import RecallRating
from grader.root import ROOT

PAGE = ROOT / "docs" / "inside" / "practice.md"
LEARNERS, ITEMS, DAYS, A_DAY = 20, 24, 180, 2
CONSTANTS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
GAPS = (1, 2, 3, 5, 8, 13, 21, 34)
BEGUN = date(2027, 1, 1)
RETENTION = "| learner | known | reviews | constant interval | the same, mistakes tomorrow |"
LOSSES = "| learner | due: memory | constant | truth | any gaps: memory | constant | truth |"
SAME_DAY = 0.02  # days between two questions of one day


class Trace(Protocol):
    """What a learner knows of one item: the chance to know it so many days after it was last seen, and being asked."""

    def chance(self, days: float) -> float: ...

    def asked(self, days: float, right: bool) -> None: ...


@dataclass
class Activation:
    """Traces of all repetitions add up, each fading by a power law that is steeper where the item was still fresh.

    Model and numbers of Pavlik and Anderson (2005): a = 0.177, c = 0.217, τ = −0.704, s = 0.255; a day counts as 2,160
    seconds of the laboratory. The item's hardness shifts τ.
    """

    hardness: float
    ages: list[tuple[float, float]] = field(default_factory=lambda: [(0.0, 0.177)])

    def strength(self, days: float) -> float:
        return math.log(sum((2160 * (age + days)) ** -decay for age, decay in self.ages))

    def chance(self, days: float) -> float:
        return 1 / (1 + math.exp((self.hardness - 0.704 - self.strength(days)) / 0.255))

    def asked(self, days: float, right: bool) -> None:
        decay = 0.217 * math.exp(self.strength(days)) + 0.177
        self.ages = [(age + days, old) for age, old in self.ages] + [(0.0, decay)]


@dataclass
class HalfLife:
    """Forgets exponentially; a right answer lengthens the half-life, the more so the later it comes."""

    hardness: float
    half: float = 0.0

    def __post_init__(self) -> None:
        self.half = 3 * math.exp(-self.hardness)

    def chance(self, days: float) -> float:
        return 2.0 ** -(days / self.half)

    def asked(self, days: float, right: bool) -> None:
        grown = 1 + 2.2 * min(1.0, days / self.half)
        self.half = self.half * grown if right else max(1.5 * math.exp(-self.hardness), 0.45 * self.half)


@dataclass
class PowerLaw:
    """Forgets by a power law whose exponent is the item's; repetition at a distance stretches its time."""

    hardness: float
    scale: float = 1.5

    def chance(self, days: float) -> float:
        return float((1 + days / self.scale) ** -(0.35 * math.exp(self.hardness)))

    def asked(self, days: float, right: bool) -> None:
        spaced = 1 - math.exp(-days / self.scale)
        self.scale *= 1 + (2.0 if right else 0.5) * spaced


# Each law, and how much the hardness of items differs: standard deviations of τ, and of logarithms.
LAWS: dict[str, tuple[Callable[[float], Trace], float]] = {
    "activation": (Activation, 0.4), "half-life": (HalfLife, 0.8), "power law": (PowerLaw, 0.8)
}  # fmt: skip


@dataclass
class Simulated:
    """What a schedule came to: the true chance to know an item on each day, and (day's prediction, answer, truth)."""

    chances: list[float] = field(default_factory=list)
    reviews: int = 0
    seen: list[tuple[float, bool, float]] = field(default_factory=list)


class Plan(Protocol):
    """When an item is asked again; learns from each answer. `predicts` is None where it predicts nothing."""

    def due(self, day: int) -> bool: ...

    def predicts(self, day: int) -> float | None: ...

    def told(self, day: int, right: bool) -> None: ...


class Remembering:
    """The schedule of `grade practice`: the mistake of day 0 was one in code."""

    def __init__(self, retention: float = 0.9) -> None:
        self.memory = Memory(retention=retention)
        self.card = self.memory.mistaken("item", BEGUN)

    def due(self, day: int) -> bool:
        return self.card.due <= BEGUN + timedelta(days=day)

    def predicts(self, day: int) -> float | None:
        return self.memory.recalled(BEGUN + timedelta(days=day)).cards["item"].recall

    def told(self, day: int, right: bool) -> None:
        rating = RecallRating.GOOD if right else RecallRating.AGAIN
        self.memory.review("item", rating, BEGUN + timedelta(days=day))


@dataclass
class Constant:
    """Each item comes every so many days; after a mistake on the next day where it `repeats`."""

    days: int
    repeats: bool
    next: int = 1

    def due(self, day: int) -> bool:
        return day >= self.next

    def predicts(self, day: int) -> float | None:
        return None

    def told(self, day: int, right: bool) -> None:
        self.next = day + (1 if self.repeats and not right else self.days)


class Anyhow(Remembering):
    """Comes at gaps drawn at random, so that predictions are tried where a good schedule would never ask."""

    def __init__(self, draw: random.Random) -> None:
        super().__init__()
        self.draw, self.next = draw, 1

    def due(self, day: int) -> bool:
        return day >= self.next

    def told(self, day: int, right: bool) -> None:
        super().told(day, right)
        self.next = day + self.draw.choice(GAPS)


def simulate(law: str, plan: Callable[[random.Random], Plan]) -> Simulated:
    """All learners with this law, each with items of their own; two items begin a day."""
    found = Simulated()
    make, spread = LAWS[law]
    for number in range(LEARNERS * ITEMS):
        draw = random.Random(f"{law} {number}")
        trace = make(draw.gauss(0, spread))
        _study(trace, plan(draw), DAYS - number % ITEMS // A_DAY, draw, found)
    return found


def _study(trace: Trace, plan: Plan, days: int, draw: random.Random, found: Simulated) -> None:
    last = 0
    for day in range(1, days):
        found.chances.append(trace.chance(day - last))
        while plan.due(day):
            gap = day - last if day > last else SAME_DAY
            truth, guess = trace.chance(gap), plan.predicts(day)
            right = draw.random() < truth
            if guess is not None and day > last:
                found.seen.append((guess, right, truth))
            plan.told(day, right)
            trace.asked(gap, right)
            found.reviews, last = found.reviews + 1, day


def log_loss(pairs: Iterable[tuple[float, bool]]) -> float:
    """The mean of −ln of the probability that was given to what came."""
    return statistics.fmean(-math.log(max(p if right else 1 - p, 1e-4)) for p, right in pairs)


def needed(law: str, retention: float, repeats: bool) -> tuple[float, float]:
    """The constant interval in days that keeps as much known, and its reviews of an item, both interpolated."""
    curve = []
    for days in CONSTANTS:
        one = simulate(law, lambda _, days=days: Constant(days, repeats))
        curve.append((statistics.fmean(one.chances), days, one.reviews / LEARNERS / ITEMS))
        if curve[-1][0] < retention:
            break
    (more, d0, r0), (less, d1, r1) = curve[-2:] if len(curve) > 1 else (curve[0], curve[0])
    part = (more - retention) / (more - less) if more > less else 0.0
    return d0 + part * (d1 - d0), r0 + part * (r1 - r0)


def tables() -> str:
    """Both tables, as Markdown."""
    rows = [RETENTION, re.sub(r"[^|]+", "---", RETENTION)]
    losses = [LOSSES, re.sub(r"[^|]+", "---", LOSSES)]
    for law in LAWS:
        own = simulate(law, lambda _: Remembering())
        known, reviews = statistics.fmean(own.chances), own.reviews / LEARNERS / ITEMS
        plain, again = (needed(law, known, repeats) for repeats in (False, True))
        cells = [f"{r:.1f} (every {d:.1f} days, {r / reviews:.1f} times)" for d, r in (plain, again)]
        rows.append(f"| {law} | {known:.1%} | {reviews:.1f} | {cells[0]} | {cells[1]} |")
        both = [own.seen, simulate(law, Anyhow).seen]
        losses.append(f"| {law} | {' | '.join(' | '.join(_losses(seen)) for seen in both)} |")
    return "\n".join(rows) + "\n\n" + "\n".join(losses)


def _losses(seen: list[tuple[float, bool, float]]) -> list[str]:
    share = statistics.fmean(right for _, right, _ in seen)
    pairs = ([(p, right) for p, right, _ in seen], [(share, right) for _, right, _ in seen],
             [(truth, right) for _, right, truth in seen])  # fmt: skip
    return [f"{log_loss(one):.3f}" for one in pairs]


def main(update: bool) -> None:
    """Print the tables, or write them to the page."""
    text = tables()
    print(text)
    if update:
        page = PAGE.read_text(encoding="utf-8")
        marked = re.compile(r"(?<=<!-- tables -->\n).*?(?=<!-- end -->)", re.DOTALL)
        PAGE.write_text(marked.sub(lambda _: text + "\n", page), encoding="utf-8")


if __name__ == "__main__":
    main("UPDATE=1" in sys.argv)
