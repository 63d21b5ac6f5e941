"""Who handed in which files: a download's layout says whose each file is, by the name that it has there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..clean import line
from ..exercise import all_exercises
from ..gradebook.records import NOT_TOLD, Downloaded, HandedIn, Person
from ..submission.files import MAX_TOTAL
from ..submission.kinds import MAX_DATA, MAX_FILES, SOURCES, has_room
from .layouts import METADATA, Owned, common_folder, is_nobodys, recognise
from .problems import NOTES, Kind, Problem, reason
from .sources import DownloadedFile, IntakeError, Unreadable, entries, in_zip, shown, zip_of
from .times import HandInTimes, made_at_once

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
FREE_TEXT = (".md", ".txt")


@dataclass(frozen=True)
class File:
    """One source file of a hand-in: its name, its bytes, its age (larger is later), and when it was handed in."""

    name: str
    data: bytes
    age: tuple[float, ...]
    where: str
    submitted: HandedIn = NOT_TOLD


@dataclass(frozen=True)
class OtherFile:
    """A file that is no source: its name, where it lies, and a function that reads it."""

    name: str
    where: str
    read: Callable[[], bytes]

    def named_in(self, sources: Iterable[bytes]) -> bool:
        """Whether a source speaks of it, as code does that reads it."""
        name = PurePosixPath(self.name).name.encode()
        return any(name in source for source in sources)


@dataclass(frozen=True)
class HandIn:
    """All that one student (or group) handed in; `fault`: an error of the grader's own while reading it.

    `data`: by name, the other files that a source speaks of.
    """

    people: tuple[Person, ...]
    files: tuple[File, ...]
    fault: str = ""
    data: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def who(self) -> str:
        """The student's key, for messages."""
        return ", ".join(p.key for p in self.people)


@dataclass
class Intake:
    """A download: `problems` grow while `hand_ins` are read, one student at a time."""

    platform: str
    owned: list[tuple[DownloadedFile, Owned]]
    problems: list[Problem] = field(default_factory=list)
    times: HandInTimes = field(default_factory=HandInTimes)

    @property
    def people(self) -> list[Person]:
        """Everybody who handed something in."""
        return list({p.key: p for _, owned in self.owned for p in owned.people}.values())

    @property
    def names(self) -> list[Downloaded]:
        """What the download itself calls each student's files and folders, later ones last."""
        found = [
            (owned.age, Downloaded(person.key, _top(entry.name), owned.participant))
            for entry, owned in self.owned
            for person in owned.people
        ]
        return list(dict.fromkeys(name for _, name in sorted(found, key=lambda item: item[0])))

    def hand_ins(self) -> Iterator[HandIn]:
        """Student by student, in the order of their keys; each student's files are read when their turn comes."""
        for _, items in sorted(self._by_owner().items()):
            people = items[0][1].people
            try:
                hand_in = self._hand_in(people, items)
            except Exception as error:
                hand_in = HandIn(people, (), fault=reason(error))
            yield hand_in
        self.problems += self.times.left_over()

    def _by_owner(self) -> dict[tuple[str, ...], list[tuple[DownloadedFile, Owned]]]:
        found: dict[tuple[str, ...], list[tuple[DownloadedFile, Owned]]] = {}
        for entry, owned in self.owned:
            found.setdefault(tuple(p.key for p in owned.people), []).append((entry, owned))
        return found

    @property
    def count(self) -> int:
        """How many students (or groups) handed in."""
        return len(self._by_owner())

    def _hand_in(self, people: tuple[Person, ...], items: list[tuple[DownloadedFile, Owned]]) -> HandIn:
        who = ", ".join(p.key for p in people)
        found: list[File] = []
        others: list[OtherFile] = []
        problems: list[Problem] = []
        for entry, owned in sorted(items, key=lambda item: item[0].name):
            submitted = self.times.of(entry, owned)
            for item in _inside(entry, owned):
                match item:
                    case File():
                        found.append(replace(item, submitted=submitted))
                    case OtherFile():
                        others.append(item)
                    case Problem():
                        problems.append(item)
            if submitted.late:
                problems.append(Problem(Kind.LATE, shown(entry.name)))
        if not found and all(p.kind in NOTES for p in problems):
            problems.append(Problem(Kind.NOTHING, shown(items[0][0].name)))
        if len(found) > MAX_FILES or sum(len(f.data) for f in found) > MAX_TOTAL:
            problems.append(Problem(Kind.TOO_LARGE, shown(items[0][0].name), "more source files than a solution has"))
            found = []
        data, more = _data(others, [file.data for file in found])
        self.problems += [replace(p, student=who) for p in (*problems, *more)]
        return HandIn(people, tuple(found), data=data)


def read(path: Path) -> Intake:
    """Look through a download; no submission is opened yet. Raises IntakeError."""
    found = list(entries(path))
    problems = [item for item in found if isinstance(item, Problem)]
    files = [item for item in found if isinstance(item, DownloadedFile)]
    slugs = [e.slug for e in all_exercises()]
    prefix = common_folder([f.name for f in files], slugs)
    files = [replace(f, name=f.name.removeprefix(prefix)) for f in files]
    metadata = _metadata(files)
    files = [f for f in files if f.name != METADATA]
    layout = recognise([f.name for f in files], metadata, slugs)
    owned = []
    for entry in files:
        owner = layout.owned.get(entry.name)
        if owner is None:
            problems.append(Problem(Kind.IGNORED, shown(entry.name), f"not named as {layout.platform} names files"))
        elif layout.platform == "files" and "/" not in entry.name and not _is_work(entry.name):
            problems.append(Problem(Kind.IGNORED, shown(entry.name), _advice(entry.name)))
        else:
            if layout.platform == "files" and is_nobodys(entry.name, slugs):
                problems.append(Problem(Kind.AMBIGUOUS, shown(entry.name), "named after an exercise, and no student"))
            owned.append((entry, replace(owner, people=tuple(_clean(p) for p in owner.people))))
    dated = layout.platform == "Moodle" and path.is_file() and not made_at_once(files)
    intake = Intake(layout.platform, owned, problems, HandInTimes(dated=dated))
    if not intake.owned:
        raise IntakeError(f"{path} holds no submission (.py, .ipynb or .zip files, or folders of them)")
    return intake


