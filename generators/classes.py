"""A class's results: sheets, facility of each question, topics, misconceptions, as data and as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .answers import Answers, AnswersProblem, AnswersRow
from .marking import GATE, Scheme, mark
from .model import Question
from .paper import Paper
from .results import MarkedPaper, as_record, decimal, mark_paper, mixed

OUTCOMES = ("right", "partial", "wrong", "blank", "unreadable", "to_all", "unmarked")
_GROUP = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class StudentResult:
    """One student's sheet, and the line that it comes from."""

    student: str
    line: int
    sheet: MarkedPaper


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """How a question went. `facility`: the mean share of its marks that was earned, negative shares included.

    `place`: its number, with the paper's before it where there are several: 2.7.
    """

    place: str
    question: Question
    facility: Fraction
    outcomes: Mapping[str, int]
    misconceptions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClassResults:
    """The marked papers of a class. `absent`: students of the roster without a line."""

    papers: tuple[Paper, ...]
    results: tuple[StudentResult, ...]
    problems: tuple[AnswersProblem, ...]
    absent: tuple[str, ...] = ()

    def items(self) -> list[ItemStatistics]:
        """Every question of every paper that a student handed in."""
        return [
            self._item(paper, index, sheets)
            for paper in self.papers
            if (sheets := [r.sheet for r in self.results if r.sheet.paper is paper])
            for index in range(len(paper.questions))
        ]

    def _item(self, paper: Paper, index: int, sheets: Sequence[MarkedPaper]) -> ItemStatistics:
        question = paper.questions[index]
        marks = [sheet.marks[index] for sheet in sheets]
        named = [entry.misconception.slug for entry in marks if entry.misconception]
        place = f"{paper.form}.{index + 1}" if len(self.papers) > 1 else str(index + 1)
        facility = sum((entry.marks for entry in marks), Fraction(0)) / (question.marks * len(marks))
        outcomes = [entry.outcome for entry in marks]
        counts = {name: outcomes.count(name) for name in OUTCOMES}
        return ItemStatistics(place, question, facility, counts, _counted(named))

    def topics(self) -> dict[str, tuple[Fraction, int]]:
        """Topic → marks earned by all, marks possible for all."""
        sums: dict[str, tuple[Fraction, int]] = {}
        for share in (share for result in self.results for share in result.sheet.by_topic()):
            earned, possible = sums.get(share.name, (Fraction(0), 0))
            sums[share.name] = (earned + share.marks, possible + share.possible)
        return sums

    def misconceptions(self) -> dict[str, tuple[int, str]]:
        """Slug → how many students showed it, and what to tell them; the most frequent first."""
        whys: dict[str, str] = {}
        named: list[str] = []
        for result in self.results:
            for slug, cases in result.sheet.misconceptions().items():
                whys.setdefault(slug, cases[0][1].why)
                named.append(slug)
        return {slug: (count, whys[slug]) for slug, count in _counted(named).items()}

    def as_json(self) -> dict[str, Any]:
        """Plain data; marks both exact and as decimals."""
        return {
            "papers": [{"title": p.title, "seed": p.seed, "form": p.form, "marks": p.marks} for p in self.papers],
            "students": [_student(result) for result in self.results],
            "absent": list(self.absent),
            "questions": [_record(item) for item in self.items()],
            "topics": {name: {"marks": as_record(got), "possible": possible, "share": float(got / possible)}
                       for name, (got, possible) in self.topics().items()},
            "misconceptions": {slug: {"students": n, "why": why} for slug, (n, why) in self.misconceptions().items()},
            "problems": [{"line": p.line, "text": p.text, "left_out": p.left_out} for p in self.problems],
        }  # fmt: skip

    def as_csv(self) -> str:
        """One line a student. Names that a spreadsheet would run as formulas get an apostrophe in front."""
        width = max(len(paper.questions) for paper in self.papers)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["student", "paper", "marks", "marks_exact", "of", *OUTCOMES,
                         *(f"q{number}" for number in range(1, width + 1))])  # fmt: skip
        for result in self.results:
            sheet = result.sheet
            writer.writerow([
                guarded(result.student), sheet.paper.form, decimal(sheet.total), _spreadsheet(sheet.total),
                sheet.paper.marks, *(sheet.count(outcome) for outcome in OUTCOMES),
                *(decimal(entry.marks) for entry in sheet.marks),
            ])  # fmt: skip
        return out.getvalue()


