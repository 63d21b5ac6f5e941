"""What an instructor types for a whole class. Only click here; the work is imported by the command that needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

book_option = click.option(
    "--gradebook",
    "where",
    metavar="PATH|URL",
    default="gradebook.sqlite",
    show_default=True,
    envvar="GRADE_GRADEBOOK",
    help="The gradebook: a file, or postgresql://…",
)
assignment_option = click.option("--assignment", metavar="NAME", help="Which one, if the gradebook holds several.")


@click.command()
@book_option
@assignment_option
@click.option("--anonymous", is_flag=True, help="Numbers instead of names.")
def gradebook(where: str, assignment: str | None, anonymous: bool) -> None:
    """Show the marks that count: every student, every exercise.

    `*` marks points that a person gave, `?` a grading that the grader's own error spoiled.
    """
    from .gradebook import show_marks

    sys.exit(show_marks(where, assignment, anonymous))


@click.command()
@click.argument("name")
@book_option
@click.option("--exercise", "exercises", multiple=True, metavar="SLUG[=POINTS]", help="An exercise of it (repeatable).")
@click.option("--deadline", metavar="TIME", help="As 2027-03-01T23:59+01:00; without a zone, this machine's.")
@click.option(
    "--grace", metavar="MINUTES", type=click.IntRange(0), help="Minutes after the deadline that cost nothing."
)
@click.option("--per-day", metavar="PERCENT", help="Percent of the points possible for each day begun.")
@click.option("--late-cap", metavar="PERCENT", help="The most that lateness costs.")
@click.option("--keep", type=click.Choice(["best", "last"]), help="Which attempt counts.")
def assignment(
    name: str,
    where: str,
    exercises: tuple[str, ...],
    deadline: str | None,
    grace: int | None,
    per_day: str | None,
    late_cap: str | None,
    keep: str | None,
) -> None:
    """Make an assignment, or change what is given of it: points, deadline, late rule, which attempt counts.

    Marks follow at once; nothing has to be graded again.
    """
    from .assignment import change_assignment

    sys.exit(change_assignment(name, where, exercises, deadline, grace, per_day, late_cap, keep))


@click.command()
@click.argument("student")
@click.argument("exercise")
@click.argument("points")
@book_option
@assignment_option
@click.option("--reason", required=True, help="Why; the student may read it.")
@click.option("--by", "author", required=True, metavar="NAME", help="Who decides.")
def override(
    student: str, exercise: str, points: str, where: str, assignment: str | None, reason: str, author: str
) -> None:
    """Give a student POINTS for an exercise, whatever the grader says. POINTS `none` takes that back.

    The computed points and all earlier decisions are kept (`grade history`).
    """
    from .override import override_points

    sys.exit(override_points(student, exercise, points, where, assignment, reason, author))


@click.command()
@click.argument("student")
@book_option
@assignment_option
def history(student: str, where: str, assignment: str | None) -> None:
    """Show everything that was graded and decided for a student."""
    from .override import show_history

    sys.exit(show_history(student, where, assignment))


@click.command()
@book_option
@assignment_option
@click.option("--exercise", metavar="SLUG", help="Only this exercise.")
@click.option("--student", metavar="ID", help="Only this student.")
@click.option("--seed", type=click.IntRange(0), help="Other inputs; each attempt's last ones otherwise.")
@click.option("--run", metavar="NAME", help="Go on with a regrade that was interrupted.")
@click.option(
    "--require-isolation",
    "require",
    type=click.Choice(["process", "confined", "contained", "capped"]),
    default="process",
    help="Refuse to grade behind less than this layer.",
)
def regrade(
    where: str,
    assignment: str | None,
    exercise: str | None,
    student: str | None,
    seed: int | None,
    run: str | None,
    require: str,
) -> None:
    """Grade the sources in the gradebook again, after an exercise or the grader has changed.

    The new gradings count; the old ones are kept. What was graded with --no-timing is so again. Shows whose points
    changed.
    """
    from .regrade import regrade_sources

    sys.exit(regrade_sources(where, assignment, exercise, student, seed, run, require))


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "canvas", "moodle"]))
@book_option
@assignment_option
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file.")
@click.option(
    "--column", "columns", multiple=True, metavar="EXERCISE=TITLE", help="A column of the LMS; EXERCISE may be `total`."
)
@click.option("--by", type=click.Choice(["email", "moodle", "login"]), default="email", help="Moodle: the identifier.")
@click.option("--anonymous", is_flag=True, help="csv: numbers instead of names, in no order that gives them away.")
def export(
    form: str,
    where: str,
    assignment: str | None,
    output: str | None,
    columns: tuple[str, ...],
    by: str,
    anonymous: bool,
) -> None:
    """Write the marks that count as csv, or as Canvas or Moodle import them.

    Canvas: --column 'total=Homework 1 (4711)', the header in Canvas's own export. Moodle: import by the first column.
    Sources never leave the gradebook; names and ids only as far as the format needs them.
    """
    from .export import export_marks

    sys.exit(export_marks(form, where, assignment, output, columns, by, anonymous))


@click.command()
@click.argument("path", metavar="DIR|ZIP", type=click.Path(path_type=Path))
@click.option(
    "--exercise", metavar="SLUG", help="All files are for this one; found by the names they define otherwise."
)
@click.option(
    "--assignment", metavar="NAME", help="Its name in the gradebook.  [default: the exercise's, or the folder's]"
)
@book_option
@click.option(
    "--roster", metavar="CSV", type=click.Path(path_type=Path), help="The class list: names, ids, who is missing."
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Write pages and a summary."
)
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Processes at a time.  [default: one per core]")
@click.option(
    "--cluster", metavar="ADDRESS", help="A Dask scheduler (tcp://…), `local`, or a .toml file with a table [slurm]."
)
@click.option("--seed", type=click.IntRange(0), help="The inputs for everybody; the last batch's otherwise.")
@click.option("--fresh", is_flag=True, help="New inputs, everything graded again.")
@click.option(
    "--require-isolation",
    "require",
    type=click.Choice(["process", "confined", "contained", "capped"]),
    default="process",
    help="Refuse to grade behind less than this layer.",
)
@click.option(
    "--timing/--no-timing", default=True, help="Whether checks of speed are made. No two runs of them agree exactly."
)
def batch(path: Path, **options: Any) -> None:
    """Grade a class: a folder or .zip of submissions, as it is or as Moodle, Canvas or Gradescope give it.

    Every result is in the gradebook as soon as it is there. If the command is interrupted, however hard, the same
    command goes on from there; who has handed in again is graded again.

    \b
    grade batch submissions.zip
    grade batch downloads/ --exercise conv --roster class.csv --out report/
    grade batch submissions.zip --no-timing --seed 7           the same marks whenever and wherever it runs
    grade batch submissions.zip --cluster tcp://head:8786 --require-isolation contained
    grade batch submissions.zip --fresh                        new inputs, everything again

    Exit code 0: done. 2: nothing to grade. 3: something was not graded because the grader or a worker failed.
    """
    from .batch import Asked, grade_batch

    sys.exit(grade_batch(Asked(path, **options)))


@click.command()
@book_option
@assignment_option
@click.option("-o", "--output", metavar="DIR|FILE", type=click.Path(path_type=Path), help="Write pages, or one file.")
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "json"]), help="[default: html with -o, else text]"
)
@click.option("--names", is_flag=True, help="Say whose the examples of misconceptions are.")
@click.option("--anonymous", is_flag=True, help="No names at all: a page to show to the class.")
@click.option(
    "--similarity",
    metavar="PERCENT",
    type=click.FloatRange(1, 100),
    is_flag=False,
    flag_value=80,
    help="Pairs of files that share that much of their own code (80 if you give no number).",
)
def report(
    where: str,
    assignment: str | None,
    output: Path | None,
    form: str | None,
    names: bool,
    anonymous: bool,
    similarity: float | None,
) -> None:
    """Show how a class did: marks, checks, misconceptions, problems, students.

    \b
    grade report                                 in the terminal
    grade report -o report/                      report/index.html and a page for each student
    grade report -o class.html --anonymous       one page without names
    grade report -o report/ --similarity 70      also code that is alike: a reason to look, never a verdict
    grade report --format json -o class.json
    """
    from .report import Wanted, report_class

    sys.exit(report_class(Wanted(where, assignment, output, form, names, anonymous, similarity)))


@click.command()
@click.argument("platform", type=click.Choice(["gradescope", "github"]))
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG…")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="[default: autograder.zip, or .github/workflows/classroom.yml]",
)
@click.option("--install", "spec", metavar="SPEC", help="github: what pip installs there, as git+https://….")
@click.option(
    "--require-isolation",
    "require",
    type=click.Choice(["process", "confined", "contained", "capped"]),
    default="confined",
    show_default=True,
    help="gradescope: grade nothing behind less than this layer.",
)
def package(platform: str, slugs: tuple[str, ...], output: Path | None, spec: str | None, require: str) -> None:
    """Make what a platform needs to run this grader by itself.

    \b
    grade package gradescope conv pooling -o week1.zip
    grade package github conv --install git+https://github.com/ORG/cnn-grader@v1

    gradescope: a zip for "Configure Autograder". github: a workflow file for the students' repositories.
    """
    from .package import package_for

    sys.exit(package_for(platform, slugs, output, require, spec))
