"""`grade quiz mark`: a class's answers to one paper or several."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generators.answers import Answers, AnswersError, AnswersProblem, read_answers
from generators.classes import ClassResults, mark_class
from generators.marking import GATE, Scheme
from generators.paper import Paper
from generators.results import mixed, titled

from ...clean import clean
from ...errors import FULL, LESS, GraderError
from .output import deliver
from .quiz_items import keep
from .quiz_session import read_paper

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

MOST_PROBLEMS, MOST_MISTAKES = 20, 12


@dataclass(frozen=True)
class MarkOptions:
    """Files: the papers, the answers, the scheme, the roster. `to_all`: withdrawn questions.

    `where`: the gradebook that keeps how each question went.
    """

    papers: tuple[str, ...]
    answers: str
    scheme: str | None
    to_all: tuple[str, ...]
    roster: str | None
    where: str | None = None


def mark_files(options: MarkOptions, form: str | None, output: str | None) -> int:
    """Mark and show the results; the file's ending stands in for a missing form. Returns the exit code."""
    form = form or _by_ending(output)
    results = _marked([read_paper(Path(paper)) for paper in options.papers], options)
    if options.where:
        kept = keep(results, options.where)
        click.echo(f"{kept} answers kept in {options.where}: grade quiz stats --gradebook {options.where}", err=True)
    if form == "text" and output is None:
        _show(results)
    else:
        deliver(_rendered(results, form), output)
    _report(results.problems, options.answers)
    return LESS if any(problem.left_out for problem in results.problems) else FULL


def _by_ending(output: str | None) -> str:
    ending = (output or "").rpartition(".")[2].lower()
    return ending if ending in ("csv", "json") else "text"


def _marked(papers: list[Paper], options: MarkOptions) -> ClassResults:
    """Mark the answers. Raises GraderError if a file or an option does not fit the papers."""
    forms = [paper.form for paper in papers]
    if len(set(forms)) < len(forms):
        twice = max(forms, key=forms.count)
        raise GraderError(f"two papers are number {twice}; a class's papers come from one `grade quiz new --papers N`")
    read = _answers(options.answers, papers)
    withdrawn = [_withdrawn(text, papers) for text in options.to_all]
    students = _students(options.roster) if options.roster else None
    return mark_class(papers, read, _scheme(options.scheme), to_all=withdrawn, roster=students)


def _answers(file: str, papers: list[Paper]) -> Answers:
    try:
        read = read_answers(_bytes(file), max(len(paper.questions) for paper in papers))
        if len(papers) > 1 and not any(row.paper for row in read.rows):
            raise AnswersError("several papers need a column called paper, with the number of each student's paper")
    except AnswersError as problem:
        raise GraderError(f"{file}: {problem}") from problem
    return read


