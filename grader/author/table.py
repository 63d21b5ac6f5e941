"""The bank's table in the docs: a row of counts for each exercise, and their sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

from ..atomic import replace_file

HEAD = ["| exercise | right | full marks | wrong | caught | named |", "|---|---|---|---|---|---|"]
ALL = "**all**"


class TableError(Exception):
    """The page has no table that could be brought up to date. The message says which page and why."""


@dataclass(frozen=True)
class BankRow:
    """How many of an exercise's files there are, and how many of them are graded as they should be."""

    slug: str
    right: int = 0
    full: int = 0
    wrong: int = 0
    caught: int = 0
    named: int = 0


def table(rows: Iterable[BankRow]) -> str:
    """Markdown: the rows by their exercises' names, then the sums."""
    rows = sorted(rows, key=lambda row: row.slug)
    counts = zip(*(astuple(row)[1:] for row in rows), strict=True)
    total = BankRow(ALL, *map(sum, counts))
    return "\n".join([*HEAD, *(f"| {' | '.join(map(str, astuple(row)))} |" for row in [*rows, total])])


def check_table(page: Path) -> None:
    """Raises TableError where `update_table` would."""
    _parts(page)


def update_table(page: Path, new: Iterable[BankRow], slugs: Collection[str]) -> None:
    """Put the new rows in the place of the old ones; rows of exercises that are not among `slugs` are dropped.

    The page is replaced as a whole, or stays as it was. Raises TableError.
    """
    before, old, after = _parts(page)
    rows = {row.slug: row for row in (*old, *new) if row.slug in slugs}
    try:
        replace_file(page, before + table(rows.values()) + after)
    except OSError as error:
        raise TableError(f"{page}: {error.strerror or error}") from error


def _parts(page: Path) -> tuple[str, list[BankRow], str]:
    """The text before the table, the table's rows, and the text after it."""
    try:
        text = page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{page}: {getattr(error, 'strerror', None) or error}") from error
    before, head, below = text.partition("\n".join(HEAD) + "\n")
    if not head:
        raise TableError(f"{page} has no table that begins with {HEAD[0]}")
    lines = below.split("\n")
    length = next((i for i, line in enumerate(lines) if not line.startswith("|")), len(lines))
    try:
        rows = [_row(line) for line in lines[:length]]
    except (TypeError, ValueError) as error:
        raise TableError(f"{page}: a row of the table is not an exercise and five numbers ({error})") from error
    return before, rows, "\n" + "\n".join(lines[length:])


def _row(line: str) -> BankRow:
    slug, right, full, wrong, caught, named = (cell.strip() for cell in line.strip().strip("|").split("|"))
    return BankRow(slug, int(right), int(full), int(wrong), int(caught), int(named))
