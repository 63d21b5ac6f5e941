"""How questions went: kept by `grade quiz mark --gradebook`, shown by `grade quiz stats --gradebook`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from generators.classes import ClassResults, StudentResult
from generators.marking import MarkedAnswer

from .book import opened

if TYPE_CHECKING:
    from ...gradebook.item_answers import ItemHistory
    from ...gradebook.item_tables import ItemAnswer

MOST_CHOSEN = 3
OUT = ("unmarked", "to_all")
"""Outcomes that say nothing of a question."""


def keep(results: ClassResults, where: str) -> int:
    """Write each answer of the class; returns how many. A paper that is marked again replaces its answers."""
    from ...gradebook.item_answers import keep_items

    with opened(where, create=True) as book:
        rows = [row for result in results.results for row in _rows(result)]
        keep_items(book, rows)
    return len(rows)


def _rows(result: StudentResult) -> Iterator[ItemAnswer]:
    from ...gradebook.item_tables import ItemAnswer

    paper, total = result.sheet.paper, result.sheet.total
    exam = f"{paper.title}, seed {paper.seed}, form {paper.form}"
    for place, (question, entry) in enumerate(zip(paper.questions, result.sheet.marks, strict=True), 1):
        if entry.outcome in OUT:
            continue
        others = max(paper.marks - question.marks, 1)
        yield ItemAnswer(exam=exam, student=result.student, place=place, generator=question.generator,
                         kind=str(question.kind), chosen=_chosen(entry),
                         share=_decimal(entry.marks / question.marks),
                         rest=_decimal((total - entry.marks) / others))  # fmt: skip


def _chosen(entry: MarkedAnswer) -> str:
    if entry.misconception:
        return entry.misconception.slug
    return entry.outcome if entry.outcome in ("right", "blank", "unreadable") else "other"


def _decimal(value: Fraction) -> Decimal:
    return round(Decimal(value.numerator) / value.denominator, 6)


def history(where: str, generators: tuple[str, ...]) -> list[ItemHistory]:
    """What is kept of these generators, or of all."""
    from ...gradebook.item_answers import item_history

    with opened(where) as book:
        return item_history(book, generators)


def as_records(entries: list[ItemHistory]) -> list[dict[str, Any]]:
    """As JSON."""
    return [asdict(entry) for entry in entries]


def as_lines(entries: list[ItemHistory]) -> Iterator[str]:
    """A table: how easy, how telling, and what was chosen instead of the key."""
    if not entries:
        yield "no answers kept yet: grade quiz mark PAPER.json ANSWERS.csv --gradebook PATH"
        return
    yield f"{'generator':<22} {'kind':<10} {'n':>5} {'facility':>8} {'discr.':>6}  chosen instead of the key"
    for entry in entries:
        told = f"{entry.discrimination:.2f}" if entry.discrimination is not None else "–"
        wrong = [(slug, count) for slug, count in entry.chosen.items() if slug != "right"][:MOST_CHOSEN]
        shown = ", ".join(f"{slug} {count / entry.answers:.0%}" for slug, count in wrong)
        yield f"{entry.generator:<22} {entry.kind:<10} {entry.answers:>5} {entry.facility:>8.2f} {told:>6}  {shown}"
    yield ("facility: mean share of the marks. discr.: its correlation with the rest of the paper; where it is below "
           "0.2, look at the question.")  # fmt: skip
