"""Hand-ins given to the students of the course: what is certain at once, what is not after a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..exercise import all_exercises
from ..gradebook.delimited import PARTICIPANT
from ..gradebook.records import Person
from .intake import Intake
from .layouts import Owned, is_nobodys
from .problems import Kind, Problem
from .roster import ClassNames
from .sources import IntakeError
from .who import How, Meant, Member, Members

Ask = Callable[[Person, Sequence[Member]], Member | None]
HINT = "`grade students merge` or `--who` says whose it is"


@dataclass(frozen=True)
class Join:
    """A decision to write down: what `other` hands in is this student's."""

    member: Member
    other: str
    author: str


def hand_over(
    intake: Intake, course: Members, answers: Mapping[str, Member], ask: Ask, author: str
) -> dict[str, Meant]:
    """Let the files of a download belong to the course's students, and its problems tell of it.

    Returns whose each name is: of the download, and of those in the gradebook who are not on the roster.
    """
    found = _settled(intake, course, answers, ask, author)
    intake.problems += _told(found, {p.key for p in intake.people}, course)
    intake.owned = [(entry, _given(owned, found)) for entry, owned in intake.owned]
    return found


def _given(owned: Owned, found: Mapping[str, Meant]) -> Owned:
    people = {p.key: p for who in owned.people for p in _owners(who, found)}
    of_a_group = any(found[who.key].how is How.GROUP for who in owned.people)
    return replace(owned, people=tuple(people.values()), participant="" if of_a_group else owned.participant)


def _settled(intake: Intake, course: Members, answers: Mapping[str, Member], ask: Ask, author: str) -> dict[str, Meant]:
    people, earlier = _with_accounts(intake, course), course.unlisted()
    before = {who.key: course.find(who) for who in earlier}
    now = {who.key: course.find(who) for who in people}
    namesakes = _claimed_twice(before) | (_claimed_twice(now) if intake.platform != "files" else set())
    found = {key: _doubted(f, namesakes) for key, f in {**before, **now}.items()}
    found |= {key: Meant(How.SURE, (member,), by=author) for key, member in answers.items() if key in found}
    for who in {w.key: w for w in (*earlier, *people)}.values():
        if not found[who.key].settled:
            found[who.key] = _asked(who, found, ask, author)
    return found


def _with_accounts(intake: Intake, course: Members) -> list[Person]:
    """The people of the download, with Moodle's numbers; of GitHub's repositories `week-1-anaek`, with the account."""
    accounts = {m.person.ids["github"].lower() for m in course.members if "github" in m.person.ids}
    numbers = {p.key: owned.participant for _, owned in intake.owned for p in owned.people if owned.participant}
    people = [replace(p, ids={**p.ids, PARTICIPANT: numbers[p.key]}) if p.key in numbers else p for p in intake.people]
    keys = [p.key.lower() for p in people]
    starts = {key[: -len(a)] for key in keys[:1] for a in accounts if key.endswith(f"-{a}")}
    common = [start for start in starts if all(key.startswith(start) for key in keys)]
    if intake.platform != "files" or len(common) != 1:
        return people
    ends = {p.key: p.key.lower().removeprefix(common[0]) for p in people}
    return [replace(p, ids={**p.ids, "github": ends[p.key]}) if ends[p.key] in accounts else p for p in people]


def _claimed_twice(found: Mapping[str, Meant]) -> set[str]:
    """The students whom two are named after. They may be namesakes: a platform and a gradebook tell people apart."""
    claims = Counter(m.key for f in found.values() if f.how in (How.SURE, How.NAME) for m in f.members)
    return {key for key, count in claims.items() if count > 1}


def _doubted(found: Meant, namesakes: set[str]) -> Meant:
    doubtful = found.how is How.NAME and found.members[0].key in namesakes
    return Meant(How.SAME, found.members) if doubtful else found


