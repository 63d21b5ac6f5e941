"""`grade progress` and `grade next`; how `grade submit` remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from ...errors import FULL
from ...practice import history

if TYPE_CHECKING:
    from generators.model import Question

    from ...model import Result
    from ...practice.progress import ExerciseProgress


def show_progress() -> int:
    """Print each exercise and each topic with what was reached; returns the exit code."""
    from ...practice.practice_text import standing_lines
    from ...practice.practising import Practice
    from ...practice.progress import returned
    from ...practice.text import footer_lines, progress_lines
    from .output import show_lines

    practice = Practice()
    shown = [*progress_lines(reached(), returned(history.tries()))]
    shown += standing_lines(practice.memory(), practice.day())
    show_lines([*shown, *footer_lines(history.place())])
    return FULL


def show_next() -> int:
    """Print what to do now, and why; returns the exit code."""
    from ...practice.practice_text import due_lines
    from ...practice.practising import Practice
    from ...practice.progress import next_step
    from ...practice.text import next_lines
    from .output import show_lines

    show_lines([*next_lines(next_step(reached())), *due_lines(Practice().due())])
    return FULL


def reached() -> list[ExerciseProgress]:
    """All exercises in the chapter's order, with the attempts at them. Raises HistoryError and ExerciseError."""
    from ...exercise import in_chapter_order
    from ...practice.progress import progress

    return progress(in_chapter_order(), history.tries())


def remember(results: Sequence[Result]) -> None:
    """Add an attempt; what keeps it from being remembered is one line, and changes nothing else."""
    try:
        history.remember(results)
    except history.HistoryError as error:
        click.echo(f"grade: this attempt was not remembered: {error} (--no-history does not try)", err=True)


def learn(questions: Sequence[Question], answers: Mapping[int, str]) -> None:
    """Let the memory know the answers of a quiz, by number from 1; what keeps it from that is one line."""
    from ...practice.practising import Practice

    try:
        for number, given in answers.items():
            Practice().learn(questions[number - 1], given)
    except history.HistoryError as error:
        click.echo(f"grade: these answers were not remembered: {error} (--no-history does not try)", err=True)
