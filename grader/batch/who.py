"""Who of the course a hand-in's name means. What is not certain is asked, and never guessed.

An id speaks first, then a name that is one student's alone; everything else is a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeVar

from ..gradebook.delimited import PARTICIPANT
from ..gradebook.names import Nearness, folded, orders, spellings
from ..gradebook.records import KnownStudent, Person, name_and_key
from .layouts import may_be_numbered, names_nobody
from .roster import Roster

Key = TypeVar("Key", str, tuple[str, str])
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
        return name_and_key(self.person.name, self.key)

    @property
    def ids(self) -> set[str]:
        """What people know to be this student's alone: keys, and ids but for Canvas's and Moodle's own numbers."""
        return {*self.keys, *(v for kind, v in self.person.ids.items() if kind not in ("canvas", PARTICIPANT))}

    @property
    def forms(self) -> set[str]:
        """Every spelling of the names and ids."""
        texts = (*self.ids, self.person.ids.get("email", "").partition("@")[0])
        names = (name for name in self.names if not names_nobody(name))
        return {f for name in names for f in orders(name)} | {f for text in texts for f in spellings(text)}


@dataclass(frozen=True)
class Meant:
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
class Members:
    """Everybody of the course; groups by folded names. `parted`: pairs of keys that, a person said, are two people.

    Where some are listed on a roster, names mean them alone; another is whom an id means, if the name means nobody.
    """

    members: Sequence[Member]
    groups: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    parted: frozenset[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        """Make the look-ups."""
        self.roster = any(m.listed for m in self.members)
        self._named = [m for m in self.members if m.listed or not self.roster]
        self._called, self._by_form = _index(self.members, lambda m: m.ids), _index(self._named, lambda m: m.forms)
        self._by_id = _index(self.members, lambda m: ((kind, v.lower()) for kind, v in m.person.ids.items()))

    def called(self, text: str) -> Member | None:
        """The one student with this key or id."""
        found = self._called.get(text, [])
        return found[0] if len(found) == 1 else None

    def unlisted(self) -> list[Person]:
        """Who is in the gradebook, and not on the roster: by the name of a hand-in, or as a guest."""
        return [m.person for m in self.members if m not in self._named and not m.withdrawn]

    def find(self, who: Person) -> Meant:
        """Whom a hand-in's name means."""
        ids = [
            i
            for kind, value in who.ids.items()
            for i in self._by_id.get((kind, value.lower()), [])
            if kind != PARTICIPANT or may_be_numbered(who, i.names)
        ]
        by_id = _once(m for m in ids if m in self._named)
        texts = (who.key, who.name if not names_nobody(who.name) else "")
        by_name = _once(m for t in texts for form in spellings(t) for m in self._by_form.get(form, []))
        group = self.groups.get(folded(who.name or who.key), ())
        if group and all(m in group for m in (*by_id, *by_name)) and (by_id or not by_name):
            return Meant(How.GROUP, group)
        if len(by_id) == 1:
            return Meant(How.SURE, by_id, "" if by_id[0] in by_name else _another(who, by_id[0]))
        found = self._by_names(who, by_id or by_name)
        others = _once((*ids, *self._called.get(who.key, [])))
        return Meant(How.SURE, others) if found.how is How.NOBODY and len(others) == 1 else found

    def _by_names(self, who: Person, same: tuple[Member, ...]) -> Meant:
        known = [m for m in same if who.key.lower() in {text.lower() for text in m.ids}]
        if len(known) == 1:
            others = ", ".join(m.shown for m in same if m is not known[0])
            text = (
                f"taken for {known[0].shown}, whose id or earlier name it is; the same name: {others}" if others else ""
            )
            return Meant(How.SURE, tuple(known), text)
        if len(same) == 1 and not self._apart(who, same[0]):
            return Meant(How.NAME, same)
        return Meant(How.SAME, same) if same else self._near(who)

    def _apart(self, who: Person, member: Member) -> bool:
        """Whether these are two people although they have one name: a person said so, or an id does."""
        theirs = member.person.ids
        differ = any(
            theirs.get(kind, value).lower() != value.lower() for kind, value in who.ids.items() if kind != PARTICIPANT
        )
        return differ or frozenset((who.key, member.key)) in self.parted

    def _near(self, who: Person) -> Meant:
        if names_nobody(who.name or who.key):
            return Meant(How.NOBODY)
        near_to = Nearness(who.name or who.key).to
        scored = [(max(map(near_to, {*m.names, *m.ids}), default=0.0), m) for m in self._named]
        near = sorted((item for item in scored if item[0]), key=lambda item: (-item[0], item[1].key))
        return Meant(How.NEAR, tuple(m for _, m in near[:MOST])) if near else Meant(How.NOBODY)


def _index(members: Iterable[Member], keys: Callable[[Member], Iterable[Key]]) -> dict[Key, list[Member]]:
    found: dict[Key, list[Member]] = defaultdict(list)
    for member in members:
        for key in keys(member):
            found[key].append(member)
    return found


def _once(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple({m.key: m for m in members}.values())


def _another(who: Person, member: Member) -> str:
    """What to say where Canvas's number is one student's and the file's name is not."""
    if "canvas" not in who.ids or not who.name:
        return ""
    return (
        f"named after '{who.name}', and Canvas's number is that of {member.shown}: counted for them alone. "
        "Is it a group's? A column `group` in the roster says whose"
    )


# ---------------------------------------------------------------- the course


def course_of(roster: Roster | None, known: Sequence[KnownStudent], parted: Iterable[frozenset[str]] = ()) -> Members:
    """The roster's students, as the gradebook knows them, and the gradebook's own."""
    members = {k.key: _member(k) for k in known}
    rows = {key: k for k in known for key in (k.key, *k.also)}
    owners = {(kind, value): k for k in known for kind, value in k.ids.items()}
    keys = {}
    for person in roster.people if roster else ():
        row = rows.get(person.key) or next((owners[i] for i in person.ids.items() if i in owners), None)
        keys[person.key] = row.key if row else person.key
        members[keys[person.key]] = _listed(members.get(keys[person.key], Member(person)), person)
    groups = {
        name: tuple(members[keys[p.key]] for p in people) for name, people in (roster.groups if roster else {}).items()
    }
    return Members(list(members.values()), groups, frozenset(parted))


def _member(row: KnownStudent) -> Member:
    person = Person(row.key, row.name, row.section, row.ids)
    return Member(
        person, frozenset({*row.names, row.name} - {""}), frozenset((row.key, *row.also)), False, row.withdrawn
    )


def _listed(member: Member, person: Person) -> Member:
    """With what the roster says; of one who is in it twice, what it says under the gradebook's key, else first."""
    ours = not member.listed or person.key == member.key
    said = replace(person, key=member.key) if ours else member.person
    ids = {**person.ids, **member.person.ids, **said.ids}
    return replace(
        member,
        person=replace(said, ids=ids),
        names=member.names | ({person.name} - {""}),
        keys=member.keys | {person.key, member.key},
        listed=True,
    )