def _asked(who: Person, found: Mapping[str, Meant], ask: Ask, author: str) -> Meant:
    """What a person says. Nobody is asked of students who have their hand-ins already, but for namesakes."""
    doubt = found[who.key]
    taken = {m.key for f in found.values() if f.settled for m in f.members}
    left = tuple(m for m in doubt.members if m.key not in taken)
    if not left and doubt.how is not How.SAME:
        return Meant(How.NOBODY)
    doubt = Meant(doubt.how, left or doubt.members)
    chosen = ask(who, doubt.members)
    return Meant(How.SURE, (chosen,), by=author) if chosen else doubt


# ---------------------------------------------------------------- what follows


def _owners(who: Person, found: Mapping[str, Meant]) -> list[Person]:
    settled = found[who.key]
    if settled.how is How.GROUP:
        return [m.person for m in settled.members]
    if settled.settled:
        return [replace(m.person, ids={**who.ids, **m.person.ids}) for m in settled.members]
    return [who]


def joins(found: Mapping[str, Meant], known: Iterable[str]) -> list[Join]:
    """What is to be written down: a person's answers, and that one whom the gradebook knows is another."""
    there = set(known)
    return [
        Join(f.members[0], key, f.by or "grade batch, by the same name")
        for key, f in found.items()
        if f.settled and f.how is not How.GROUP and key not in f.members[0].keys and (f.by or key in there)
    ]


def _told(found: Mapping[str, Meant], there: set[str], course: Members) -> Iterator[Problem]:
    """What to say of those who are `there`: joined by name, open, withdrawn; and who is missing."""
    for key, f in found.items():
        yield from _told_of(key, f, key in there, course.roster)
    for person in course.unlisted():
        if found[person.key].how is How.GROUP:
            text = "a group, and in the gradebook as a student: `grade students withdraw` takes that off the lists"
            yield Problem(Kind.AMBIGUOUS, person.key, text, person.key)
    given = {m.key for key, f in found.items() if key in there and f.settled for m in f.members}
    for member in course.members:
        own_name = member.key in there and not found[member.key].settled
        if member.withdrawn and (member.key in given or own_name):
            yield Problem(Kind.WITHDRAWN, member.key, "graded all the same; in no list of marks", member.key)
        if member.listed and not member.withdrawn and member.key not in given:
            open_ = [key for key, f in found.items() if not f.settled and member in f.members]
            unless = f"; unless {' or '.join(open_)} is theirs" if open_ else ""
            yield Problem(Kind.MISSING, member.key, f"{member.person.name}{unless}", member.key)


def _told_of(key: str, found: Meant, handed_in: bool, roster: bool) -> Iterator[Problem]:
    names = " or ".join(m.shown for m in found.members)
    where = "graded under its own name" if handed_in else "in the gradebook since an earlier batch"
    outside = found.how is How.NOBODY or (found.how is How.SURE and not found.by and not found.members[0].listed)
    if found.how is How.NAME and handed_in:
        yield Problem(Kind.JOINED, key, names, found.members[0].key)
    elif found.how is How.GROUP and handed_in:
        yield Problem(Kind.JOINED, key, f"a group: {', '.join(m.shown for m in found.members)}")
    elif not found.settled and found.members:
        yield Problem(Kind.AMBIGUOUS, key, f"may be {names}; {where}; {HINT}", key)
    elif outside and roster and not is_nobodys(key, [e.slug for e in all_exercises()]):
        yield Problem(Kind.NOT_IN_ROSTER, key, where, key)
    elif found.text:
        yield Problem(Kind.AMBIGUOUS, key, found.text, found.members[0].key)


def answers(names: ClassNames, course: Members) -> dict[str, Member]:
    """Hand-in's name → student, as a person says it in a file. Raises IntakeError."""
    return {name: _answer(name, student, course, names.file) for name, student in names.who.items()}


def _answer(name: str, student: str, course: Members, file: str) -> Member:
    meant, before = course.called(student), course.called(name)
    if meant is None:
        raise IntakeError(f"{file}: '{student}' is no student's id in the roster or in the gradebook, or two students'")
    if before is not None and before is not meant and (before.listed or name != before.key):
        back = "`grade students list` shows all, and `undo` takes a decision back"
        raise IntakeError(f"{file}: '{name}' is {before.shown} already, and not {meant.shown}; {back}")
    return meant
