"""The feedback beside a mark in Moodle: it takes the place of nobody's words, unless that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .comparison import EMPTY
from .moodle import Messages, feedback
from .sheet import StudentMarks, listed


@dataclass(frozen=True)
class Beside:
    """Ours where Moodle has none; with `replace`, wherever there is a mark."""

    messages: Messages
    replace: bool = False

    def cell(self, row: StudentMarks, column: str, there: str) -> str:
        """What is written of a student's mark beside Moodle's `there`."""
        if row.points(column) is None or (there.strip() not in EMPTY and not self.replace):
            return there
        return feedback(row, column, self.messages)

    def notes(self, cells: Iterable[tuple[StudentMarks, str, str]]) -> Iterator[str]:
        """Whose feedback stays as it is: of (student, column, Moodle's)."""
        other = ((r, c, there) for r, c, there in cells if there.strip() not in EMPTY and r.points(c) is not None)
        kept = [] if self.replace else [r for r, c, there in other if there.strip() != feedback(r, c, self.messages)]
        if kept:
            yield f"Moodle has other feedback for these; --replace-feedback puts this in its place: {listed(kept)}"
