"""Two known mistakes in one submission: which pairs give its very answers, where no single one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path

from ..exercise import Exercise
from .diagnose import SubmissionAnswers, Variant
from .log import Log
from .merging import merged

Pair = tuple[Path, Path]

MOST = 50  # pairs that are tried
MOST_KNOWN = 3  # of mistakes that are known already
SAMPLE = 40  # questions by which it is seen which misconceptions may be one of the two
BEST = 11  # of these, of which pairs are formed


def explaining_pairs(
    exercise: Exercise, log: Log, stop: Callable[[], bool], known: Sequence[Path] = ()
) -> Iterator[Variant]:
    """The pairs that give all of the submission's answers to this check, the likeliest first; until it is to stop.

    Of exceptions nothing is said. First come those with one that is `known` to be there; of others, either is right
    wherever the submission is, and wrong somewhere.
    """
    if any(e.failure is not None or e.expected_error for e in log.entries):
        return
    answers = SubmissionAnswers(exercise, log)
    for one, other in chain(_with_known(exercise, known), _likely(exercise, Log(log.entries[:SAMPLE]), stop)):
        if stop():
            return
        if merged(one, other) is not None and answers.explained_by(variant := Variant(*_in_order((one, other)))):
            yield variant


def _with_known(exercise: Exercise, known: Sequence[Path]) -> Iterator[Pair]:
    return ((one, other) for one in known[:1] for other in exercise.wrong_files if one != other)


def _likely(exercise: Exercise, sample: Log, stop: Callable[[], bool]) -> Iterator[Pair]:
    hits = dict(_possible(exercise, sample, stop))
    likely = sorted(hits, key=lambda path: -len(hits[path]))[:BEST]
    yield from sorted(combinations(likely, 2), key=lambda pair: -len(hits[pair[0]] | hits[pair[1]]))[:MOST]


def known_pairs(paths: Sequence[Path]) -> list[Variant]:
    """The pairs of these mistakes that can be merged, those of the first ones first."""
    pairs = list(combinations(paths, 2))[:MOST_KNOWN]
    return [Variant(*_in_order(pair)) for pair in pairs if merged(*pair) is not None]


def _in_order(pair: Pair) -> tuple[Path, tuple[()], Path]:
    """The same whichever is named first."""
    return min(pair), (), max(pair)


def _possible(exercise: Exercise, sample: Log, stop: Callable[[], bool]) -> Iterator[tuple[Path, set[int]]]:
    """The misconceptions that may be one of two, each with the wrong answers that it gives, too."""
    answers = SubmissionAnswers(exercise, sample)
    for path in exercise.wrong_files:
        if stop():
            return
        if (found := answers.beside(Variant(path))) is not None:
            yield path, found
