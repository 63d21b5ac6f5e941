"""Points that people gave to a written answer: the record beside the file, and which of its assessments counts.

`a3.md` has its record in `a3.rubric.json`. It keeps every assessment with its author, its time and the digest of the
text that was read, so that a text changed since then is noticed.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..atomic import replace_file
from ..errors import GraderError, unwritten
from ..model import CheckResult, Result, Verdict
from ..model.findings import Assessed
from ..report.as_json import to_dict
from .answer import Answer, other_tasks
from .essays import FreeTextTask, RubricCriterion

FORMAT = "cnn-grader rubric record"
VERSION = 1
MAX_BYTES = 1 << 20
MAX_TEXT = 4000


class RecordError(GraderError):
    """A record cannot be read, written, or does not belong to this answer. The message says what to do."""


@dataclass(frozen=True)
class Assessment:
    """What one person gave: points by criterion. Criteria without points are open."""

    by: str
    at: str
    digest: str
    rubric: str
    points: dict[str, float] = field(default_factory=dict)
    comment: str = ""

    def open(self, essay: FreeTextTask) -> list[RubricCriterion]:
        """The criteria without points; points that the rubric does not allow (any more) do not count."""
        return [c for c in essay.criteria if given(self, c) is None]

    def score(self, essay: FreeTextTask) -> float:
        """The points of all criteria that have some."""
        return sum(given(self, c) or 0.0 for c in essay.criteria)


def given(assessment: Assessment | None, criterion: RubricCriterion) -> float | None:
    """The points given for a criterion, or nothing."""
    points = assessment.points.get(criterion.id) if assessment else None
    return points if points is not None and 0 <= points <= criterion.points else None


@dataclass(frozen=True)
class RubricRecord:
    """All assessments of one file, oldest first."""

    essay: str
    file: str
    assessments: tuple[Assessment, ...] = ()

    def with_last(self, new: Assessment, *, instead_of: Assessment | None = None) -> RubricRecord:
        """A record that ends with this assessment; the one that it continues is taken out."""
        kept = list(self.assessments)
        if instead_of in kept:
            del kept[len(kept) - 1 - kept[::-1].index(instead_of)]  # the last one: an older one may be its equal
        return replace(self, assessments=(*kept, new))


def plain(text: str) -> str:
    """Text that can be written as UTF-8: what a file's name or a terminal cannot encode becomes `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


# ---------------------------------------------------------------- the file


def record_path(file: Path) -> Path:
    """`a3.md` → `a3.rubric.json`."""
    return file.with_suffix(".rubric.json")


