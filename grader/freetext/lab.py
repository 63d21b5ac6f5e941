"""The sheet of a lab: parts that exercises' checks decide, and parts that people give points for.

What is missing stays open, and a file that does not fit is refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import GraderError
from ..exercise import Check, load_exercise
from ..model import Verdict
from .answer import AnswerError, read_answer
from .assessment import Assessment, RubricRecord, counting, given, load_record
from .essays import AutogradedPoints, FreeTextTask, Part, UnknownEssay, is_essay, load_essay

MAX_BYTES = 16 << 20
UNDECIDED = {
    Verdict.NOT_RUN: "was not run",
    Verdict.INCONCLUSIVE: "is inconclusive",
    Verdict.INTERNAL_ERROR: "failed on the grader's side",
}


class LabError(GraderError):
    """A file given for the sheet is not what it should be. The message says which and why."""


@dataclass(frozen=True)
class PointSource:
    """One source of points; `score` is None while it is open."""

    source: str
    name: str
    title: str
    max_score: float
    score: float | None
    detail: str


@dataclass(frozen=True)
class PartScore:
    """A part of the lab with its sources."""

    part: Part
    entries: tuple[PointSource, ...]

    @property
    def score(self) -> float:
        """Points so far."""
        return round(sum(e.score or 0.0 for e in self.entries), 2)

    @property
    def open(self) -> float:
        """Points not yet decided."""
        return sum(e.max_score for e in self.entries if e.score is None)

    @property
    def begun(self) -> bool:
        """Whether anything is decided."""
        return any(e.score is not None for e in self.entries)

    def to_dict(self) -> dict[str, Any]:
        """For JSON; `score` is null where nothing is decided."""
        return {
            "id": self.part.id,
            "title": self.part.title,
            "score": self.score if self.begun else None,
            "max_score": self.part.points,
            "open": self.open,
            "sources": [asdict(e) for e in self.entries],
        }


@dataclass(frozen=True)
class LabSheet:
    """All parts."""

    lab: FreeTextTask
    rows: tuple[PartScore, ...]
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Points so far."""
        return round(sum(r.score for r in self.rows), 2)

    @property
    def max_score(self) -> float:
        """All points."""
        return sum(r.part.points for r in self.rows)

    @property
    def open(self) -> float:
        """Points not yet decided."""
        return sum(r.open for r in self.rows)

    @property
    def full_marks(self) -> bool:
        """Nothing is open and nothing lost."""
        return not self.open and self.score == self.max_score

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `--format json`."""
        return {
            "lab": self.lab.slug,
            "title": self.lab.title,
            "score": self.score,
            "max_score": self.max_score,
            "open": self.open,
            "complete": not self.open,
            "parts": [r.to_dict() for r in self.rows],
            "notes": list(self.notes),
        }


def lab_sheet(slug: str, results: list[Path], rubric: Path | None) -> LabSheet:
    """Put the sheet together from result files and a record, both optional.

    Raises LabError for a file that does not fit, RecordError, EssayError and ExerciseError.
    """
    lab = load_essay(slug)
    if not lab.parts:
        raise UnknownEssay(f"'{slug}' is a free-text task, but not a lab")
    graded = _read_all(results)
    counts, notes = _assessment(lab, rubric) if rubric else (None, [])
    needed = {g.exercise for part in lab.parts for g in part.graded}
    notes += [f"{r.path}: '{name}' is no part of this lab" for name, r in graded.items() if name not in needed]
    rows = tuple(PartScore(p, (*_from_checks(p, graded), *_from_people(p, lab, counts))) for p in lab.parts)
    return LabSheet(lab, rows, tuple(notes))


# ---------------------------------------------------------------- what checks decide


@dataclass(frozen=True)
class Taken:
    """One exercise's result, as `grade submit --format json` wrote it."""

    path: Path
    file: str
    checks: dict[str, dict[str, Any]]


def _from_checks(part: Part, graded: dict[str, Taken]) -> Iterator[PointSource]:
    for source in part.graded:
        names = ", ".join(source.needs) or "all checks"
        taken = graded.get(source.exercise)
        score, detail = (None, "no result given") if taken is None else _share(source, taken)
        yield PointSource("checks", source.exercise, names, source.points, score, detail)


