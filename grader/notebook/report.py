"""What a cell shows: the report as a page inside of the notebook, and as text in a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

LINE, AROUND, MOST = 2.0, 12.0, 40.0  # rem: a line of the page, what is around all lines, the height to scroll from


@dataclass(frozen=True)
class NotebookReport:
    """The report on one grading. `score` and `max_score` are points, bonus points beside them."""

    text: str
    page: str
    score: float
    max_score: float

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        """The page in a frame of its own: its style and its one script reach nothing of the notebook."""
        height = min(MOST, AROUND + LINE * self.text.count("\n"))
        style = f"width: 100%; height: {height:g}rem; border: 0; resize: vertical"
        return (
            f'<iframe title="Report of the grading" sandbox="allow-scripts" allow="clipboard-write" style="{style}" '
            f'srcdoc="{escape(self.page)}"></iframe>'
        )
