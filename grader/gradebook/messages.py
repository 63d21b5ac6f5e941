"""What a student reads about a mark where there is no room for their page: Moodle's feedback."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..model.feedback import Feedback
from ..report.message import text
from .comments import LineComment, standing
from .findings import unloaded
from .marks import Mark
from .moodle import Messages
from .records import plain
from .tables import GradedCheck, Grading
from .words import told

if TYPE_CHECKING:
    from .book import Gradebook

NOT_GRADED, NOTHING_LOST = "There is nothing that could be graded.", "No points were lost."


def messages(book: Gradebook, assignment: str, zone: str) -> Messages:
    """A function from a mark to lines, at least one: decisions, lateness, every check that lost points, comments.

    It tells as much as the assignment's level of feedback allows now; what people wrote is told at every level.
    """
    level = book.feedback(assignment)
    with book.reading() as session:
        comments = standing(session, assignment)
    return lambda mark: [
        *_graded(book, mark, zone, level),
        *map(_commented, comments.get((mark.student, mark.exercise), ())),
    ]


def _graded(book: Gradebook, mark: Mark, zone: str, level: Feedback) -> list[str]:
    lines = [f"Set by {mark.author}: {mark.reason}"] if mark.overridden else []
    if mark.excused:
        return [*lines, f"Excused by {mark.late.due.author}: {mark.late.due.reason}"]
    if mark.grading is None:
        return lines or [NOT_GRADED]
    if not mark.overridden:
        lines += [f"{text[0].upper()}{text[1:]}." for text in told(mark.late, mark.cost, zone)]
    with book.reading() as session:
        grading = session.get_one(Grading, mark.grading)
        lost = [*map(text, unloaded(grading)), *_lost(grading.checks, named=level.tells(Feedback.NAME))]
    whole = not lost and not mark.overridden and not mark.cost
    return [*lines, *([NOTHING_LOST] if whole else lost)]


def _lost(checks: Iterable[GradedCheck], *, named: bool) -> list[str]:
    """A line for each check that lost points, and no bonus; a misconception is explained once, if it is to be named."""
    lines, told = [], set()
    for check in (c for c in checks if c.score < c.max_score):
        hint = "" if check.misconception in told else f": {check.misconception_hint}"
        name = f" {check.misconception_title}{hint}" if check.misconception and named else ""
        told.add(check.misconception)
        lines.append(f"{check.title} ({plain(check.score)}/{plain(check.max_score)}){name}")
    return lines


def _commented(comment: LineComment) -> str:
    earlier = " that was handed in before" if comment.superseded else ""
    return f"{comment.author} about {comment.place}{earlier}: {comment.text}"
