"""The class's page and each student's, below a folder: `index.html` and `students/KEY/index.html`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from ..batch.pages import Pages, file_name
from ..batch.problems import Kind, Problem, reason
from ..gradebook.book import Gradebook
from ..gradebook.records import GradebookError
from ..model.feedback import Feedback
from ..report.limited import limited, without_unrun_bonuses
from .changed import write_changed
from .code import code_files
from .data import ClassTable
from .html import Shown, class_page, list_pages, student_page
from .lists import people_lists
from .model import ClassMember, Classroom, ClassStats, ExerciseMark, Similar
from .overview import full_result, illustrate, read_class, source_of
from .stats import analyse


def write_class(
    folder: Path,
    book: Gradebook,
    assignment: str,
    *,
    names: bool = False,
    similar: Similar | None = None,
    before: tuple[str, ClassStats] | None = None,
) -> tuple[int, list[Problem]]:
    """Write all pages that change, the class's last; how many students have one, and a problem for each that failed.

    Raises PagesError and GradebookError.
    """
    classroom = read_class(book, assignment, page=_address)
    pages = Pages(folder)
    count, failed = write_changed(pages, book, classroom, student_pages)
    broken = {p.student for p in failed}
    stats = replace(analyse(classroom), before=before)
    stats = illustrate(book, classroom, stats, names=names, without=broken)
    table = ClassTable(classroom, stats)
    lists = people_lists(classroom, table)
    for address, text in list_pages(lists, stats):
        pages.write(address, text)
    pages.write("index.html", class_page(classroom, stats, similar=similar, lists=lists, table=table))
    return count, failed


def student_pages(book: Gradebook, classroom: Classroom) -> Iterator[tuple[ClassMember, str | Problem]]:
    """The page of everybody who is told something, within the assignment's feedback; a problem where none can be made.

    Raises GradebookError.
    """
    level = book.feedback(classroom.assignment)
    for person in (p for p in classroom.people if p.told):
        try:
            graded = [e for e in person.entries if e.grading is not None]
            yield person, student_page(classroom, person, [_shown(book, e, level) for e in graded])
        except GradebookError:
            raise
        except Exception as error:
            yield person, Problem(Kind.OURS, person.key, f"no page was made: {reason(error)}", person.key)


def _shown(book: Gradebook, entry: ExerciseMark, level: Feedback) -> Shown:
    """What a student is shown of a grading, with their code and what people wrote beside it."""
    number = entry.grading or 0
    result = without_unrun_bonuses(limited(full_result(book, number), level))
    return Shown(result, code_files(source_of(book, number), entry.comments))


def _address(key: str) -> str:
    return f"students/{quote(file_name(key))}/index.html"
