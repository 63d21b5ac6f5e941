"""`grade quiz new`: papers as files."""

from __future__ import annotations

from typing import Any

import click

from generators.export import FORMATS

from ..startup import loaded
from . import options
from .quiz_selection import selection


@click.command("new")
@selection
@click.option("--papers", type=click.IntRange(1, 1000), default=1, help="Parallel papers without a common variant.")
@click.option("--shuffle/--no-shuffle", default=None, help="Order of the questions; the blueprint says it otherwise.")
@click.option("--key", is_flag=True, help="With answers, worked solutions and what wrong answers mean.")
@options.format_(list(FORMATS), "md, or what the ending of the output file says, otherwise.", default=None)
@options.output("The file; several papers get -1, -2, … before the ending.", metavar="PATH", folders=True)
def command(**choices: Any) -> int:
    """Write papers in a format for people, notebooks or learning platforms.

    \b
    grade quiz new --topic padding --count 5
    grade quiz new --blueprint gate-cnn --seed 7 -o exam.pdf
    grade quiz new --blueprint gate-cnn --seed 7 --key -o solutions.pdf
    grade quiz new --blueprint chapter-test --papers 3 --shuffle -o test.json
    grade quiz new --kind NAT --count 40 --format moodle -o bank.xml

    The same options and the same seed give the same questions: make the paper and its solutions by two commands. Files
    that a program marks (json, moodle, qti, canvas, gift) hold the answers with or without --key. A note names
    the questions that the format cannot fully express.
    """
    from .work.quiz_new import PaperOptions, write_papers

    loaded()
    return write_papers(PaperOptions(**choices))
