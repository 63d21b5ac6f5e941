"""Two known mistakes in one submission: which pairs give its very answers, where no single one does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from ..exercise import Exercise
from .diagnose import SubmissionAnswers, Variant
from .log import Log
from .merging import merged

MOST = 50  # pairs that are tried
MOST_KNOWN = 3  # of mistakes that are known already
SAMPLE = 40  # questions by which it is seen which misconceptions may be one of the two
BEST = 11  # of these, of which pairs are formed


def explaining_pairs(exercise: Exercise, log: Log, stop: Callable[[], bool]) -> Iterator[Variant]:
    """The pairs that give all of the submission's answers to this check, the likeliest first; until it is to stop.

    Of exceptions nothing is said. Either of the two is right wherever the submission is, and wrong somewhere.
    """
    if any(e.failure is not None or e.expected_error for e in log.entries):
        return
    hits = dict(_possible(exercise, Log(log.entries[:SAMPLE]), stop))
    likely = sorted(hits, key=lambda path: -len(hits[path]))[:BEST]
    pairs = sorted(combinations(likely, 2), key=lambda pair: -len(hits[pair[0]] | hits[pair[1]]))
    answers = SubmissionAnswers(exercise, log)
    for one, other in pairs[:MOST]:
        if stop():
            return
        if merged(one, other) is not None and answers.explained_by(variant := Variant(one, (), other)):
            yield variant


def known_pairs(paths: Sequence[Path]) -> list[Variant]:
    """The pairs of these mistakes that can be merged; those that are named most often first."""
    often = Counter(paths)
    pairs = sorted(combinations(sorted(often), 2), key=lambda pair: -sum(often[path] for path in pair))
    return [Variant(one, (), other) for one, other in pairs[:MOST_KNOWN] if merged(one, other) is not None]


def _possible(exercise: Exercise, sample: Log, stop: Callable[[], bool]) -> Iterator[tuple[Path, set[int]]]:
    """The misconceptions that may be one of two, each with the wrong answers that it gives, too."""
    answers = SubmissionAnswers(exercise, sample)
    for path in exercise.wrong_files:
        if stop():
            return
        if (found := answers.beside(Variant(path))) is not None:
            yield path, found
