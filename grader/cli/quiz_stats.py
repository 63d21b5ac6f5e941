"""`grade quiz stats`: whether generators are good enough to ask."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("stats")
@click.argument("generators", nargs=-1, metavar="[GENERATOR]…")
@click.option("--sample", type=click.IntRange(20, 100_000), default=400, show_default=True, help="Seeds to look at.")
@click.option("--gradebook", "where", metavar="PATH|URL", help="Show how questions went in papers that were marked.")
@options.format_(["text", "json"])
def command(generators: tuple[str, ...], sample: int, where: str | None, form: str) -> int:
    """Show how many variants there are, where keys stand, and whether they can be guessed.

    \b
    grade quiz stats output_size conv_params
    grade quiz stats                              all of them; takes some minutes
    grade quiz stats --gradebook marks.sqlite     facility, discrimination and distractors so far

    Variants are counted exactly where the space of parameters is finite; >N: more than N in the sample. A leak is a
    rule ("the largest", "the longest", "always 0") that is right clearly more often than chance.
    Exit code 0: no leaks. 1: some.
    """
    from .work.quiz_stats import show_history, show_stats

    loaded()
    return show_history(where, generators, form) if where else show_stats(generators, sample, form)
