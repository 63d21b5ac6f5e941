"""`grade quiz mark`: a class's answers."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("mark")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER.json…")
@click.argument("answers", metavar="ANSWERS.csv")
@click.option("--scheme", metavar="FILE", help="The course's rules, .json or .toml; GATE's otherwise.")
@click.option("--to-all", multiple=True, metavar="N", help="A withdrawn question: its marks to everybody (repeatable).")
@click.option("--roster", metavar="FILE", help="All students, one a line: shows who is missing or unknown.")
@click.option("--gradebook", "where", metavar="PATH|URL", help="Keep there how each question went (`quiz stats`).")
@options.format_(["text", "csv", "json"], "text otherwise, or by the ending.", default=None)
@options.output("Write the results to this file.", metavar="PATH")
def command(form: str | None, output: str | None, **choices: Any) -> int:
    """Mark a class's answers to a paper of `grade quiz new --format json`.

    \b
    grade quiz mark exam.json answers.csv
    grade quiz mark exam.json answers.csv --to-all 7 --scheme course.json -o marks.csv
    grade quiz mark exam-1.json exam-2.json answers.csv

    \b
    The answers, with a column `paper` where there are several papers:
    student,q1,q2,q3,q4
    ada,B,28,A C,1 2; 3 4
    alan,C,,A,"[[1, 2], [3, 4]]"

    A scheme is data: {"negative": {"MCQ": "1/3"}, "partial": ["MSQ", "MATRIX", "ORDER", "MATCH"]}.
    Problems are listed by line on stderr.
    Exit code 0: all lines marked. 1: some could not be. 2: nothing to mark.
    """
    from .work.quiz_mark import MarkOptions, mark_files

    loaded()
    return mark_files(MarkOptions(**choices), form, output)
