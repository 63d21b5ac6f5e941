"""The options that select questions: of `grade quiz new` and `grade quiz take`."""

from __future__ import annotations

import click

from . import options
from .options import Command

SELECTION = (
    click.option("--generator", "generators", multiple=True, metavar="SLUG", help="Only this one (repeatable)."),
    click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Only this topic (repeatable)."),
    click.option(
        "--kind", "kinds", multiple=True, metavar="KIND",
        help="Only MCQ, MSQ, NAT, MATRIX, EXPRESSION, ORDER, MATCH or ESSAY (repeatable).",
    ),
    click.option(
        "--blueprint", metavar="NAME|FILE",
        help="A mix: gate-cnn, gate-da-nn, gate-full, chapter-test, or a .toml file of your own.",
    ),
    click.option("--count", type=click.IntRange(1, 1000), help="How many questions; 10 otherwise."),
    options.seed("The same number gives the same questions.", most=2**31 - 1),
)  # fmt: skip


def selection(command: Command) -> Command:
    """Add these options to a command."""
    for option in reversed(SELECTION):
        command = option(command)
    return command
