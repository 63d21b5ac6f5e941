"""`grade quiz take`: questions in the terminal."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from .quiz_selection import selection


@click.command("take")
@click.argument("file", required=False, metavar="[PAPER.json]")
@selection
@click.option("--exam/--practice", default=None, help="With a clock and solutions at the end; practice otherwise.")
@click.option("--session", metavar="FILE", help="Where answers are kept; my_quiz-….json otherwise.")
@click.option("--again", is_flag=True, help="Start over; earlier answers are forgotten.")
@click.option("--no-history", is_flag=True, help="Let `grade practice` learn nothing of the answers.")
def command(**choices: Any) -> int:
    """Answer questions here: with feedback at once, or as a mock exam with a clock.

    \b
    grade quiz take                                   ten questions, or go on with those you began
    grade quiz take --topic padding --count 5
    grade quiz take --exam --blueprint gate-cnn       a mock exam
    grade quiz take paper.json                        a paper from `grade quiz new --format json`

    Every answer is saved at once. After an interruption the same command goes on; an exam's clock runs on, as it does
    in the browser (`grade serve`). Exit code 0: full marks. 1: less, or not finished.
    """
    from .work.quiz_open import TakeOptions
    from .work.quiz_take import take

    loaded()
    return take(TakeOptions(**choices))
