"""`grade rubric`: people give points to an answer, criterion by criterion; every answer is saved at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from ...clean import clean
from ...errors import FULL, LESS, GraderError
from ...freetext import text as essay_text
from ...freetext.assessment import (
    Assessment,
    RubricRecord,
    Standing,
    given,
    load_record,
    now,
    plain,
    record_path,
    save_record,
    standing,
)
from ...freetext.essays import RubricCriterion, load_essay
from ...report.layout import line
from .author import login_name
from .essay import essay_table, read_standing
from .output import show_lines, show_tables

MAX_NAME, MAX_COMMENT = 200, 4000
KEYS = "Enter the points, or: s leave open, b go back, q stop here (what you entered is saved)."


class InvalidPoints(GraderError):
    """The text is not a number of points that the criterion allows."""


@dataclass(frozen=True)
class AssessOptions:
    """The task, points as CRITERION=POINTS, the assessor and a comment."""

    exercise: str | None
    points: Sequence[str]
    by: str | None
    comment: str | None


def show_rubrics(slug: str | None) -> int:
    """Print one rubric, or a table of all tasks; returns the exit code."""
    if slug is not None:
        show_lines(essay_text.rubric_lines(load_essay(slug)))
    else:
        show_tables(essay_table())
    return FULL


def assess(file: str, options: AssessOptions) -> int:
    """Record an assessment; asks for the points if the options have none. Returns the exit code."""
    found = read_standing(file, options.exercise)
    if options.points or options.comment is not None:
        Draft(found, _name(options.by or login_name())).enter(_parsed(options.points, found), options.comment)
    else:
        interview(found, options.by)
    found = standing(found.essay, found.answer, named=found.named)
    _conclude(found)
    return FULL if found.complete else LESS


def _conclude(found: Standing) -> None:
    lines = list(essay_text.verdict_lines(found))
    if found.record is not None:
        lines.append(line(f"recorded in {clean(str(record_path(found.answer.path)), 300)}", "dim"))
    show_lines(lines)


# ---------------------------------------------------------------- the assessment being made


class Draft:
    """One person's assessment of one text: goes on with an unfinished one, begins from a finished one anew."""

    def __init__(self, found: Standing, by: str):
        self.found = found
        self.path = record_path(found.answer.path)
        own = [a for a in (found.record.assessments if found.record else ()) if _is_of(a, by, found)]
        self.last = own[-1] if own else None
        self.finished = self.last is not None and not self.last.open(found.essay)
        self.saved = None if self.finished else self.last
        self.now = self._begun(by)

    def _begun(self, by: str) -> Assessment:
        essay = self.found.essay
        points = {c.id: p for c in essay.criteria if (p := given(self.last, c)) is not None}
        comment = self.last.comment if self.last else ""
        return Assessment(by, now(), self.found.answer.digest, essay.fingerprint, points, comment)

    def enter(self, points: dict[str, float], comment: str | None = None) -> None:
        """Add to the assessment and save it, beside whatever others recorded meanwhile."""
        text = self.now.comment if comment is None else _comment(comment)
        self.now = replace(self.now, at=now(), points=self.now.points | points, comment=text)
        record = load_record(self.path) or RubricRecord(self.found.essay.slug, plain(self.found.answer.path.name))
        save_record(self.path, record.with_last(self.now, instead_of=self.saved))
        self.saved = self.now


def _is_of(assessment: Assessment, by: str, found: Standing) -> bool:
    return assessment.by == by and assessment.digest == found.answer.digest


def _name(text: str) -> str:
    name = " ".join(clean(plain(text), MAX_NAME).split())
    if not name:
        raise GraderError("the assessor's name is empty (--by)")
    return name


def _comment(text: str) -> str:
    if len(text) > MAX_COMMENT:
        raise GraderError(f"the comment is longer than {MAX_COMMENT} characters")
    return clean(plain(text), MAX_COMMENT).strip()


