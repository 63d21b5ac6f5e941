"""Options that several commands have: one place for their names, types and defaults. Help texts differ."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from ..errors import GraderError

Command = TypeVar("Command", bound=Callable[..., Any])
FOUND = "The exercise; found by the names that the file defines otherwise."


def exercise(text: str) -> Callable[[Command], Command]:
    """`--exercise`: one slug, or None."""
    return click.option("--exercise", metavar="SLUG", help=text)


def assignment(text: str = "Which one, if the gradebook holds several.") -> Callable[[Command], Command]:
    """`--assignment`: its name in the gradebook, or None."""
    return click.option("--assignment", metavar="NAME", help=text)


def gradebook(command: Command) -> Command:
    """`--gradebook`, as `where`: a path or a database's URL."""
    return click.option(
        "--gradebook",
        "where",
        metavar="PATH|URL",
        default="gradebook.sqlite",
        show_default=True,
        envvar="GRADE_GRADEBOOK",
        help="The gradebook: a file, or postgresql://…",
    )(command)


def author(command: Command) -> Command:
    """`--by`, as `author`: who decides, or None for the login name."""
    return click.option("--by", "author", metavar="NAME", help="Who decides; your login name otherwise.")(command)


def seed(text: str, most: int | None = None) -> Callable[[Command], Command]:
    """`--seed`: a number from 0 (to `most`), or None."""
    return click.option("--seed", type=click.IntRange(0, most), help=text)


def isolation(
    text: str = "Refuse to grade behind less than this layer.", default: str = "process", show_default: bool = False
) -> Callable[[Command], Command]:
    """`--require-isolation`, as `require`: a layer."""
    return click.option(
        "--require-isolation",
        "require",
        type=click.Choice(["process", "confined", "contained", "capped"]),
        default=default,
        show_default=show_default,
        help=text,
    )


def jobs(command: Command) -> Command:
    """`--jobs`: how many processes grade, or None for one per core."""
    return click.option(
        "--jobs", metavar="N", type=click.IntRange(1), help="Processes at a time.  [default: one per core]"
    )(command)


def no_explain(command: Command) -> Command:
    """`--no-explain`: whether what went wrong is left unexplained."""
    return click.option("--no-explain", is_flag=True, help="Ask nothing further of what went wrong: faster.")(command)


def layer(command: Command) -> Command:
    """`--isolation`, as `layer`: `process`, or None for the best layer that there is."""
    return click.option(
        "--isolation",
        "layer",
        type=click.Choice(["process"]),
        help="Grade behind no more than a process of its own, as on Windows and macOS. Not isolated from hostile code.",
    )(command)


def feedback(default: str | None, text: str) -> Callable[[Command], Command]:
    """`--feedback`: how much students are told; None if there is no default."""
    levels = click.Choice(["verdict", "name", "case", "line"])
    return click.option("--feedback", type=levels, default=default, show_default=default is not None, help=text)


def format_(
    forms: Sequence[str], text: str | None = None, default: str | None = "text"
) -> Callable[[Command], Command]:
    """`--format`, as `form`: one of `forms`; None if there is no default."""
    return click.option(
        "--format", "form", type=click.Choice(list(forms)), default=default, show_default=default is not None, help=text
    )


def output(text: str, metavar: str | None = None, folders: bool = False) -> Callable[[Command], Command]:
    """`-o`: a path as it was typed, or None; an existing folder only if `folders`; no file that the command reads."""
    option = click.option("-o", "--output", metavar=metavar, type=click.Path(dir_okay=folders), help=text)

    def add(command: Command) -> Command:
        @functools.wraps(command)
        def sparing(*args: Any, output: str | None, **choices: Any) -> Any:
            if output is not None and _is_read(output, choices.values()):
                raise GraderError(f"{output} is what this command reads: -o would overwrite it. Give another name.")
            return command(*args, output=output, **choices)

        return option(sparing)  # type: ignore[return-value]

    return add


def _is_read(output: str, given: Iterable[Any]) -> bool:
    """Whether a file is one of those that a command was given, or a source in such a folder."""
    if not os.path.isfile(output):
        return False
    paths = [path for value in given for path in (value if isinstance(value, tuple) else [value])]
    for path in (path for path in paths if isinstance(path, str) and path and os.path.exists(path)):
        inside = os.path.realpath(output).startswith(os.path.join(os.path.realpath(path), ""))
        if os.path.samefile(path, output) or (inside and output.lower().endswith((".py", ".ipynb"))):
            return True
    return False


def anonymous(text: str) -> Callable[[Command], Command]:
    """`--anonymous`: whether names are left out."""
    return click.option("--anonymous", is_flag=True, help=text)


json_progress = click.option(
    "--json-progress", is_flag=True, help="How far it is, on stderr, as an object a line: finished, total, graded …"
)
