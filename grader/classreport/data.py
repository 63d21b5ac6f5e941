"""The list of students as plain data: one structure, which a page's script shows a part of at a time.

What a number of the page is about can be clicked: each check, misconception and cause has a number, its *facet*, and
each student the facets that are theirs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from markupsafe import Markup

from ..clean import clean
from ..model import Verdict
from . import model as model
from .stats import NEITHER
from .words import percent, plain, remarks

Facet = tuple[str, str, str]  # exercise; `check`, `found` or `cause`; its name


class ClassTable:
    """Everybody's row; `number` says which facet a check, misconception or cause is.

    `elsewhere`, of a list of some: facet → how many have it in the whole class, and the list before and after this one
    in which somebody has it.
    """

    def __init__(
        self,
        classroom: model.Classroom,
        stats: model.ClassStats,
        elsewhere: Mapping[int, tuple[int, str | None, str | None]] | None = None,
    ):
        self._classroom, self._elsewhere = classroom, elsewhere
        self._labels = dict(_facets(stats))
        self._numbers = {facet: number for number, facet in enumerate(self._labels)}

    def number(self, exercise: str, kind: str, name: str) -> int | None:
        """Of the facet; None where nobody has it."""
        return self._numbers.get((exercise, kind, name))

    def data(self) -> dict[str, Any]:
        """Plain values, cleaned: `people` in the order of names, `facets` by number."""
        return {
            "exercises": list(self._classroom.titles),
            "facets": [clean(label, 300) for label in self._labels.values()],
            "people": [self._row(person) for person in self._classroom.people],
            **({} if self._elsewhere is None else {"elsewhere": self._elsewhere}),
        }

    def facets_of(self, person: model.ClassMember) -> list[int]:
        """The numbers of those that are theirs, in order."""
        return sorted({n for facet in _own(person) if (n := self._numbers.get(facet)) is not None})

    @cached_property
    def script(self) -> Markup:
        """The same as JSON that may stand in a page's script element: nothing in it can end that."""
        text = json.dumps(self.data(), ensure_ascii=False, separators=(",", ":"))
        return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))

    def _row(self, person: model.ClassMember) -> list[Any]:
        points = [None if e.points is None else float(e.points) for e in person.entries]
        total = None if person.points is None else float(person.points)
        page = person.page if person.told else ""
        names = [clean(person.shown, 200), clean(person.key, 200) if person.name not in ("", person.key) else ""]
        shown = [plain(person.points), percent(person.share)]
        said, own = clean(remarks(person, self._classroom.zone), 500), self.facets_of(person)
        return [*names, clean(person.section, 100), page, points, total, person.share, *shown, said, own]


def _facets(stats: model.ClassStats) -> Iterator[tuple[Facet, str]]:
    """All of which there is a number on the page, with what is said where only theirs are shown."""
    for exercise in stats.exercises:
        for check in exercise.checks:
            yield (exercise.slug, "check", check.name), f"{exercise.slug}, not passed: {check.title}"
        for found in exercise.found:
            yield (exercise.slug, "found", found.slug), f"{exercise.slug}, misconception: {found.title}"
        for cause in exercise.causes:
            yield (exercise.slug, "cause", cause.key), f"{exercise.slug}, lost by: {cause.title}"


def _own(person: model.ClassMember) -> Iterator[Facet]:
    for entry in person.entries:
        for check in entry.result.checks if entry.result else ():
            if check.verdict is not Verdict.ACCEPTED and check.verdict not in NEITHER:
                yield entry.exercise, "check", check.name
            if check.misconception is not None:
                yield entry.exercise, "found", check.misconception.slug
        for kind in entry.kinds:
            yield entry.exercise, "cause", kind.key
