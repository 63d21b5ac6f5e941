"""Whose a file is, from its name in a learning platform's download.

    Moodle      Jane Doe_123_assignsubmission_file_/my_conv.py   (or without the folder: …_file_my_conv.py)
                Group A_77_assignsubmission_file_/…          (a group; older ones: Group A-Jane Doe_123_…)
    Canvas      doejane_LATE_12345_67890_my_conv-1.py            (Canvas user id, file id; -1: handed in again)
                LATE_anon_a1b2c_67890_my_conv.py                 (anonymous, another name in each assignment)
    Gradescope  submission_123/my_conv.py and submission_metadata.yml
    plain       jane.py, jane_conv.py, jane.zip, jane/…

A layout is a function from the names of a download to `Owned` records by name, or None if the names are not its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from ..gradebook.names import folded, words_of
from ..gradebook.records import NOT_TOLD, HandedIn, Person

MOODLE = re.compile(r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)", re.DOTALL)
CANVAS = re.compile(r"(?P<who>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file_id>\d{1,30})_(?P<file>.+)", re.DOTALL)
ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?anon(?:ymous)?_(?:LATE_)?(?P<user>[a-zA-Z0-9]{5})_(?P<file_id>\d{1,30})_(?P<file>.+)", re.DOTALL
)
AGAIN = re.compile(r"(?P<stem>.+)-(?P<again>\d{1,3})(?P<suffix>\.\w+)")
METADATA = "submission_metadata.yml"
HIDDEN_NAME = re.compile(r"(.*\W)?(Participant|Teilnehmer\W?in)(_\d+)?|anonymous_[a-zA-Z0-9]{5}", re.DOTALL)


@dataclass(frozen=True)
class Owned:
    """A file's owners (a group has several), its name as the student gave it, and its age.

    `participant` is the owner's number in Moodle's assignment.
    """

    people: tuple[Person, ...]
    file: str
    age: tuple[int, ...] = ()  # larger: handed in later
    submitted: HandedIn = NOT_TOLD
    participant: str = ""  # Moodle's number of the student in the assignment, or of the group: see `may_be_numbered`


@dataclass(frozen=True)
class Layout:
    """Which platform it was, and each file's owner; a file without one belongs to nobody."""

    platform: str
    owned: Mapping[str, Owned] = field(default_factory=dict)


def recognise(names: Sequence[str], metadata: Mapping[str, Any] | None, slugs: Sequence[str]) -> Layout:
    """The layout of a download by its names below the common folder."""
    if metadata is not None:
        return Layout("Gradescope", _gradescope(names, metadata))
    tops = {name.partition("/")[0] for name in names}
    if any(MOODLE.fullmatch(top) for top in tops):
        return Layout("Moodle", _moodle(names))
    if tops and sum(bool(ANONYMOUS.fullmatch(top) or CANVAS.fullmatch(top)) for top in tops) * 2 > len(tops):
        return Layout("Canvas", _canvas(names))
    return Layout("files", {name: _plain(name, slugs) for name in names})


def common_folder(names: Sequence[str], slugs: Collection[str]) -> str:
    """`export/` if all names start with it and it is not one student's folder; or nothing.

    It is a student's if a platform names such folders so, or if what is in it has the names of exercises.
    """
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or any("/" not in name for name in names):
        return ""
    (top,) = tops
    return "" if MOODLE.fullmatch(top) or any(is_nobodys(n.partition("/")[2], slugs) for n in names) else f"{top}/"


def is_nobodys(name: str, slugs: Collection[str]) -> bool:
    """Whether it is a file's name that says an exercise and no student: `conv.py`, `my_conv.zip`."""
    return "/" not in name and PurePosixPath(name).stem.lower().removeprefix("my_") in slugs


def names_nobody(name: str) -> bool:
    """Whether a platform made it up, as it hides whose work it is: in blind marking all have nearly one name."""
    return bool(HIDDEN_NAME.fullmatch(name))


