"""What attempts come to: where a learner stands, which mistakes came back, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby

from ..exercise import Exercise
from ..model import Record, record
from .history import Try

STUCK = 3  # attempts in a row without a point more


@record()
class ExerciseProgress(Record):
    """An exercise and all attempts at it, the oldest first."""

    exercise: Exercise
    tries: tuple[Try, ...]

    @property
    def done(self) -> bool:
        """Whether any attempt had full marks."""
        return any(t.full for t in self.tries)

    @property
    def best(self) -> Try | None:
        """The attempt with the largest share of its points; the latest of several."""
        return max(self.tries, key=lambda t: (t.full, _share(t), t.at), default=None)

    @property
    def trend(self) -> list[float]:
        """The points of all attempts, those that follow on the same ones left out."""
        return [score for score, _ in groupby(t.score for t in self.tries)]

    @property
    def stuck(self) -> bool:
        """Whether the last few attempts brought nothing new."""
        last = self.tries[-STUCK:]
        return len(last) == STUCK and len({(t.score, t.lost) for t in last}) == 1 and not last[-1].full


@record()
class Returned(Record):
    """A mistake that was made again after it had been put right, in these exercises, so many times in all."""

    title: str
    exercises: tuple[str, ...]
    times: int


class WhyNext(StrEnum):
    """Why something is next."""

    GO_ON = "go_on"  # it was tried last, and is not done
    STUCK = "stuck"  # the same, and the last attempts brought nothing
    BEGUN = "begun"  # it was begun some time ago
    FIRST = "first"  # nothing was done yet
    NEXT = "next"  # it follows in the chapter
    ALL_DONE = "all_done"


@record()
class NextStep(Record):
    """What to do now, and why; no exercise where all are done."""

    reason: WhyNext
    progress: ExerciseProgress | None = None


def progress(exercises: Iterable[Exercise], tries: Sequence[Try]) -> list[ExerciseProgress]:
    """Each exercise, in the order given, with its attempts."""
    return [ExerciseProgress(e, tuple(t for t in tries if t.exercise == e.slug)) for e in exercises]


def next_step(found: Sequence[ExerciseProgress]) -> NextStep:
    """Go on with what was tried last, then with what was begun, then with what the chapter has next."""
    begun = [p for p in found if p.tries and not p.done]
    last = max((p for p in found if p.tries), key=lambda p: p.tries[-1].at, default=None)
    if last is not None and last in begun:
        return NextStep(WhyNext.STUCK if last.stuck else WhyNext.GO_ON, last)
    if begun:
        return NextStep(WhyNext.BEGUN, begun[0])
    untried = next((p for p in found if not p.tries), None)
    if untried is None:
        return NextStep(WhyNext.ALL_DONE)
    return NextStep(WhyNext.FIRST if last is None else WhyNext.NEXT, untried)


def returned(tries: Sequence[Try]) -> list[Returned]:
    """The mistakes that came back, those made most often first."""
    titles = {m.slug: m.title for t in tries for m in t.mistakes}
    found = [_returned(slug, title, tries) for slug, title in titles.items()]
    return sorted((r for r in found if r is not None), key=lambda r: -r.times)


def _returned(slug: str, title: str, tries: Sequence[Try]) -> Returned | None:
    """It was put right where a later attempt passed all checks that it had cost; what says nothing of it counts not."""
    costs: dict[str, tuple[str, ...]] = {}  # by exercise: the checks that it cost there
    there, times, made = False, 0, []
    for one in (t for t in tries if t.ran):
        mistake = next((m for m in one.mistakes if m.slug == slug), None)
        if mistake is not None:
            times += not there
            there, costs[one.exercise] = True, mistake.checks
            made.append(one.exercise)
        elif costs.get(one.exercise) and not {*costs[one.exercise]} & {*one.lost}:
            there = False
    return Returned(title, tuple(dict.fromkeys(made)), times) if times > 1 else None


def _share(t: Try) -> float:
    return t.score / t.possible if t.possible else 0.0
