"""The class's page and each student's, below a folder: `index.html` and `students/KEY/index.html`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from ..batch.pages import Pages, file_name
from ..batch.problems import Kind, Problem, reason
from ..gradebook.book import Gradebook
from ..gradebook.records import GradebookError
from ..model.feedback import Feedback
from ..report.limited import limited, without_unrun_bonuses
from .html import class_page, student_page
from .model import ClassMember, Classroom, Similar
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
    classroom = read_class(book, assignment, page=_address, problems=problems)
    pages = Pages(folder)
    count, failed = 0, []
    for person, page in student_pages(book, classroom):
        if isinstance(page, Problem):
            failed.append(page)
        else:
            pages.write(f"students/{file_name(person.key)}/index.html", page)
            count += 1
    broken = {p.student for p in failed}
    stats = illustrate(book, classroom, analyse(classroom), names=names, without=broken)
    pages.write("index.html", class_page(classroom, stats, similar=similar))
    return count, failed


def student_pages(book: Gradebook, classroom: Classroom) -> Iterator[tuple[ClassMember, str | Problem]]:
    """The page of everybody who is told something, within the assignment's feedback; a problem where none can be made.

    Raises GradebookError.
    """
    plan = book.planned(classroom.assignment)
    level = plan.feedback if plan else Feedback.CASE
    for person in (p for p in classroom.people if p.told):
        try:
            found = [full_result(book, e.grading) for e in person.entries if e.grading is not None]
            results = [without_unrun_bonuses(limited(result, level)) for result in found]
            yield person, student_page(classroom.assignment, person, results, classroom.zone)
        except GradebookError:
            raise
        except Exception as error:
            yield person, Problem(Kind.OURS, person.key, f"no page was made: {reason(error)}", person.key)


def _address(key: str) -> str:
    return f"students/{quote(file_name(key))}/index.html"
