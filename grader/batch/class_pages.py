"""The class's page and each student's, below a folder: `index.html` and `students/KEY/index.html`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from ..gradebook.book import Gradebook
from ..report.class_html import class_page, student_page
from ..report.class_model import Similar
from ..report.class_stats import analyse
from .overview import full_result, illustrate, read_class
from .pages import Pages, file_name


def write_class(
    folder: Path,
    book: Gradebook,
    assignment: str,
    *,
    names: bool = False,
    similar: Similar | None = None,
    problems: Sequence[str] = (),
) -> int:
    """Write all pages, the class's last; how many students have one. Raises PagesError."""
    classroom = read_class(book, assignment, page=_address, problems=problems)
    pages = Pages(folder)
    written = [p for p in classroom.people if p.handed_in]
    for person in written:
        results = [full_result(book, e.grading) for e in person.entries if e.grading is not None]
        pages.write(f"students/{file_name(person.key)}/index.html", student_page(assignment, person, results))
    stats = illustrate(book, classroom, analyse(classroom), names=names)
    pages.write("index.html", class_page(classroom, stats, similar=similar))
    return len(written)


def _address(key: str) -> str:
    return f"students/{quote(file_name(key))}/index.html"
