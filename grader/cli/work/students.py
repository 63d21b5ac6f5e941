"""`grade students`: everybody, and the decisions about who is who."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ...clean import clean
from ...errors import FULL
from .author import login_name
from .book import opened
from .output import show_tables

if TYPE_CHECKING:
    from rich.table import Table

    from ...gradebook.records import KnownStudent


def list_students(where: str) -> int:
    """Print a table of everybody; returns the exit code."""
    with opened(where) as book:
        everybody = book.students()
    show_tables(_table(everybody), _summary(everybody))
    return FULL


def merge_students(where: str, kept: str, other: str, author: str | None) -> int:
    """Let one student stand for both; returns the exit code."""
    with opened(where) as book:
        into, merged = book.find_student(kept), book.find_student(other)
        return _say([f"{merged} is {into} now", *book.merge(kept, other, author=author or login_name())])


def rename_student(where: str, who: str, name: str, author: str | None) -> int:
    """Give a student another name; returns the exit code."""
    with opened(where) as book:
        return _say([book.rename(who, name, author=author or login_name())])


def withdraw_student(where: str, who: str, author: str | None) -> int:
    """Take a student off all lists; returns the exit code."""
    with opened(where) as book:
        return _say([book.withdraw(who, author=author or login_name())])


def undo_change(where: str, author: str | None) -> int:
    """Take back the last decision; returns the exit code."""
    with opened(where) as book:
        return _say(book.undo(author=author or login_name()))


def _say(lines: Iterable[str]) -> int:
    for line in lines:
        click.echo(clean(line))
    return FULL


def _table(everybody: list[KnownStudent]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("student", "name", "ids", "section"):
        table.add_column(title, overflow="fold")
    table.add_column("gradings", justify="right")
    for one in everybody:
        ids = ", ".join(f"{kind} {value}" for kind, value in sorted(one.ids.items()) if value != one.key)
        more = [f"\nalso {key}" for key in one.also] + ["\nwithdrawn"] * one.withdrawn
        cells = (one.key + "".join(more), one.name if one.name != one.key else "", ids, one.section)
        table.add_row(*map(Text, cells), str(one.gradings))
    return table


def _summary(everybody: list[KnownStudent]) -> str:
    from ...gradebook.words import counted

    withdrawn = sum(one.withdrawn for one in everybody)
    return counted(len(everybody), "student") + (f", {withdrawn} of them withdrawn" if withdrawn else "")
