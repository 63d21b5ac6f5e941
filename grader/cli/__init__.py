"""The command `grade`. A command's declaration is imported when it is called, its work when it runs."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from typing import NoReturn

import click

from .. import __version__
from ..lazy import loading
from .streams import lost, make_patient

FULL, LESS, USAGE, OURS = 0, 1, 2, 3

STUDENTS = {  # command → the module beside this one that declares it, in the order of a newcomer's steps
    "list": "student",
    "start": "student",
    "submit": "student",
    "bench": "speed",
    "quiz": "quiz",
    "rubric": "assess",
    "doctor": "student",
}
INSTRUCTORS = {
    "batch": "classes",
    "assignment": "classes",
    "gradebook": "classes",
    "report": "classes",
    "export": "classes",
    "override": "classes",
    "history": "classes",
    "regrade": "classes",
    "lab": "assess",
    "package": "classes",
}
COMMANDS = STUDENTS | INSTRUCTORS


class Commands(click.Group):
    """The commands of `COMMANDS`, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, the students' first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name, or None."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f".{COMMANDS[name]}", __name__)
        return getattr(module, name if name != "list" else "list_")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in two groups, by who needs them."""
        width = max(map(len, COMMANDS))
        for title, names in (("Students", STUDENTS), ("Instructors", INSTRUCTORS)):
            found = {name: command for name in names if (command := self.get_command(ctx, name))}
            room = formatter.width - width - 6
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", c.get_short_help_str(room)) for name, c in found.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grade")
def cli() -> None:
    """Auto-graded exercises on convolutional neural networks.

    Start with `grade list`, then `grade start conv`, then `grade submit my_conv.py`.
    """


def main() -> NoReturn:
    """The entry point."""
    loading()
    make_patient()
    try:
        cli(prog_name="grade")
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))
    except Exception:
        traceback.print_exc()  # and not the code that stands for "less than full marks"
        _leave(OURS)
    raise AssertionError("click exits by itself")


def _leave(code: int) -> NoReturn:
    """Without taking the interpreter apart module by module: everything is written, the sandbox is gone."""
    if failure := lost():
        print(f"grade: not all of this could be written: {failure.strerror}", file=sys.stderr, flush=True)
        code = OURS
    os._exit(code)
