"""All commands. A command's module is imported when the command is called, its work when it runs."""

from __future__ import annotations

from typing import Any

import click

from .. import __version__
from ..errors import FULL, GraderError
from .lazy_group import LazyGroup

# In the order of a newcomer's steps.
STUDENTS = (
    *("list", "start", "submit", "explain", "next", "progress", "practice", "serve", "bench", "quiz", "rubric"),
    "doctor",
)
INSTRUCTORS = (
    *("batch", "assignment", "gradebook", "students", "report", "export", "override", "extend", "comment", "history"),
    *("regrade", "lab", "package"),
)
COMMANDS = STUDENTS + INSTRUCTORS


class Grade(LazyGroup):
    """All commands: the students' and the instructors'."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in two groups, by who needs them."""
        width = max(map(len, COMMANDS))
        room = formatter.width - width - 6
        for title, names in (("Students", STUDENTS), ("Instructors", INSTRUCTORS)):
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", self.load(name).get_short_help_str(room)) for name in names])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and exit with the code that it returns; what stops it is one message on stderr."""
        try:
            code = super().invoke(ctx)
        except GraderError as error:
            code = _told(error)
        except ModuleNotFoundError as error:
            from ..extras import not_installed

            if (told := not_installed(error)) is None:
                raise
            code = _told(told)
        ctx.exit(code or FULL)


def _told(error: GraderError) -> int:
    """Say on stderr what stops a command; returns its exit code."""
    from .work.output import printable

    click.echo(f"grade: {printable(str(error))}", err=True)
    return error.exit_code


@click.group(cls=Grade, names=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grade")
def cli() -> None:
    """Auto-graded exercises on convolutional neural networks.

    Start with `grade list`, then `grade start conv`, then `grade submit my_conv.py`.
    """