def _parsed(pairs: Sequence[str], found: Standing) -> dict[str, float]:
    """Parse `idea=2` and so on. Raises GraderError."""
    points: dict[str, float] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        criterion = found.essay.criterion(name.strip())
        if criterion is None or not sign:
            known = f"the criteria of {found.essay.slug} are {', '.join(c.id for c in found.essay.criteria)}"
            raise GraderError(f"--points {pair}: write CRITERION=POINTS; {known}")
        if criterion.id in points:
            raise GraderError(f"--points {pair}: '{criterion.id}' is given twice")
        points[criterion.id] = _points(value, criterion)
    return points


def _points(text: str, criterion: RubricCriterion) -> float:
    """Parse a number that the criterion allows. Raises InvalidPoints."""
    try:
        points = round(float(text.strip().replace(",", ".")), 2)
    except ValueError:
        points = math.nan
    if not 0 <= points <= criterion.points:
        typed = clean(text, 40).strip()
        raise InvalidPoints(f"'{typed}' is not a number from 0 to {criterion.points:g} (for '{criterion.id}')")
    return points + 0.0  # turns -0.0 into 0.0


# ---------------------------------------------------------------- asking


def interview(found: Standing, by: str | None) -> None:
    """Ask for the points of each criterion that is open. Ctrl-C or the end of input stops; nothing is lost."""
    show_lines([*essay_text.answer_lines(found)])
    try:
        draft = Draft(found, _name(by if by is not None else click.prompt("Your name", default=_usual(found))))
        if draft.finished and not _again(draft):
            return
        if _ask_all(draft):
            draft.enter({}, _ask_comment(draft.now.comment))
            return
    except click.Abort:
        click.echo()
    click.echo("Stopped. The same command goes on from here.")


def _usual(found: Standing) -> str:
    """Who has begun to assess this text, else the login name."""
    begun = found.counts is not None and not found.complete
    return found.counts.by if begun and found.counts else login_name()


def _again(draft: Draft) -> bool:
    show_lines(essay_text.verdict_lines(draft.found))
    return click.confirm("You have assessed this text. Assess it again?", default=False)


def _ask_all(draft: Draft) -> bool:
    """Ask from the first open criterion on; returns whether the assessor reached the end."""
    essay = draft.found.essay
    still = {c.id for c in draft.now.open(essay)}
    position = next((i for i, c in enumerate(essay.criteria) if c.id in still), 0)
    click.echo(KEYS)
    while position < len(essay.criteria):
        _present(draft, position)
        answer = _ask(essay.criteria[position], draft.now)
        if answer == "q":
            return False
        if isinstance(answer, float):
            draft.enter({essay.criteria[position].id: answer})
        position = max(position - 1, 0) if answer == "b" else position + 1
    return True


def _present(draft: Draft, position: int) -> None:
    essay = draft.found.essay
    criterion = essay.criteria[position]
    click.echo(f"\n{position + 1} of {len(essay.criteria)}")
    lines = list(essay_text.criterion_lines(criterion, given(draft.now, criterion)))
    for wrong in (c for c in essay.contradictions if c.against == criterion.id):
        lines += essay_text.contradiction_lines(wrong)
    show_lines(lines)


def _ask(criterion: RubricCriterion, draft: Assessment) -> float | str:
    """Ask for points; returns them, or one of the letters s, b, q."""
    before = given(draft, criterion)
    default = None if before is None else f"{before:g}"
    while True:
        said: str = click.prompt(f"Points (0 to {criterion.points:g})", default=default).strip().lower()
        if said in ("s", "b", "q"):
            return said
        try:
            return _points(said, criterion)
        except InvalidPoints as error:
            click.echo(str(error))


def _ask_comment(before: str) -> str:
    if not before:
        return _prompt("Comment (Enter: none)", "")
    click.echo(f"Comment so far: {before}")
    said = _prompt("Comment (Enter: keep, -: remove)", before)
    return "" if said.strip() == "-" else said


def _prompt(what: str, default: str) -> str:
    said: str = click.prompt(what, default=default, show_default=False)
    return said