def may_be_numbered(who: Person, names: Iterable[str]) -> bool:
    """Whether a number in Moodle's download is that of a student with these names: a group's folder has the group's.

    Where marking is blind, everybody has one name, and a key of their own.
    """
    words = set(map(folded, words_of(who.name)))
    return who.key != who.name or any(set(map(folded, words_of(name))) <= words for name in names)


# ---------------------------------------------------------------- platforms


def _moodle(names: Sequence[str]) -> dict[str, Owned]:
    """A student's number changes with every assignment. It tells namesakes apart, and the worksheet has it."""
    found = {name: match for name in names if (match := MOODLE.fullmatch(name.partition("/")[0]))}
    numbers = {(m["name"], m["number"]) for m in found.values()}
    namesakes = Counter(name for name, _ in numbers)

    def owned(name: str, match: re.Match[str]) -> Owned:
        alone = namesakes[match["name"]] == 1 and not names_nobody(match["name"])
        key = match["name"] if alone else f"{match['name']}_{match['number']}"
        file = name.partition("/")[2] or match["file"] or name
        return Owned((Person(key, match["name"]),), file, participant=match["number"] or "")

    return {name: owned(name, match) for name, match in found.items()}


def _canvas(names: Sequence[str]) -> dict[str, Owned]:
    found = {}
    for name in names:
        top, _, below = name.partition("/")
        anonymous = ANONYMOUS.fullmatch(top)
        if match := anonymous or CANVAS.fullmatch(top):
            file, again = without_again(below or match["file"])
            who = _canvas_person(match, bool(anonymous))
            late = HandedIn(None, "Canvas", late=True) if match["late"] else NOT_TOLD
            found[name] = Owned((who,), file, (again, int(match["file_id"])), late)
    return found


def _canvas_person(match: re.Match[str], anonymous: bool) -> Person:
    if anonymous:
        return Person(f"anonymous_{match['user']}")
    return Person(f"{match['who']}_{match['user']}", match["who"], ids={"canvas": match["user"]})


def without_again(file: str) -> tuple[str, int]:
    """`my_conv-1.py` → `my_conv.py`, 1."""
    match = AGAIN.fullmatch(file)
    return (match["stem"] + match["suffix"], int(match["again"])) if match else (file, 0)


def _gradescope(names: Sequence[str], metadata: Mapping[str, Any]) -> dict[str, Owned]:
    found = {}
    for name in names:
        folder, _, file = name.partition("/")
        about = metadata.get(folder)
        if file and isinstance(about, Mapping) and (people := _submitters(about)):
            at = _moment(about.get(":created_at"))
            found[name] = Owned(people, file, submitted=HandedIn(at, "Gradescope") if at else NOT_TOLD)
    return found


def _submitters(about: Mapping[str, Any]) -> tuple[Person, ...]:
    said = about.get(":submitters")
    people = [_submitter(s) for s in (said if isinstance(said, list) else []) if isinstance(s, Mapping)]
    return tuple(p for p in people if p.key)


def _submitter(said: Mapping[str, Any]) -> Person:
    name, sid, email = (str(said.get(f":{k}") or "").strip() for k in ("name", "sid", "email"))
    ids = {kind: value for kind, value in (("sis", sid), ("email", email)) if value}
    return Person(sid or email or name, name, ids=ids)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.replace(" UTC", "+00:00"))
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


# ---------------------------------------------------------------- files


def _plain(name: str, slugs: Sequence[str]) -> Owned:
    """`jane/…` and `jane.py` are Jane's; so are `jane_conv.py` and `jane-my_conv.zip`, as `conv` is an exercise."""
    top, _, below = name.partition("/")
    if below:
        return Owned((Person(top, top),), below)
    stem = PurePosixPath(top).stem
    ends = sorted((f"{gap}{my}{slug}" for slug in slugs for my in ("my_", "") for gap in "_-. "), key=len, reverse=True)
    who = next((stem[: -len(end)] for end in ends if stem.lower().endswith(end) and len(stem) > len(end)), stem)
    return Owned((Person(stem, stem) if is_nobodys(top, slugs) else Person(who, who),), top)