def _top(name: str) -> str:
    """The file, or the folder that it is in, with its slash."""
    top, slash, _ = name.partition("/")
    return top + slash


def _is_work(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SOURCES + ARCHIVES


def _clean(person: Person) -> Person:
    """With texts that are safe to store and to show."""
    ids = {kind: line(value) for kind, value in person.ids.items()}
    return replace(person, key=line(person.key) or "unnamed", name=line(person.name), ids=ids)


def _metadata(files: list[DownloadedFile]) -> Mapping[str, Any] | None:
    """Gradescope's metadata file, if there is one."""
    entry = next((f for f in files if f.name == METADATA), None)
    if entry is None:
        return None
    import yaml

    try:
        found = yaml.load(entry.read(), _loader())
    except Exception as error:  # PyYAML lets many kinds through
        raise IntakeError(f"{METADATA} cannot be read: {str(error)[:200]}") from error
    return found if isinstance(found, Mapping) else None


def _loader() -> Any:
    """A SafeLoader that reads Ruby's own types, which Gradescope writes, as the text that they hold."""
    import yaml

    def text(_loader: object, _suffix: str, node: yaml.Node) -> Any:
        return node.value if isinstance(node, yaml.ScalarNode) else None

    loader: Any = type("RubyLoader", (yaml.SafeLoader,), {})  # PyYAML has no types
    loader.add_multi_constructor("!", text)
    return loader


# ---------------------------------------------------------------- one student's files


def _inside(entry: DownloadedFile, owned: Owned) -> Iterator[File | OtherFile | Problem]:
    """The files of one entry: itself, or what its archive holds."""
    suffix = PurePosixPath(owned.file).suffix.lower()
    try:
        if suffix in SOURCES:
            yield File(_named(owned.file), entry.read(), (*owned.age, entry.stamp), shown(entry.name))
        elif suffix == ".zip":
            yield from _archived(entry, owned)
        elif suffix in ARCHIVES:
            yield Problem(Kind.UNREADABLE, shown(entry.name), _advice(owned.file))
        else:
            yield OtherFile(owned.file, shown(entry.name), entry.read)
    except Unreadable as error:
        yield Problem(error.kind, shown(entry.name), str(error))


def _archived(entry: DownloadedFile, owned: Owned) -> list[File | OtherFile | Problem]:
    found: list[File | OtherFile | Problem] = []
    total = sources = 0
    try:
        inside = list(in_zip(zip_of(entry.read())))
    except IntakeError as error:
        raise Unreadable(Kind.TOO_LARGE, str(error)) from error
    for item in inside:
        found.append(_packed(item, entry, owned))
        if isinstance(found[-1], File):
            total, sources = total + len(found[-1].data), sources + 1
        if total > MAX_TOTAL or sources > MAX_FILES:
            raise Unreadable(Kind.TOO_LARGE, f"it unpacks to more than {MAX_TOTAL >> 20} MiB or {MAX_FILES} files")
    return found


def _packed(item: DownloadedFile | Problem, entry: DownloadedFile, owned: Owned) -> File | OtherFile | Problem:
    """One of the files in an archive."""
    if isinstance(item, Problem):
        return replace(item, where=f"{shown(entry.name)}/{item.where}")
    where, suffix = f"{shown(entry.name)}/{shown(item.name)}", PurePosixPath(item.name).suffix.lower()
    if suffix in ARCHIVES:
        return Problem(Kind.NESTED, where, "it was not opened")
    if suffix not in SOURCES:
        return OtherFile(item.name, where, item.read)
    try:
        return File(_named(item.name), item.read(), (*owned.age, item.stamp), where)
    except Unreadable as error:
        return Problem(error.kind, where, str(error))


def _data(others: list[OtherFile], sources: list[bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    """What of the other files is there to be read while the work is graded, and problems with the rest."""
    data: dict[str, bytes] = {}
    problems = []
    for other in others:
        if not other.named_in(sources):
            problems.append(Problem(Kind.IGNORED, other.where, _advice(other.name)))
            continue
        try:
            content = other.read()
        except Unreadable as error:
            problems.append(Problem(error.kind, other.where, str(error)))
            continue
        if not has_room(data, len(content)):
            problems.append(Problem(Kind.TOO_LARGE, other.where, f"data to be read: at most {MAX_DATA >> 20} MiB"))
            continue
        data[other.name] = content
    return data, problems


def _named(name: str) -> str:
    """The name with its suffix in lower case."""
    path = PurePosixPath(name)
    return path.with_suffix(path.suffix.lower()).as_posix()


def _advice(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in FREE_TEXT:
        return "free text is assessed with `grade rubric`"
    if suffix in ARCHIVES:
        return "only .zip archives are opened"
    return ""
