"""How questions went, over all papers that were marked: kept, and summed up per generator."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import StatisticsError, correlation, fmean
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .item_tables import ItemAnswer
from .session import plain_errors, writing

if TYPE_CHECKING:
    from .book import Gradebook

ENOUGH = 10
"""Answers before a discrimination is shown."""


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """A generator, asked as one kind.

    `facility`: the mean share of its marks; `discrimination`: the correlation of that share with the rest of the paper
    (None: too few answers, or all alike); `chosen`: how often each answer was given.
    """

    generator: str
    kind: str
    answers: int
    facility: float
    discrimination: float | None
    chosen: dict[str, int]


def keep_items(book: Gradebook, rows: Sequence[ItemAnswer]) -> None:
    """Write the rows, in place of what was kept of the same papers. Raises GradebookError."""
    with plain_errors(book.url), Session(writing(book.engine)) as session, session.begin():
        for exam in {row.exam for row in rows}:
            session.execute(delete(ItemAnswer).where(ItemAnswer.exam == exam))
        now = datetime.now(UTC)
        for row in rows:
            row.marked = now
        session.add_all(rows)


def item_history(book: Gradebook, generators: Iterable[str] = ()) -> list[ItemHistory]:
    """What was kept of these generators, or of all. Raises GradebookError."""
    asked = select(ItemAnswer).order_by(ItemAnswer.generator, ItemAnswer.kind)
    if names := list(generators):
        asked = asked.where(ItemAnswer.generator.in_(names))
    groups: dict[tuple[str, str], list[ItemAnswer]] = defaultdict(list)
    with plain_errors(book.url), Session(book.engine) as session:
        for row in session.scalars(asked):
            groups[row.generator, row.kind].append(row)
        return [_summed(*name, rows) for name, rows in groups.items()]


def _summed(generator: str, kind: str, rows: list[ItemAnswer]) -> ItemHistory:
    shares, rests = [float(row.share) for row in rows], [float(row.rest) for row in rows]
    chosen = dict(Counter(row.chosen for row in rows).most_common())
    return ItemHistory(generator, kind, len(rows), fmean(shares), _discrimination(shares, rests), chosen)


def _discrimination(shares: list[float], rests: list[float]) -> float | None:
    if len(shares) < ENOUGH:
        return None
    try:
        return correlation(shares, rests)
    except StatisticsError:
        return None
