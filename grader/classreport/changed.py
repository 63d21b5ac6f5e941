"""Students' pages: only those that change are written, by several processes where there are many.

A file beside the pages keeps a digest of what each was made of. A grading's row never changes, so that its number
stands for all of it; marks, comments and lateness are part of what is digested, and so is the grader's own code.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from ..batch.local import cores
from ..batch.pages import Pages, file_name
from ..batch.problems import Problem
from ..editions import digest_of, files_of, grader_edition
from ..gradebook.book import Gradebook
from ..report.html import FOLDER
from .model import ClassMember, Classroom

KNOWN = ".pages.json"
ALONE = 100  # pages that one process writes as quickly as several
CHUNK = 50  # pages that a process writes at a time

Make = Callable[[Gradebook, Classroom], Iterator[tuple[ClassMember, "str | Problem"]]]
Written = tuple[list[str], list[Problem]]  # the keys of those who have a page now, and why others have none


def write_changed(pages: Pages, book: Gradebook, classroom: Classroom, make: Make) -> tuple[int, list[Problem]]:
    """Write the pages that `make` makes of those whose page is not there as it would be made.

    Returns how many have one now, and a problem for each that failed. Raises PagesError and GradebookError.
    """
    known = _known(pages.folder)
    told = [person for person in classroom.people if person.told]
    own = _of_all(book, classroom)
    digests = {person.key: _digest(own, person) for person in told}
    there = {p.key for p in told if known.get(p.key) == digests[p.key] and _path(pages.folder, p.key).is_file()}
    written, failed = _write([p for p in told if p.key not in there], pages, book, classroom, make)
    kept = {key: digests[key] for key in (*there, *written)}
    if kept != known:
        pages.write(KNOWN, json.dumps(kept))
    return len(kept), failed


def _known(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / KNOWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path(folder: Path, key: str) -> Path:
    return folder / _name(key)


def _name(key: str) -> str:
    return f"students/{file_name(key)}/index.html"


def _of_all(book: Gradebook, classroom: Classroom) -> str:
    """What every page depends on."""
    parts = (grader_edition(), digest_of(files_of(FOLDER), FOLDER), str(book.url), book.feedback(classroom.assignment))
    return repr((*parts, classroom.assignment, classroom.titles, classroom.zone))


def _digest(own: str, person: ClassMember) -> str:
    lean = replace(person, entries=[replace(entry, result=None) for entry in person.entries])
    return hashlib.sha256(f"{own}{lean!r}".encode("utf-8", "replace")).hexdigest()


# ---------------------------------------------------------------- written


def _write(
    people: Sequence[ClassMember], pages: Pages, book: Gradebook, classroom: Classroom, make: Make
) -> tuple[list[str], list[Problem]]:
    if len(people) <= ALONE or cores() == 1:
        return _written(pages, book, replace(classroom, people=people), make)
    chunks = [people[start : start + CHUNK] for start in range(0, len(people), CHUNK)]
    where = book.url.render_as_string(hide_password=False)
    rest = replace(classroom, people=[], problems=[], failures=[])
    found: Written = [], []
    with ProcessPoolExecutor(cores(), multiprocessing.get_context("spawn")) as processes:
        orders = [(pages.folder, where, replace(rest, people=chunk), make) for chunk in chunks]
        for keys, failed in processes.map(_in_a_process, orders):
            found[0].extend(keys)
            found[1].extend(failed)
    return found


def _in_a_process(order: tuple[Path, str, Classroom, Make]) -> Written:
    folder, where, classroom, make = order
    with Gradebook.open(where, create=False) as book:
        return _written(Pages(folder), book, classroom, make)


def _written(pages: Pages, book: Gradebook, classroom: Classroom, make: Make) -> Written:
    keys: list[str] = []
    failed: list[Problem] = []
    for person, page in make(book, classroom):
        if isinstance(page, Problem):
            failed.append(page)
        else:
            pages.write(_name(person.key), page)
            keys.append(person.key)
    return keys, failed
