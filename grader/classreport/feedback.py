"""Each student's page under the name that a platform's download has for their work, to be uploaded there.

Moodle ("Upload multiple feedback files in a zip") finds the student by the number in a folder's name, Canvas ("Upload
submissions") by the numbers of the student and the file in a file's name.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..batch.intake import ARCHIVES
from ..batch.pages import file_name
from ..batch.problems import Problem
from ..gradebook.book import Gradebook
from ..gradebook.downloads import downloads
from ..gradebook.records import GradebookError
from ..submission.kinds import SOURCES
from .overview import read_class
from .pages import student_pages

PAGE = "feedback.html"


@dataclass
class FeedbackZip:
    """The archive, how many pages are in it, who has no name in a download, and the pages that failed."""

    content: bytes = b""
    pages: int = 0
    homeless: list[str] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)


def feedback_zip(book: Gradebook, assignment: str) -> FeedbackZip:
    """The pages of everybody who has a mark. Raises GradebookError where no name of a download is known."""
    names = _names(book, assignment)
    if not names:
        raise GradebookError(
            f"'{assignment}' has no download to put feedback back into: `grade batch` over it again remembers its "
            "names, and grades nothing twice"
        )
    made, buffer, taken = FeedbackZip(), io.BytesIO(), set[str]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for person, page in student_pages(book, read_class(book, assignment)):
            if isinstance(page, Problem):
                made.failed.append(page)
            elif person.key not in names:
                made.homeless.append(person.key)
            else:
                name = _free(_page_name(names[person.key]), person.key, taken)
                taken.add(name)
                archive.writestr(name, page)
                made.pages += 1
    made.content = buffer.getvalue()
    return made


def _names(book: Gradebook, assignment: str) -> dict[str, list[str]]:
    """Student's key → their files and folders, later ones last."""
    found = defaultdict(list)
    with book.reading() as session:
        for key, download in downloads(session, assignment):
            found[key].append(download.name)
    return found


def _page_name(names: list[str]) -> str:
    """The page in the student's folder, or instead of their latest source file."""
    sources = [n for n in names if n.endswith("/") or PurePosixPath(n).suffix.lower() in (*SOURCES, *ARCHIVES)]
    chosen = (sources or names)[-1]
    return f"{chosen}{PAGE}" if chosen.endswith("/") else PurePosixPath(chosen).with_suffix(".html").as_posix()


def _free(name: str, key: str, taken: Container[str]) -> str:
    """The name, with the student's key where another of a group has it."""
    path = PurePosixPath(name)
    return name if name not in taken else path.with_stem(f"{path.stem}-{file_name(key)}").as_posix()
