"""`grade quiz`: exam questions. Each of its commands has a file `quiz_….py`."""

from __future__ import annotations

import click

from .lazy_group import LazyGroup


@click.group(
    "quiz",
    cls=LazyGroup,
    names=("list", "mark", "new", "stats", "take"),
    prefix="quiz_",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """Exam questions: practice, mock exams, papers, marking.

    \b
    grade quiz take                           ten questions here, with feedback at once
    grade quiz take --exam --blueprint gate-cnn
    grade quiz new --count 10 --key -o practice.html
    grade quiz list                           what can be asked
    """
