"""`grade comment`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from ...clean import clean
from ...errors import FULL, GraderError
from ...moments import shown
from .author import login_name
from .book import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...gradebook import Gradebook
    from ...gradebook.comments import Commentable
    from ...report.kinds import CauseKind

MOST = 9  # earlier comments that are shown


@dataclass(frozen=True)
class CommentOptions:
    """Whose, where and what; without a text, `pick` is the number of an earlier one. `remove`: a comment's number."""

    student: str
    place: str | None
    text: str | None
    assignment: str | None
    pick: int | None
    remove: int | None
    author: str | None


def comment(where: str, options: CommentOptions) -> int:
    """Write, list or remove comments; returns the exit code."""
    _refuse_contradictions(options)
    with opened(where) as book:
        name = book.the_assignment(options.assignment)
        author = options.author or login_name()
        if options.remove is not None:
            gone = book.uncomment(options.student, options.remove, author=author)
            click.echo(f"comment {options.remove} removed: {gone}")
        elif options.place is None:
            _list(book, name, book.find_student(options.student))
        else:
            _comment(book, name, options, options.place, author)
    return FULL


def _refuse_contradictions(options: CommentOptions) -> None:
    if options.remove is not None and options.place is not None:
        raise GraderError("--remove N takes the student alone: the number says which comment")
    if options.pick is not None and (options.place is None or options.text is not None):
        raise GraderError("--pick N is instead of a text: grade comment STUDENT EXERCISE:LINE --pick N")


def _comment(book: Gradebook, assignment: str, options: CommentOptions, place: str, author: str) -> None:
    from ...gradebook.comments import commentable, earlier

    exercise, file, line = _parsed(place)
    with book.reading() as session:
        what = commentable(session, assignment, options.student, exercise)
        file = what.file(file)
        code = what.around(file, line)
    about = _cause(book, what, line)
    with book.reading() as session:
        said = [text for text, _ in earlier(session, exercise, about.key if about else "")]
    text = options.text
    if text is None:
        _show(what, file, code, about, said)
        text = _chosen(said, options.pick)
    if text:
        book.comment(what, file, line, text, cause=about.key if about else "", author=author)
        click.echo(f"{what.student}, {clean(file, 100)}{f', line {line}' if line else ''}: {clean(text, 2000)}")


def _parsed(place: str) -> tuple[str, str, int]:
    """`conv:12`, `conv:helper.py:12` or `conv` as exercise, file and line."""
    exercise, *rest = place.split(":")
    line = int(rest.pop()) if rest and rest[-1].isdecimal() else 0
    if len(rest) > 1 or (rest and not rest[0]):
        raise GraderError(f"'{clean(place, 60)}': write EXERCISE:LINE, such as conv:12, or EXERCISE:FILE:LINE")
    return exercise, "".join(rest), line


def _cause(book: Gradebook, what: Commentable, line: int) -> CauseKind | None:
    """The cause that blames this line, else the costliest."""
    from ...classreport.overview import full_result
    from ...report import causes
    from ...report.kinds import kind

    result = full_result(book, what.grading)
    blaming = [c for c in result.causes if any(blamed.line == line for blamed in causes.lines(c, result))]
    return next((kind(c, result) for c in (*blaming, *result.causes)), None)


def _show(what: Commentable, file: str, code: Sequence[tuple[int, str, bool]], about: CauseKind | None,
          said: Sequence[str]) -> None:  # fmt: skip
    click.echo(f"{what.student}, {clean(file, 100)}")
    for number, text, meant in code:
        click.echo(f"{'>' if meant else ' '} {number:4}  {clean(text, 200)}")
    if about is not None:
        click.echo(f"cause: {clean(about.title, 300)}")
    if said:
        click.echo("said before of the same cause:")
    for number, text in enumerate(said[:MOST], 1):
        click.echo(f"  {number}  {clean(text, 2000)}")


def _chosen(said: Sequence[str], pick: int | None) -> str:
    """By number, or typed; nothing where there is nobody to ask."""
    if pick is not None:
        if pick > len(said):
            raise GraderError(f"--pick {pick}: there are {len(said)} earlier comments on this cause")
        return said[pick - 1]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    typed = click.prompt("Number, or your comment; Enter: none", default="", show_default=False, err=True).strip()
    return said[int(typed) - 1] if typed.isdecimal() and 1 <= int(typed) <= len(said) else typed


def _list(book: Gradebook, assignment: str, student: str) -> None:
    from ...gradebook.comments import standing

    plan = book.planned(assignment)
    with book.reading() as session:
        found = standing(session, assignment)
    own = [(exercise, one) for (key, exercise), rows in found.items() for one in rows if key == student]
    for exercise, one in own:
        where = f"{exercise}: {one.file}" + (f", line {one.line}" if one.line else "")
        old = " (an earlier file)" if one.superseded else ""
        at = shown(one.at, plan.zone if plan else "")
        click.echo(f"{one.number}  {where}{old}, {one.author}, {at}: {one.text}")
    if not own:
        click.echo(f"no comments on {student}'s work")
