"""Free-text tasks in the terminal: a rubric, an answer beside its rubric, a lab's sheet."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from ..clean import clean
from ..report.layout import TextLine, line
from .assessment import Assessment, Standing, given
from .essays import KINDS, Contradiction, FreeTextTask, RubricCriterion
from .lab import LabSheet, PartScore

MAX_ANSWER = 8000
POINTS = 9  # width of the column of points


def standing_lines(found: Standing) -> Iterator[TextLine]:
    """What `grade submit` shows: question, rubric with the points recorded so far, how to go on."""
    essay = found.essay
    yield TextLine(((essay.title, "bold"), ("  " + clean(str(found.answer.path), 200), "dim")))
    yield line(f"{_tags(essay)}  ·  {found.answer.words} words", "dim")
    yield from _question(essay)
    yield from _criteria(essay, found.counts)
    yield from _guidance(essay)
    yield from verdict_lines(found)
    if not found.complete:
        yield line("Compare your text with the rubric, then record the points, one criterion at a time:", "dim")
        yield line(command(found), "bold", 2)


def command(found: Standing) -> str:
    """The command that records points for this file."""
    file = shlex.quote(clean(str(found.answer.path), 200))
    return f"grade rubric {file}" + (f" --exercise {found.essay.slug}" if found.named else "")


def verdict_lines(found: Standing) -> Iterator[TextLine]:
    """Points and standing, earlier assessments, notes."""
    colour = "green" if found.full_marks else "yellow" if found.score else ""
    points = f"{found.score:g} of {found.essay.points:g} points"
    yield TextLine(((points, f"bold {colour}".strip()), (f"  ·  {clean(found.summary, 300)}", "")))
    if found.counts is not None and found.counts.comment:
        yield line(clean(found.counts.comment, 2000), indent=2)
    for note in found.notes:
        yield line(clean(note, 500), "yellow")
    for earlier in _others(found)[-5:]:
        yield line(_in_short(earlier, found.essay), "dim")


def _others(found: Standing) -> list[Assessment]:
    return [a for a in found.record.assessments if a is not found.counts] if found.record else []


def _in_short(found: Assessment, essay: FreeTextTask) -> str:
    unfinished = ", not finished" if found.open(essay) else ""
    return f"also recorded: {found.score(essay):g} by {clean(found.by, 100)}, {clean(found.at, 40)}{unfinished}"


# ---------------------------------------------------------------- the rubric


def rubric_lines(essay: FreeTextTask) -> Iterator[TextLine]:
    """What `grade rubric --show` shows."""
    yield TextLine(((essay.title, "bold"), (f"  {essay.slug}", "dim")))
    yield line(f"{_tags(essay)}  ·  {essay.points:g} points", "dim")
    yield from _question(essay)
    yield from _criteria(essay, None)
    yield from _guidance(essay)


def started_lines(essay: FreeTextTask, file: str) -> Iterator[TextLine]:
    """What `grade start` shows: the question and how to go on."""
    yield line(essay.title, "bold")
    yield line(f"{_tags(essay)}  ·  {essay.points:g} points", "dim")
    yield from _question(essay)
    yield TextLine(((file, "bold"), (" is yours to write in. Then: ", ""), (f"grade submit {file}", "bold")))


def _tags(essay: FreeTextTask) -> str:
    return "  ·  ".join([KINDS[essay.kind], essay.bloom, essay.level, ", ".join(essay.topics)])


def _question(essay: FreeTextTask) -> Iterator[TextLine]:
    yield TextLine()
    yield from (line(p, indent=2) for p in paragraphs(essay.question))
    yield TextLine()


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs, each in one line: the terminal wraps them. Items of a list stay lines of their own."""
    lines = ["\n" + row if row.startswith("- ") or not row else row for row in text.split("\n")]
    return [p.strip() for p in " ".join(lines).split("\n")]


def _criteria(essay: FreeTextTask, counts: Assessment | None) -> Iterator[TextLine]:
    yield line("Rubric", "bold")
    for criterion in essay.criteria:
        yield from criterion_lines(criterion, given(counts, criterion))


def criterion_lines(criterion: RubricCriterion, points: float | None = None) -> Iterator[TextLine]:
    """One criterion: points, required idea, accepted wordings, what earns a part."""
    label = (_points(points, criterion.points), "bold" if points else "")
    yield TextLine(((criterion.id, "bold cyan"), (f"  {criterion.idea}", "")), POINTS + 2, (label,))
    for wording in criterion.accept:
        yield TextLine(((f"or: {wording}", "dim"),), POINTS + 4)
    for part in criterion.partial:
        yield TextLine(((f"{part.points:g} for: {part.text}", "dim"),), POINTS + 4)


def _points(won: float | None, whole: float, width: int = POINTS) -> str:
    return f"{'–' if won is None else f'{won:g}'}/{whole:g}".rjust(width)


def _guidance(essay: FreeTextTask) -> Iterator[TextLine]:
    yield TextLine()
    yield line("Wrong claims, and why", "bold")
    for found in essay.contradictions:
        yield from contradiction_lines(found)
    yield TextLine()
    yield line("Bands", "bold")
    for band in essay.bands:
        label = (f"from {band.least:g}".rjust(POINTS), "")
        yield TextLine(((band.name, "bold"), (f"  {band.text}", "")), POINTS + 2, (label,))
    yield TextLine()
    yield line("A good answer says", "bold")
    for point in essay.model:
        yield TextLine(((point, ""),), 4, (("  ·", ""),))
    yield TextLine()


def contradiction_lines(found: Contradiction) -> Iterator[TextLine]:
    """A wrong claim, why it is wrong, and whose points are not given beside it."""
    against = f"  (no points for {found.against})" if found.against else ""
    yield TextLine(((f"“{found.claim}”", "yellow"), (against, "dim")), 4, (("  →", "yellow"),))
    yield line(found.why, indent=4)


def answer_lines(found: Standing) -> Iterator[TextLine]:
    """The answer itself, as text."""
    text = clean(found.answer.text.strip("\n"), MAX_ANSWER)
    yield from (TextLine(((row, ""),), 4, (("  |", "dim"),)) for row in text.split("\n"))


# ---------------------------------------------------------------- a lab's sheet


def sheet_lines(sheet: LabSheet) -> Iterator[TextLine]:
    """What `grade lab` shows: parts, their sources, what is open."""
    yield line(sheet.lab.title, "bold")
    yield TextLine()
    for row in sheet.rows:
        yield from _row(row)
    yield TextLine()
    still = f"  ·  {sheet.open:g} still open" if sheet.open else ""
    yield line(f"{sheet.score:g} of {sheet.max_score:g} points{still}", "bold")
    yield from (line(clean(note, 500), "yellow") for note in sheet.notes)


def _row(row: PartScore) -> Iterator[TextLine]:
    label = (_points(row.score if row.begun else None, row.part.points), "bold")
    still = f"  ({row.open:g} open)" if row.open else ""
    yield TextLine(((row.part.title, "bold"), (still, "yellow")), POINTS + 2, (label,))
    for entry in row.entries:
        style = "yellow" if entry.score is None else "dim"
        label = (_points(entry.score, entry.max_score, 2 * POINTS), style)
        text = f"{entry.name} ({clean(entry.title, 60)})" if entry.source == "checks" else entry.name
        yield TextLine(((f"{text}: {clean(entry.detail, 300)}", style),), 2 * POINTS + 2, (label,))