def mark_class(
    papers: Sequence[Paper],
    answers: Answers,
    scheme: Scheme = GATE,
    *,
    to_all: Collection[tuple[int, int]] = (),
    roster: Collection[str] | None = None,
) -> ClassResults:
    """Mark every line. `to_all`: withdrawn questions as (form, number). `roster`: all students of the course."""
    forms = {paper.form: paper for paper in papers}
    problems, results = list(answers.problems), []
    for row in answers.rows:
        paper = _paper_of(row, forms, problems)
        if paper is None:
            continue
        if roster is not None and row.student not in roster:
            problems.append(AnswersProblem(row.line, f"{row.student} is not on the roster; marked all the same"))
        withdrawn = [number for form, number in to_all if form == paper.form]
        sheet = mark_paper(paper, row.answers, scheme, to_all=withdrawn, decimal_comma=answers.decimal_comma)
        problems += _unreadable(row, sheet)
        problems += _thousands(row, sheet) if answers.decimal_comma else ()
        results.append(StudentResult(row.student, row.line, sheet))
    written = {result.student for result in results}
    absent = tuple(student for student in roster or () if student not in written)
    return ClassResults(tuple(papers), tuple(results), tuple(sorted(problems, key=lambda p: p.line)), absent)


def _paper_of(row: AnswersRow, forms: Mapping[int, Paper], problems: list[AnswersProblem]) -> Paper | None:
    if not row.paper and len(forms) == 1:
        return next(iter(forms.values()))
    paper = next((paper for form, paper in forms.items() if row.paper.lstrip("0") == str(form)), None)
    if paper is None:
        there = " and ".join(map(str, forms))
        said = f"paper '{row.paper}'" if row.paper else "no paper"
        problems.append(AnswersProblem(row.line, f"{row.student} has {said}; given to mark: {there}", left_out=True))
    return paper


def _unreadable(row: AnswersRow, sheet: MarkedPaper) -> list[AnswersProblem]:
    typed = {number: row.answers[number].strip()[:40] for number in row.answers}
    return [
        AnswersProblem(row.line, f"{row.student}, q{number}: '{typed[number]}' is not readable: {result.message}")
        for number, result in enumerate(sheet.marks, 1)
        if result.outcome == "unreadable"
    ]


def _thousands(row: AnswersRow, sheet: MarkedPaper) -> list[AnswersProblem]:
    """Where a decimal comma makes an answer wrong, and a comma between thousands would have made it right."""
    problems = []
    for number, (question, result) in enumerate(zip(sheet.paper.questions, sheet.marks, strict=True), 1):
        answer = row.answers.get(number, "")
        if result.outcome not in ("wrong", "partial") or not _GROUP.search(answer):
            continue
        if mark(question, _GROUP.sub("", answer)).outcome == "right":
            note = "is wrong with a decimal comma, as commas are in this file, and right with one between thousands"
            problems.append(AnswersProblem(row.line, f"{row.student}, q{number}: '{answer.strip()[:40]}' {note}"))
    return problems


def _counted(names: list[str]) -> dict[str, int]:
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else text


def _spreadsheet(value: Fraction) -> str:
    """17 1/3, and 0 1/3 where there is no whole part: a spreadsheet takes 1/3 for the first of March."""
    text = mixed(abs(value))
    sign = "-" if value < 0 else ""
    return sign + (f"0 {text}" if "/" in text and " " not in text else text)


def _student(result: StudentResult) -> dict[str, Any]:
    sheet = result.sheet
    questions = [
        {"number": number, "marks": as_record(entry.marks), "outcome": entry.outcome,
         "misconception": entry.misconception and entry.misconception.slug, "message": entry.message}
        for number, entry in enumerate(sheet.marks, 1)
    ]  # fmt: skip
    return {"student": result.student, "line": result.line, "paper": sheet.paper.form,
            "marks": as_record(sheet.total), "of": sheet.paper.marks, "questions": questions}  # fmt: skip


def _record(item: ItemStatistics) -> dict[str, Any]:
    q = item.question
    return {"place": item.place, "generator": q.generator, "topic": q.topic, "kind": str(q.kind), "marks": q.marks,
            "facility": float(decimal(item.facility)), "outcomes": dict(item.outcomes),
            "misconceptions": dict(item.misconceptions)}  # fmt: skip