def _share(source: AutogradedPoints, taken: Taken) -> tuple[float | None, str]:
    """Points in proportion to the share of the checks' points; None while a check is undecided."""
    checks = [taken.checks[c.name] for c in counted(source)]
    for check in checks:
        if check["verdict"] in UNDECIDED:
            return None, f"check '{check['name']}' {UNDECIDED[check['verdict']]}: grade {source.exercise} again"
    won, whole = sum(c["score"] for c in checks), sum(c["max_score"] for c in checks)
    return round(source.points * won / whole, 2), f"{won:g} of {whole:g} in {taken.file}"


def counted(source: AutogradedPoints) -> list[Check]:
    """The exercise's checks that have points and call nothing but the source's names. Raises LabError without any."""
    with_points = [c for c in load_exercise(source.exercise).checks if c.points]  # a bonus decides nothing here
    checks = [c for c in with_points if not source.needs or set(c.needs) <= set(source.needs)]
    if not checks:
        raise LabError(f"no check of '{source.exercise}' is about {', '.join(source.needs)} alone")
    return checks


def _read_all(paths: list[Path]) -> dict[str, Taken]:
    found: dict[str, Taken] = {}
    for path in paths:
        for exercise, taken in _read(path):
            if exercise in found:
                raise LabError(f"two results for '{exercise}': {found[exercise].path} and {path}")
            found[exercise] = taken
    return found


def _read(path: Path) -> list[tuple[str, Taken]]:
    """One result, or several that were graded together. Raises LabError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ValueError("too large")
        data = json.loads(raw)
        return [_taken(path, one) for one in data.get("results", [data])]
    except OSError as error:
        raise LabError(f"{path}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise LabError(f"{path} is not a result that `grade submit --format json` wrote: {error}") from error


def _taken(path: Path, data: dict[str, Any]) -> tuple[str, Taken]:
    exercise = data["exercise"]
    if not isinstance(exercise, str):
        raise TypeError("the exercise has no name")
    if is_essay(exercise):
        raise LabError(f"{path}: '{exercise}' is free text; its record is given with --rubric")
    checks = {str(c["name"]): c for c in data["checks"]}
    _fits(path, exercise, checks)
    file = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(data.get("file", path))[:200])
    return exercise, Taken(path, file, checks)


def _fits(path: Path, exercise: str, checks: dict[str, dict[str, Any]]) -> None:
    """Raises LabError unless these are the exercise's checks, with points that it can give."""
    expected = {c.name: c.points for c in load_exercise(exercise).checks}
    if checks.keys() != expected.keys():
        raise LabError(f"{path} was graded by another version of '{exercise}': grade the file again")
    for name, check in checks.items():
        score, whole, verdict = check["score"], check["max_score"], Verdict(check["verdict"])
        numbers = all(isinstance(v, (int, float)) and math.isfinite(v) for v in (score, whole))
        if not numbers or not 0 <= score <= whole or (whole != expected[name] and verdict not in UNDECIDED):
            raise LabError(f"{path}: check '{name}' of '{exercise}' has points that it cannot have")


# ---------------------------------------------------------------- what people decide


def _from_people(part: Part, lab: FreeTextTask, counts: Assessment | None) -> Iterator[PointSource]:
    for criterion in (c for c in lab.criteria if c.id in part.criteria):
        points = given(counts, criterion)
        detail = f"by {counts.by}" if counts and points is not None else "no points recorded"
        yield PointSource("rubric", criterion.id, criterion.idea, criterion.points, points, detail)


def _assessment(lab: FreeTextTask, path: Path) -> tuple[Assessment | None, list[str]]:
    """The assessment that counts for the report as it is now, and notes."""
    record = load_record(path)
    if record is None:
        raise LabError(f"{path}: no such file. `grade rubric` writes it beside the report.")
    if record.essay != lab.slug:
        raise LabError(f"{path} is the record of '{record.essay}', not of '{lab.slug}'")
    digest, note = _digest(record, path)
    counts = counting(record, lab, digest)
    if record.assessments and counts is None:
        note = f"{record.file} has changed since it was assessed: assess it again"
    return counts, [note] if note else []


def _digest(record: RubricRecord, path: Path) -> tuple[str | None, str]:
    """The report's digest, if it lies beside the record."""
    report = path.with_name(Path(record.file).name or "report.md")
    try:
        return read_answer(report).digest, ""
    except AnswerError:
        return None, f"{report.name} is not beside {path.name}: whether it has changed since is not known"
