"""`grade students`: who is who. Each of its commands has a file `students_….py`."""

from __future__ import annotations

import click

from .lazy_group import LazyGroup


@click.group(
    "students",
    cls=LazyGroup,
    names=("list", "merge", "rename", "withdraw", "undo"),
    prefix="students_",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """Who is who: one person entered twice, another name, somebody who has left.

    \b
    grade students list
    grade students merge S4711 "Ana Ek"       what "Ana Ek" handed in is S4711's
    grade students rename S4711 "Ana Maria Ek"
    grade students withdraw S4711             in no list any more; all gradings are kept
    grade students undo                       takes the last of these back, then the one before
    """
