"""A large class's list of students, on pages of their own: by section, and in parts that a browser opens at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .data import ClassTable
from .model import ClassMember, Classroom, ClassStats

LARGEST = 600_000  # characters of the students' data that one page holds


@dataclass(frozen=True)
class PeopleList:
    """Some of the class, in the order of names: of one section, where there are several. `address` is its page's."""

    address: str
    section: str
    classroom: Classroom

    @property
    def label(self) -> str:
        """From whom to whom."""
        first, last = self.classroom.people[0].shown, self.classroom.people[-1].shown
        return first if first == last else f"{first} … {last}"


def people_lists(classroom: Classroom, stats: ClassStats) -> list[PeopleList]:
    """Everybody, in lists; none where the class's own page can hold all of them."""
    size = len(ClassTable(classroom, stats).script())
    if size <= LARGEST:
        return []
    most = max(1, len(classroom.people) * LARGEST // size)
    parts = enumerate(_parts(classroom.people, most), 1)
    return [
        PeopleList(f"lists/{n}.html", part[0].section, replace(classroom, people=[_below(p) for p in part]))
        for n, part in parts
    ]


def _parts(people: Sequence[ClassMember], most: int) -> Iterator[list[ClassMember]]:
    """Of each section, as few as hold `most` each, of about the same length."""
    by_section = sorted(people, key=lambda p: p.section.casefold())
    for _, group in groupby(by_section, key=lambda p: p.section.casefold()):
        own = list(group)
        length = math.ceil(len(own) / math.ceil(len(own) / most))
        yield from (own[start : start + length] for start in range(0, len(own), length))


def _below(person: ClassMember) -> ClassMember:
    """With the address of their page as it is from a folder below the class's."""
    return replace(person, page=f"../{person.page}" if person.page else "")
