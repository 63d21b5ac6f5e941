"""A large class's list of students, on pages of their own: by section, and in parts that a browser opens at once."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .data import ClassTable
from .model import ClassMember, Classroom
from .stats import natural

LARGEST = 600_000  # characters of the students' data that one page holds


@dataclass(frozen=True)
class PeopleList:
    """Some of the class, in the order of names: of one section, where there are several. `address` is its page's.

    `facets`: how many of them have each facet that somebody of them has.
    """

    address: str
    section: str
    classroom: Classroom
    facets: Mapping[int, int]

    @property
    def label(self) -> str:
        """From whom to whom."""
        first, last = self.classroom.people[0].shown, self.classroom.people[-1].shown
        return first if first == last else f"{first} … {last}"


def fits(table: ClassTable) -> bool:
    """Whether one page can hold everybody."""
    return len(table.script) <= LARGEST


def people_lists(classroom: Classroom, table: ClassTable) -> list[PeopleList]:
    """Everybody, in lists; none where the class's own page can hold all of them."""
    if fits(table):
        return []
    most = max(1, len(classroom.people) * LARGEST // len(table.script))
    return [_list(n, part, classroom, table) for n, part in enumerate(_parts(classroom.people, most), 1)]


def _list(number: int, people: Sequence[ClassMember], classroom: Classroom, table: ClassTable) -> PeopleList:
    facets = Counter(facet for person in people for facet in table.facets_of(person))
    below = replace(classroom, people=[_below(p) for p in people])
    return PeopleList(f"lists/{number}.html", people[0].section, below, facets)


def _parts(people: Sequence[ClassMember], most: int) -> Iterator[list[ClassMember]]:
    """Of each section, as few as hold `most` each, of about the same length."""
    by_section = sorted(people, key=lambda p: natural(p.section))
    for _, group in groupby(by_section, key=lambda p: natural(p.section)):
        own = list(group)
        length = math.ceil(len(own) / math.ceil(len(own) / most))
        yield from (own[start : start + length] for start in range(0, len(own), length))


def _below(person: ClassMember) -> ClassMember:
    """With the address of their page as it is from a folder below the class's."""
    return replace(person, page=f"../{person.page}" if person.page else "")


# ---------------------------------------------------------------- from a number to the students behind it


def first_lists(lists: Sequence[PeopleList]) -> dict[int, str]:
    """Facet → the page of the first list in which somebody has it, where only those are shown."""
    return {facet: f"{one.address}#only={facet}" for one in reversed(lists) for facet in one.facets}


def elsewhere(lists: Sequence[PeopleList]) -> list[dict[int, tuple[int, str | None, str | None]]]:
    """For each list, each of its facets: how many of the class have it, and the lists before and after that do."""
    having: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(lists):
        for facet in one.facets:
            having[facet].append(place)
    found: list[dict[int, tuple[int, str | None, str | None]]] = [{} for _ in lists]
    for facet, places in having.items():
        count = sum(lists[place].facets[facet] for place in places)
        names = [None, *(lists[place].address.rpartition("/")[2] for place in places), None]
        for n, place in enumerate(places):
            found[place][facet] = count, names[n], names[n + 2]
    return found
