"""What an instructor types for a whole class. Only click here; the work is imported by the command that needs it."""

from __future__ import annotations

import sys

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
