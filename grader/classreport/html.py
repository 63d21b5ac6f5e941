"""The class's page and each student's: self-contained, with a dark and a print style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..model import Result
from ..moments import shown as moment
from ..report.html import page
from . import model as model
from .code import CodeFile
from .data import ClassTable
from .lists import PeopleList, elsewhere, first_lists, fits
from .words import editions, percent, plain, remarks, signs, timing
from .worklist import absent, worklist

HEIGHT = 120  # pixels of the highest bar
MOST = 6  # misconceptions and causes that are shown at once
MOST_ITEMS = 100  # of each part of the work list
MOST_ROWS = 100  # students whom the page holds without its script


@dataclass(frozen=True)
class Shown:
    """What a student reads of one grading: the result, and their own code."""

    result: Result
    files: Sequence[CodeFile]


@dataclass(frozen=True)
class HistogramBar:
    """A bar of the histogram: place and width in per cent, top and height in pixels."""

    x: float
    width: float
    middle: float
    y: float
    height: float
    count: int
    label: str
    range: str


def class_page(
    classroom: model.Classroom,
    stats: model.ClassStats,
    *,
    anonymous: bool = False,
    similar: model.Similar | None = None,
    lists: Sequence[PeopleList] = (),
    table: ClassTable | None = None,
) -> str:
    """The page of the whole class; `anonymous` leaves out every name, and `lists` are the pages that have them.

    `table` is the class's own. A class that is too large for a page is not listed where there are no `lists`.
    """
    table = table or ClassTable(classroom, stats)
    listed = not anonymous and not lists and fits(table)
    first = first_lists(lists)
    return page(
        "class.html.j2",
        sheet="class.css",
        script="class.js",
        classroom=classroom,
        stats=stats,
        anonymous=anonymous,
        similar=None if anonymous else similar,
        todo=worklist(classroom),
        absent=absent(classroom),
        lists=lists,
        listed=listed,
        facet=table.number,
        address=first.get if lists else lambda _: "#students" if listed else None,
        data=table.script if listed else Markup(""),
        most=MOST,
        most_items=MOST_ITEMS,
        most_rows=MOST_ROWS,
        editions=editions,
        **_helpers(),
    )


def list_pages(lists: Sequence[PeopleList], stats: model.ClassStats) -> Iterator[tuple[str, str]]:
    """A large class's students: each list's address and its page."""
    for n, (one, others) in enumerate(zip(lists, elsewhere(lists), strict=True)):
        text = page(
            "list.html.j2",
            sheet="class.css",
            script="class.js",
            one=one,
            classroom=one.classroom,
            before=lists[n - 1] if n else None,
            after=lists[n + 1] if n + 1 < len(lists) else None,
            several=len(stats.exercises) > 1,
            data=ClassTable(one.classroom, stats, others).script,
            most_rows=MOST_ROWS,
            **_helpers(),
        )
        yield one.address, text


def student_page(classroom: model.Classroom, person: model.ClassMember, shown: Sequence[Shown]) -> str:
    """One student's marks, messages and pictures, and nothing of anybody else's."""
    return page(
        "student.html.j2",
        sheet="class.css",
        assignment=classroom.assignment,
        titles=classroom.titles,
        person=person,
        shown=shown,
        zone=classroom.zone,
        timing=timing,
        **_helpers(),
    )


def bars(spread: model.Spread) -> list[HistogramBar]:
    """The histogram's geometry."""
    most, width = max(*spread.bins, 1), 100 / len(spread.bins)
    return [
        HistogramBar(
            x=round(i * width + width * 0.08, 3),
            width=round(width * 0.84, 3),
            middle=round(i * width + width / 2, 3),
            y=round(20 + HEIGHT * (1 - count / most), 1),
            height=round(HEIGHT * count / most, 1),
            count=count,
            label=str(10 * i),
            range="100 %" if i == len(spread.bins) - 1 else f"{10 * i}–{10 * i + 9} %",
        )
        for i, count in enumerate(spread.bins)
    ]


def _helpers() -> dict[str, Any]:
    words = {"percent": percent, "plain": plain, "remarks": remarks, "signs": signs, "moment": moment}
    return {**words, "bars": bars, "height": HEIGHT}
