"""Who of the course a hand-in's name means. What is not certain is asked, and never guessed.

An id speaks first, then a name that is one student's alone; everything else is a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from ..gradebook.records import KnownStudent, Person
from .layouts import PARTICIPANT
from .names import Nearness, folded, orders, spellings, words_of
from .roster import Roster

MOST = 5  # students that a question names


class How(Enum):
    """How certain it is whose a hand-in is."""

    SURE = "by an id, or by a name that is known to be theirs"
    NAME = "by the name, which one student alone has"
    GROUP = "by the name of a group"
    SAME = "several have this name or id"
    NEAR = "the names are near"
    NOBODY = "nobody has such a name"


@dataclass(frozen=True)
class Member:
    """Somebody of the course, under the gradebook's key: all names, and all keys that were ever theirs."""

    person: Person
    names: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    listed: bool = False  # on the roster
    withdrawn: bool = False

    @property
    def key(self) -> str:
        """The gradebook's."""
        return self.person.key

    @property
    def shown(self) -> str:
        """Name and key, where there are both."""
        return f"{self.person.name} ({self.key})" if self.person.name not in ("", self.key) else self.key

    @property
    def ids(self) -> set[str]:
        """What people know to be this student's alone: keys, and ids but for Canvas's and Moodle's own numbers."""
        return {*self.keys, *(v for kind, v in self.person.ids.items() if kind not in ("canvas", PARTICIPANT))}

    @property
    def forms(self) -> set[str]:
        """Every spelling of the names and ids."""
        texts = (*self.ids, self.person.ids.get("email", "").partition("@")[0])
        return {f for name in self.names for f in orders(name)} | {f for text in texts for f in spellings(text)}


@dataclass(frozen=True)
class Found:
    """Whom a hand-in's name means, or may mean; and what to say of it. `by`: the person who said so."""

    how: How
    members: tuple[Member, ...] = ()
    text: str = ""
    by: str = ""

    @property
    def settled(self) -> bool:
        """Whether it is known whose the hand-in is."""
        return self.how in (How.SURE, How.NAME, How.GROUP)


@dataclass
class Course:
    """Everybody of the course; groups by folded names. `parted`: pairs of keys that, a person said, are two people."""

    members: Sequence[Member]
    groups: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    parted: frozenset[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        """Make the look-ups."""
        self._by_id: dict[tuple[str, str], list[Member]] = defaultdict(list)
        self._by_form: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            for kind, value in member.person.ids.items():
                self._by_id[kind, value.lower()].append(member)
            for form in member.forms:
                self._by_form[form].append(member)

    def called(self, text: str) -> Member | None:
        """The one student with this key or id."""
        found = [m for m in self.members if text in m.ids]
        return found[0] if len(found) == 1 else None

    def find(self, who: Person) -> Found:
        """Whom a hand-in's name means."""
        by_id = _once(
            m
            for kind, value in who.ids.items()
            for m in self._by_id.get((kind, value.lower()), [])
            if kind != PARTICIPANT or _may_be(who, m)
        )
        by_name = _once(
            m for text in (who.key, who.name) for form in spellings(text) for m in self._by_form.get(form, [])
        )
        group = self.groups.get(folded(who.name or who.key), ())
        if group and not by_name and all(m in group for m in by_id):
            return Found(How.GROUP, group)
        if len(by_id) == 1:
            return Found(How.SURE, by_id, "" if by_name else _another(who, by_id[0]))
        return self._by_names(who, by_id or by_name)

    def _by_names(self, who: Person, same: tuple[Member, ...]) -> Found:
        known = [m for m in same if who.key.lower() in {text.lower() for text in m.ids}]
        if len(known) == 1:
            others = ", ".join(m.shown for m in same if m is not known[0])
            text = f"taken for {known[0].shown}, whose it was before; the same name: {others}" if others else ""
            return Found(How.SURE, tuple(known), text)
        if len(same) == 1 and frozenset((who.key, same[0].key)) not in self.parted:
            return Found(How.NAME, same)
        return Found(How.SAME, same) if same else self._near(who)

    def _near(self, who: Person) -> Found:
        near_to = Nearness(who.name or who.key).to
        scored = [(max(map(near_to, {*m.names, *m.ids}), default=0.0), m) for m in self.members]
        near = sorted((item for item in scored if item[0]), key=lambda item: (-item[0], item[1].key))
        return Found(How.NEAR, tuple(m for _, m in near[:MOST])) if near else Found(How.NOBODY)


def _once(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple({m.key: m for m in members}.values())


def _may_be(who: Person, member: Member) -> bool:
    """Whether a number of Moodle's can be this student's: it is a group's where the name is another's alone.

    Where marking is blind, everybody has one name, and a key of their own.
    """
    words = set(map(folded, words_of(who.name)))
    return who.key != who.name or any(set(map(folded, words_of(name))) <= words for name in member.names)


def _another(who: Person, member: Member) -> str:
    """What to say where Canvas's number is one student's and the file's name is not."""
    if "canvas" not in who.ids or not who.name:
        return ""
    return (
        f"named after '{who.name}', and Canvas's number is that of {member.shown}: counted for them alone. "
        "Is it a group's? A column `group` in the roster says whose"
    )


# ---------------------------------------------------------------- the course


def course_of(roster: Roster | None, known: Sequence[KnownStudent], parted: Iterable[frozenset[str]] = ()) -> Course:
    """The roster's students, as the gradebook knows them, and the gradebook's own.

    With a roster, who is in the gradebook by the name of a hand-in alone is none of them: see `unlisted`.
    """
    members = {k.key: _member(k) for k in known if roster is None or k.ids or k.withdrawn}
    rows = {key: k for k in known for key in (k.key, *k.also)}
    owners = {(kind, value): k for k in known for kind, value in k.ids.items()}
    keys = {}
    for person in roster.people if roster else ():
        row = rows.get(person.key) or next((owners[i] for i in person.ids.items() if i in owners), None)
        keys[person.key] = row.key if row else person.key
        before = members.get(keys[person.key]) or (_member(row) if row else Member(person))
        members[before.key] = _listed(before, person)
    groups = {
        name: tuple(members[keys[p.key]] for p in people) for name, people in (roster.groups if roster else {}).items()
    }
    return Course(list(members.values()), groups, frozenset(parted))


def _member(row: KnownStudent) -> Member:
    person = Person(row.key, row.name, row.section, row.ids)
    return Member(
        person, frozenset({*row.names, row.name} - {""}), frozenset((row.key, *row.also)), False, row.withdrawn
    )


def _listed(member: Member, person: Person) -> Member:
    """With what the roster says; of one who is in it twice, what it says first."""
    said = member.person if member.listed else replace(person, key=member.key)
    ids = {**person.ids, **member.person.ids, **said.ids}
    return replace(
        member,
        person=replace(said, ids=ids),
        names=member.names | ({person.name} - {""}),
        keys=member.keys | {person.key, member.key},
        listed=True,
    )


def unlisted(course: Course, known: Sequence[KnownStudent]) -> list[Person]:
    """Who is in the gradebook by the name of a hand-in, and nowhere in the course."""
    return [Person(k.key, k.name, k.section, k.ids) for k in known if course.called(k.key) is None]
