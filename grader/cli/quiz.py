"""Exam questions: practice, papers, marking. Only click here; the work is imported by the command that needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from generators.export import FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def quiz() -> None:
    """Exam questions: practice, mock exams, papers, marking.

    \b
    grade quiz take                           ten questions here, with feedback at once
    grade quiz take --exam --blueprint gate-cnn
    grade quiz new --count 10 --key -o practice.html
    grade quiz list                           what can be asked
    """


def drawing(command: Command) -> Command:
    """The options that say which questions."""
    options = (
        click.option("--generator", "generators", multiple=True, metavar="SLUG", help="Only this one (repeatable)."),
        click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Only this topic (repeatable)."),
        click.option(
            "--kind", "kinds", multiple=True, metavar="KIND",
            help="Only MCQ, MSQ, NAT, MATRIX, EXPRESSION, ORDER, MATCH or ESSAY (repeatable).",
        ),
        click.option(
            "--blueprint", metavar="NAME|FILE",
            help="A mix: gate-cnn, gate-full, chapter-test, or a .toml file of your own.",
        ),
        click.option("--count", type=click.IntRange(1, 1000), help="How many questions; 10 otherwise."),
        click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="The same number gives the same questions."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@quiz.command("list")
def list_() -> None:
    """Show what can be asked: generators by topic, and blueprints."""
    from .quiz_list import show_generators

    show_generators()


@quiz.command()
@drawing
@click.option("--papers", type=click.IntRange(1, 1000), default=1, help="Parallel papers without a common variant.")
@click.option("--shuffle/--no-shuffle", default=None, help="Order of the questions; the blueprint says it otherwise.")
@click.option("--key", is_flag=True, help="With answers, worked solutions and what wrong answers mean.")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)),
    help="md, or what the ending of the output file says, otherwise.",
)  # fmt: skip
@click.option("-o", "--output", metavar="PATH", help="The file; several papers get -1, -2, … before the ending.")
def new(papers: int, shuffle: bool | None, key: bool, form: str | None, output: str | None, **choice: Any) -> None:
    """Write papers in a format for people, notebooks or learning platforms.

    \b
    grade quiz new --topic padding --count 5
    grade quiz new --blueprint gate-cnn --seed 7 -o exam.pdf
    grade quiz new --blueprint gate-cnn --seed 7 --key -o solutions.pdf
    grade quiz new --blueprint chapter-test --papers 3 --shuffle -o test.json
    grade quiz new --kind NAT --count 40 --format moodle -o bank.xml

    The same options and the same seed give the same questions: make the paper and its solutions by two commands. Files
    that a program marks (json, moodle, qti, canvas, gift) hold the answers with or without --key. What a format cannot
    express is said question by question.
    """
    from .quiz_new import write_papers

    sys.exit(write_papers(choice, papers, shuffle, key, form, output))


@quiz.command()
@click.argument("file", required=False, metavar="[PAPER.json]")
@drawing
@click.option("--exam/--practice", default=None, help="With a clock and solutions at the end; practice otherwise.")
@click.option("--session", metavar="FILE", help="Where answers are kept; my_quiz-….json otherwise.")
@click.option("--again", is_flag=True, help="Start over; earlier answers are forgotten.")
def take(file: str | None, exam: bool | None, session: str | None, again: bool, **choice: Any) -> None:
    """Answer questions here: with feedback at once, or as a mock exam with a clock.

    \b
    grade quiz take                                   ten questions, or go on with those you began
    grade quiz take --topic padding --count 5
    grade quiz take --exam --blueprint gate-cnn       a mock exam
    grade quiz take paper.json                        a paper from `grade quiz new --format json`

    Every answer is saved at once. After an interruption the same command goes on; an exam's clock stands still
    meanwhile. Exit code 0: full marks. 1: less, or not finished.
    """
    from .quiz_take import take

    sys.exit(take(file, choice, exam, again, session))


@quiz.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER.json…")
@click.argument("answers", metavar="ANSWERS.csv")
@click.option("--scheme", metavar="FILE", help="The course's rules, .json or .toml; GATE's otherwise.")
@click.option("--to-all", multiple=True, metavar="N", help="A withdrawn question: its marks to everybody (repeatable).")
@click.option("--roster", metavar="FILE", help="All students, one a line: who is missing or unknown is said.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), help="text otherwise, or by the ending.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="PATH", help="Write the results to this file.")
def mark(
    papers: tuple[str, ...], answers: str, scheme: str | None, to_all: tuple[str, ...], roster: str | None,
    form: str | None, output: str | None,
) -> None:  # fmt: skip
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

    A scheme is data: {"negative": {"MCQ": "1/3"}, "partial": ["MSQ"]}. Every odd line is named on stderr.
    Exit code 0: all lines marked. 1: some could not be. 2: nothing to mark.
    """
    from .quiz_mark import mark_files

    ending = (output or "").rpartition(".")[2].lower()
    form = form or (ending if ending in ("csv", "json") else "text")
    sys.exit(mark_files(papers, answers, scheme, to_all, roster, form, output))


@quiz.command()
@click.argument("generators", nargs=-1, metavar="[GENERATOR]…")
@click.option("--sample", type=click.IntRange(20, 100_000), default=400, show_default=True, help="Seeds to look at.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def stats(generators: tuple[str, ...], sample: int, form: str) -> None:
    """Show how many variants there are, where keys stand, and whether they can be guessed.

    \b
    grade quiz stats output_size conv_params
    grade quiz stats                              all of them; takes half a minute

    Variants are counted exactly where the space of parameters is finite; >N: more than N in the sample. A leak is a
    rule ("the largest", "the longest", "always 0") that is right clearly more often than chance.
    Exit code 0: no leaks. 1: some.
    """
    from .quiz_stats import show_stats

    sys.exit(show_stats(generators, sample, form))