def _bytes(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as problem:
        raise GraderError(f"{file}: {problem.strerror or problem}") from problem


def _withdrawn(text: str, papers: list[Paper]) -> tuple[int, int]:
    """Parse 7, or 2.7 for question 7 of paper 2; returns paper and question."""
    form, _, number = text.rpartition(".")
    paper = next((p for p in papers if str(p.form) == form or (not form and len(papers) == 1)), None)
    if paper is None or not number.isdecimal() or not 1 <= int(number) <= len(paper.questions):
        what = "the number of a question" if len(papers) == 1 else "paper and question, as 2.7"
        raise GraderError(f"--to-all {text}: has to be {what}, from 1 to {len(papers[0].questions)}")
    return paper.form, int(number)


def _students(file: str) -> tuple[str, ...]:
    """Read the first column of a list, without its heading."""
    text = _bytes(file).decode("utf-8-sig", "replace")
    rows = [line.replace(";", ",").replace("\t", ",").split(",")[0].strip().strip('"') for line in text.splitlines()]
    names = [" ".join(row.split()) for row in rows if row.strip()]
    names = names[1:] if names and names[0].lower() in ("student", "id", "name") else names
    if not names:
        raise GraderError(f"{file}: no students in it; one a line, as in the answers")
    return tuple(dict.fromkeys(names))


def _scheme(file: str | None) -> Scheme:
    if file is None:
        return GATE
    text = _bytes(file).decode("utf-8-sig", "replace")
    try:
        return Scheme.from_json(tomllib.loads(text) if file.lower().endswith(".toml") else json.loads(text))
    except (ValueError, RecursionError) as problem:
        raise GraderError(f"{file}: {problem}") from problem


# ---------------------------------------------------------------- showing


def _rendered(results: ClassResults, form: str) -> str:
    if form == "json":
        return json.dumps(results.as_json(), ensure_ascii=False, indent=1)
    if form == "csv":
        return results.as_csv().rstrip("\n")
    import io

    from rich.console import Console

    page = Console(file=io.StringIO(), width=100)
    _show(results, page)
    text: str = page.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(row.rstrip() for row in text.rstrip().splitlines())


def _show(results: ClassResults, console: object = None) -> None:
    from rich.console import Console

    page = console if isinstance(console, Console) else Console(highlight=False)
    page.print(_students_table(results), "", _items_table(results), "", _topics_table(results), sep="\n")
    if found := results.misconceptions():
        table = _table("behind wrong answers", "students", "what to tell them", right=("students",))
        for slug, (count, why) in list(found.items())[:MOST_MISTAKES]:
            table.add_row(titled(slug), str(count), _text(why))
        page.print("", table, sep="\n")
        if len(found) > MOST_MISTAKES:
            page.print(f"… and {len(found) - MOST_MISTAKES} more; --format json lists all")
    if results.absent:
        page.print(_text("\nNo answers from: " + ", ".join(results.absent)))


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def _text(text: str) -> Text:
    """Make text safe to print: no markup, no control characters."""
    from rich.text import Text

    from ...report import readable

    words = ["".join(part for part, _ in row.text) for row in readable.lines(text)]
    return Text(clean(" ".join(words), 400))


def _students_table(results: ClassResults) -> Table:
    from rich.text import Text

    numbers = ("marks", "of", "%", "right", "wrong", "unread", "open")
    table = _table("student", *numbers, right=numbers)
    for result in results.results:
        sheet, of = result.sheet, result.sheet.paper.marks
        table.add_row(
            Text(clean(result.student, 60)), mixed(sheet.total), str(of), f"{100 * float(sheet.total) / of:.0f}",
            str(sheet.count("right", "to_all")), str(sheet.count("wrong", "partial")), str(sheet.count("unreadable")),
            str(sheet.count("blank")),
        )  # fmt: skip
    totals = [result.sheet.total / result.sheet.paper.marks for result in results.results]
    if totals:
        mean = 100 * float(sum(totals) / len(totals))
        table.add_row(Text(f"mean of {len(totals)}", "bold"), "", "", f"{mean:.0f}", "", "", "", "")
    return table


def _items_table(results: ClassResults) -> Table:
    columns = ("question", "topic", "kind", "facility", "right", "wrong", "unread", "open", "most frequent mistake")
    table = _table(*columns, right=("question", "facility", "right", "wrong", "unread", "open"))
    for item in results.items():
        o = item.outcomes
        first = next(((titled(slug), count) for slug, count in item.misconceptions.items()), None)
        table.add_row(
            item.place, item.question.topic, str(item.question.kind), f"{float(item.facility):.2f}",
            str(o["right"] + o["to_all"]), str(o["wrong"] + o["partial"]), str(o["unreadable"]),
            str(o["blank"]), f"{first[0]} ({first[1]})" if first else "",
        )  # fmt: skip
    return table


def _topics_table(results: ClassResults) -> Table:
    table = _table("topic", "marks of all", "%", right=("marks of all", "%"))
    for name, (earned, possible) in results.topics().items():
        table.add_row(name, f"{mixed(earned)} of {possible}", f"{100 * float(earned) / possible:.0f}")
    return table


def _report(problems: Sequence[AnswersProblem], file: str) -> None:
    """Print the problems with their lines, first those that left a line unmarked."""
    for problem in sorted(problems, key=lambda p: not p.left_out)[:MOST_PROBLEMS]:
        note = " (not marked)" if problem.left_out else ""
        click.echo(clean(f"{file}, line {problem.line}: {problem.text}{note}", 400), err=True)
    if len(problems) > MOST_PROBLEMS:
        click.echo(f"… and {len(problems) - MOST_PROBLEMS} more; --format json lists all", err=True)
