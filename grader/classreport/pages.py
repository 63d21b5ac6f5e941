"""The class's page and each student's, below a folder: `index.html` and `students/KEY/index.html`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from ..batch.pages import Pages, file_name
from ..batch.problems import Kind, Problem, reason
from ..gradebook.book import Gradebook
from ..gradebook.records import GradebookError
from ..model.feedback import Feedback
from ..report.limited import limited
from .html import class_page, student_page
from .model import Similar
from .overview import full_result, illustrate, read_class
from .stats import analyse


def write_class(
    folder: Path,
    book: Gradebook,
    assignment: str,
    *,
    names: bool = False,
    similar: Similar | None = None,
    problems: Sequence[str] = (),
) -> tuple[int, list[Problem]]:
    """Write all pages, the class's last; how many students have one, and a problem for each page that failed.

    Raises PagesError and GradebookError.
    """
    plan = book.planned(assignment)
    level = plan.feedback if plan else Feedback.CASE
    classroom = read_class(book, assignment, page=_address, problems=problems)
    pages = Pages(folder)
    told = [p for p in classroom.people if p.told]
    failed: list[Problem] = []
    for person in told:
        try:
            results = [limited(full_result(book, e.grading), level) for e in person.entries if e.grading is not None]
            page = student_page(assignment, person, results, classroom.zone)
        except GradebookError:
            raise
        except Exception as error:
            failed.append(Problem(Kind.OURS, person.key, f"no page was made: {reason(error)}", person.key))
        else:
            pages.write(f"students/{file_name(person.key)}/index.html", page)
    broken = {p.student for p in failed}
    stats = illustrate(book, classroom, analyse(classroom), names=names, without=broken)
    pages.write("index.html", class_page(classroom, stats, similar=similar))
    return len(told) - len(failed), failed


def _address(key: str) -> str:
    return f"students/{quote(file_name(key))}/index.html"
