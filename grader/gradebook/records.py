"""What goes into the gradebook: plain data, no database."""

from __future__ import annotations

import io
import platform
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from ..editions import digest_of_parts, grader_edition, installed
from ..errors import OURS, USAGE, GraderError
from ..model import Result
from ..model.feedback import Feedback
from ..submission.load import Submission

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same files give the same archive
STATED, FILES = "the list of times", "the file's own date"  # who told a time: see HandedIn
LIBRARIES = ("cnn-grader", "numpy", "torch")


class GradebookError(GraderError):
    """The gradebook cannot do what was asked. The message says what, where and what to do.

    `ours`: the database or its disk failed, not what was asked of it.
    """

    def __init__(self, message: str, *, ours: bool = False):
        super().__init__(message, OURS if ours else USAGE)
        self.ours = ours


class EntryError(GradebookError):
    """The gradebook works, but refuses this entry: it contradicts others, or cannot be stored."""


@dataclass(frozen=True)
class Person:
    """A student. `key` is how the gradebook knows them; `ids` is what other systems call them.

    Kinds of ids that exports use: `email`, `sis` (SIS user id), `login` (SIS login id), `canvas`, `moodle` (id number).
    """

    key: str
    name: str = ""
    section: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownStudent(Person):
    """A person in the gradebook: the keys of rows that were merged into theirs, and all names that they have had."""

    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    gradings: int = 0
    withdrawn: bool = False


@dataclass(frozen=True)
class LateRule:
    """What lateness costs: nothing within `grace` after the deadline, then `percent_per_day` of the points possible for
    each day begun since the deadline, at most `cap` percent."""

    grace: timedelta = timedelta(0)
    percent_per_day: Decimal = Decimal(0)
    cap: Decimal = Decimal(100)


@dataclass(frozen=True)
class Plan:
    """An assignment: its exercises with the points each is worth, when it is due, which attempt counts, and how much
    students are told. One that is `closed` gets no other exercises from what is handed in."""

    name: str
    points: Mapping[str, Decimal]
    deadline: datetime | None = None
    late: LateRule = LateRule()
    keep: str = "best"  # or "last"
    feedback: Feedback = Feedback.CASE
    closed: bool = False
    opens: datetime | None = None
    zone: str = ""  # where times are shown
    feedback_after: Feedback | None = None  # once it is due for nobody any more, if another


@dataclass(frozen=True)
class HandedIn:
    """When work was handed in, if anybody says; `late`: the source says that it was, and not by how much.

    `clock`: what the source's clock showed, where it names no zone; `at` is another where that is read in another zone.
    """

    at: datetime | None = None
    source: str = ""
    late: bool = False
    clock: str = ""


NOT_TOLD = HandedIn()


@dataclass(frozen=True)
class Allowance:
    """An extension for a student, a section or (neither) all: a later deadline, percent more time, or an excuse.

    Without any of them it takes the last one back.
    """

    assignment: str
    reason: str
    author: str
    student: str = ""
    section: str = ""
    until: datetime | None = None
    extra_time: Decimal | None = None
    excused: bool = False


@dataclass(frozen=True)
class SeenAgain:
    """Work that was graded before and is handed in once more."""

    student: str
    exercise: str
    digest: str
    submitted: HandedIn


@dataclass(frozen=True)
class Work:
    """What was handed in, sources and data, as bytes that can be graded again: see `packed` and `unpacked`."""

    files: Mapping[str, bytes]
    main: str
    problem: str = ""

    @classmethod
    def of(cls, submission: Submission) -> Work:
        """A submission's source, and the data that it may read."""
        files = submission.data | submission.files if submission.files else {}
        return cls(files, submission.main, submission.problem)

    @property
    def digest(self) -> str:
        """SHA-256 over the main file's name and every file's name and bytes."""
        parts = [_name(self.main), *(p for name in sorted(self.files) for p in (_name(name), self.files[name]))]
        return digest_of_parts(parts if self.files else [*parts, _name(self.problem)])

    def packed(self) -> bytes:
        """A zip of the files."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.files):
                archive.writestr(zipfile.ZipInfo(_name(name).decode(), EPOCH), self.files[name], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    @classmethod
    def unpacked(cls, archive: bytes, main: str, problem: str) -> Work:
        """Back from `packed`."""
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            return cls({name: files.read(name) for name in files.namelist()}, main, problem)


def _name(name: str) -> bytes:
    return name.encode("utf-8", "replace")


@dataclass(frozen=True)
class Graded:
    """One finished grading: the natural key is (assignment, student, exercise, work, label) and the `run`.

    `submitted` None: it was not handed in now, but graded again; `attempt` is then its number, whoever is who by now.
    """

    assignment: str
    student: str
    work: Work
    result: Result
    run: str
    submitted: HandedIn | None = None
    label: str = ""
    environment: Mapping[str, str] = field(default_factory=lambda: environment())
    timing: bool = True  # whether speed and memory were measured
    attempt: int | None = None
    edition: str | None = None  # of the exercise, see `Exercise.edition`; None: not known


@dataclass(frozen=True)
class Downloaded:
    """A student's file or folder/ in a platform's download, by its own name; `participant`: the number in Moodle's."""

    student: str
    name: str
    participant: str = ""


def name_and_key(name: str, key: str) -> str:
    """`Ana Ek (4711)`; the key alone where there is no other name."""
    return f"{name} ({key})" if name not in ("", key) else key


def plain(points: Decimal | None) -> str:
    """Digits without trailing zeros; nothing for no points."""
    return "" if points is None else f"{points.normalize():f}"


def environment() -> dict[str, str]:
    """The versions that a result depends on; `edition` is that of the grader's code."""
    versions = {name: installed(name) or "not installed" for name in LIBRARIES}  # PyTorch is an extra
    own = {"python": platform.python_version(), "platform": platform.platform(), "edition": grader_edition()}
    return {**own, **versions}