def load_record(path: Path) -> RubricRecord | None:
    """Read a record; None if there is no file. Raises RecordError for a file that is not wholly a record."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise RecordError(f"{path} is too large to be a record.")
    try:
        return _record(json.loads(data))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise RecordError(
            f"{path} is not a record that `grade rubric` wrote ({_reason(error)}). Move it away to begin a new one."
        ) from error


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)[:200]


def _record(data: Any) -> RubricRecord:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f'no "format": "{FORMAT}"')
    if data.get("version") != VERSION:
        raise ValueError("another version")
    return RubricRecord(_text(data["essay"]), _text(data["file"]), tuple(map(_assessment, data["assessments"])))


def _assessment(data: dict[str, Any]) -> Assessment:
    return Assessment(
        by=_text(data["by"]),
        at=_text(data["at"]),
        digest=_text(data["digest"]),
        rubric=_text(data["rubric"]),
        points={_text(k): _number(v) for k, v in dict(data["points"]).items()},
        comment=_text(data["comment"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise TypeError("a text was expected")
    return plain(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TypeError("points are numbers")
    return float(value)


def save_record(path: Path, record: RubricRecord) -> None:
    """Replace the file as a whole. Raises RecordError."""
    data = {"format": FORMAT, "version": VERSION, **asdict(record)}
    try:
        replace_file(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        raise RecordError(f"cannot write {path}: {error.strerror or error}", unwritten(error)) from error


# ---------------------------------------------------------------- the standing of an answer


@dataclass(frozen=True)
class Standing:
    """An answer beside its rubric and what is recorded of it.

    `counts` is the last complete assessment of this very text, else the last one under way; `outdated` is the last one
    of an earlier text, if none is of this one. `named` is whether the task had to be named beside the file.
    """

    essay: FreeTextTask
    answer: Answer
    record: RubricRecord | None = None
    counts: Assessment | None = None
    outdated: Assessment | None = None
    named: bool = False

    @property
    def score(self) -> float:
        """Points recorded for this text."""
        return self.counts.score(self.essay) if self.counts else 0.0

    @property
    def complete(self) -> bool:
        """Whether every criterion has points."""
        return self.counts is not None and not self.counts.open(self.essay)

    @property
    def full_marks(self) -> bool:
        """All points, recorded for this text."""
        return self.complete and self.score == self.essay.points

    @property
    def state(self) -> str:
        """`awaits assessment`, `under way`, `assessed`, or `changed since` the last assessment."""
        if self.counts is not None:
            return "assessed" if self.complete else "under way"
        return "changed since" if self.outdated else "awaits assessment"

    @property
    def summary(self) -> str:
        """The standing in words: who assessed what, or what is to be done."""
        if self.counts is None:
            last = self.outdated
            return f"the text has changed since {last.by} assessed it: assess it again" if last else self.state
        if self.complete:
            return f"{self.essay.band(self.score).name}, assessed by {self.counts.by} ({self.counts.at[:10]})"
        still = ", ".join(c.id for c in self.counts.open(self.essay))
        return f"assessment by {self.counts.by} under way, open: {still}"

    @property
    def notes(self) -> list[str]:
        """Warnings: a second task in the file, a rubric that has changed."""
        others = other_tasks(self.answer, self.essay)
        notes = [f"a heading names {' and '.join(others)} too: one file answers one task"] if others else []
        if self.counts and self.counts.rubric != self.essay.fingerprint:
            notes.append("the rubric has changed since this assessment")
        return notes

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `--format json`: as for any exercise, and the rubric under `essay`."""
        data = to_dict(to_result(self))
        history = [asdict(a) for a in self.record.assessments] if self.record else []
        return data | {
            "seed": None,
            "kind": "ESSAY",
            "state": self.state,
            "summary": self.summary,
            "words": self.answer.words,
            "essay": asdict(self.essay),
            "assessments": history,
        }


def standing(essay: FreeTextTask, answer: Answer, *, named: bool = False) -> Standing:
    """Read the record beside the answer. Raises RecordError, also where the record is another file's or task's."""
    path = record_path(answer.path)
    record = load_record(path)
    if record is None:
        return Standing(essay, answer, named=named)
    if problem := _foreign(record, essay, answer):
        raise RecordError(f"{path} is {problem}. Give the answer another name, or move the record away.")
    counts = counting(record, essay, answer.digest)
    outdated = record.assessments[-1] if record.assessments and counts is None else None
    return Standing(essay, answer, record, counts, outdated, named)


def _foreign(record: RubricRecord, essay: FreeTextTask, answer: Answer) -> str:
    """Whose record it is, if not this answer's: another task's, or that of `a3.txt` beside `a3.md`."""
    if record.essay != essay.slug:
        return f"the record of an answer to {record.essay}, not to {essay.slug}"
    other = answer.path.with_name(Path(record.file).name or answer.path.name)
    return f"the record of {record.file}" if other.name != plain(answer.path.name) and other.exists() else ""


def counting(record: RubricRecord, essay: FreeTextTask, digest: str | None) -> Assessment | None:
    """The last complete assessment of the text with this digest (of any text: None), else the last one under way."""
    of_this = [a for a in record.assessments if digest in (None, a.digest)]
    complete = [a for a in of_this if not a.open(essay)]
    found = complete or of_this
    return found[-1] if found else None


def to_result(found: Standing) -> Result:
    """The same as the record of any graded submission: one check per criterion, `not_run` where points are open."""
    return Result(
        exercise=found.essay.slug,
        title=found.essay.title,
        file=plain(str(found.answer.path)),
        seed=0,
        isolation="not run",
        checks=[_check(found, c) for c in found.essay.criteria],
        notes=found.notes,
    )


def _check(found: Standing, criterion: RubricCriterion) -> CheckResult:
    points = given(found.counts, criterion)
    verdict, by = Verdict.NOT_RUN, ""
    if points is not None and found.counts is not None:
        verdict = Verdict.ACCEPTED if points == criterion.points else Verdict.WRONG_ANSWER
        by = found.counts.by
    assessed = Assessed(verdict=verdict, points=points or 0.0, possible=criterion.points, by=by)
    return CheckResult(criterion.id, criterion.idea, verdict, points or 0.0, criterion.points, (assessed,))
