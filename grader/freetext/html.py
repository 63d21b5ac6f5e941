"""Free text beside its rubric as one page that needs nothing else. The text is hostile: it is shown, never rendered."""

from __future__ import annotations

from ..report.html import page
from .assessment import Assessment, Standing, given
from .essays import KINDS, RubricCriterion
from .text import command, paragraphs


def to_html(found: list[Standing]) -> str:
    """The whole page, for one answer or several."""
    return page("essay.html.j2", answers=found, kinds=KINDS, paragraphs=paragraphs, command=command, points=points)


def points(counts: Assessment | None, criterion: RubricCriterion) -> str:
    """Points given of points to give."""
    won = given(counts, criterion)
    return f"{'–' if won is None else f'{won:g}'}/{criterion.points:g}"
