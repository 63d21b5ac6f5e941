"""A table of counts in the docs: a row for each exercise, and their sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import ClassVar, TypeVar

from ..atomic import replace_file

ALL = "**all**"


class TableError(Exception):
    """The page has no table that could be brought up to date. The message says which page and why."""


@dataclass(frozen=True)
class Counted:
    """A row: an exercise's slug, then counts. `TITLES` are those of their columns."""

    TITLES: ClassVar[str]
    slug: str

    @classmethod
    def head(cls) -> list[str]:
        """The table's first two lines."""
        return [f"| exercise | {cls.TITLES} |", "|---" * len(fields(cls)) + "|"]


R = TypeVar("R", bound=Counted)


@dataclass(frozen=True)
class BankRow(Counted):
    """How many of an exercise's files there are, and how many of them are graded as they should be."""

    TITLES = "right | full marks | wrong | caught | named"
    right: int = 0
    full: int = 0
    wrong: int = 0
    caught: int = 0
    named: int = 0


@dataclass(frozen=True)
class MutantRow(Counted):
    """How many mutants of an exercise's files were graded, and what came of them."""

    TITLES = "mutants | caught | equivalent | holes"
    mutants: int = 0
    caught: int = 0
    equivalent: int = 0
    holes: int = 0


@dataclass(frozen=True)
class ExplainedRow(Counted):
    """How many mutants of an exercise's files lost points, and what is said of them.

    `false` names and `violated` rules and relations are those that fresh inputs speak against. Of those without a name,
    `raised` raise an exception with its line and have no rule or relation, `silent` have none of all these. Lines were
    looked for in `searched` of them.
    """

    TITLES = (
        "mutants | failing | a case | a name | a rule | a relation | false name | violated | an exception's line "
        "| nothing of these | lines searched | line first | among three"
    )
    mutants: int = 0
    failing: int = 0
    case: int = 0
    named: int = 0
    rule: int = 0
    relation: int = 0
    false: int = 0
    violated: int = 0
    raised: int = 0
    silent: int = 0
    searched: int = 0
    first: int = 0
    three: int = 0


@dataclass(frozen=True)
class CaseRow(Counted):
    """How many mutants of an exercise's files lost points, and how many of them have cases.

    `small` is how many have only cases with few numbers written out: 12 at most, 40 for PyTorch.
    """

    TITLES = "failing | a case | few numbers"
    failing: int = 0
    case: int = 0
    small: int = 0


def table(rows: Iterable[R], kind: type[R]) -> str:
    """Markdown: the rows by their exercises' names, then the sums."""
    rows = sorted(rows, key=lambda row: row.slug)
    lines = (f"| {' | '.join(map(str, astuple(row)))} |" for row in [*rows, summed(ALL, rows, kind)])
    return "\n".join([*kind.head(), *lines])


def summed(slug: str, rows: Iterable[R], kind: type[R]) -> R:
    """A row of this name with the sums of all counts."""
    counts = zip(*(astuple(row)[1:] for row in rows), strict=True)
    return kind(slug, *map(sum, counts))


def check_table(page: Path, kind: type[R]) -> None:
    """Raises TableError where `update_table` would."""
    _parts(page, kind)


def update_table(page: Path, new: Iterable[R], slugs: Collection[str], kind: type[R]) -> None:
    """Put the new rows in the place of the old ones; rows of exercises that are not among `slugs` are dropped.

    The page is replaced as a whole, or stays as it was. Raises TableError.
    """
    before, old, after = _parts(page, kind)
    rows = {row.slug: row for row in (*old, *new) if row.slug in slugs}
    try:
        replace_file(page, before + table(rows.values(), kind) + after)
    except OSError as error:
        raise TableError(f"{page}: {error.strerror or error}") from error


def _parts(page: Path, kind: type[R]) -> tuple[str, list[R], str]:
    """The text before the table, the table's rows, and the text after it."""
    try:
        text = page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{page}: {getattr(error, 'strerror', None) or error}") from error
    before, head, below = text.partition("\n".join(kind.head()) + "\n")
    if not head:
        raise TableError(f"{page} has no table that begins with {kind.head()[0]}")
    lines = below.split("\n")
    length = next((i for i, line in enumerate(lines) if not line.startswith("|")), len(lines))
    try:
        rows = [_row(line, kind) for line in lines[:length]]
    except (TypeError, ValueError) as error:
        raise TableError(f"{page}: a row of the table is not an exercise and its counts ({error})") from error
    return before, rows, "\n" + "\n".join(lines[length:])


def _row(line: str, kind: type[R]) -> R:
    slug, *counts = (cell.strip() for cell in line.strip().strip("|").split("|"))
    if len(counts) != len(fields(kind)) - 1:
        raise ValueError(line)
    return kind(slug, *map(int, counts))
