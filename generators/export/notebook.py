"""A Jupyter notebook: under each question a cell for the answer, at the end a cell that saves all of them."""

from __future__ import annotations

from typing import Any

from ..model import Question, QuestionKind
from ..paper import Paper
from . import needed
from .markdown import asked, facts, solved
from .phrases import asked_kinds, marks, summary

SUFFIX = ".ipynb"

EXAMPLES = {
    QuestionKind.MCQ: "B",
    QuestionKind.MSQ: "A, C",
    QuestionKind.NAT: "1792",
    QuestionKind.MATRIX: "1 2; 3 4",
    QuestionKind.EXPRESSION: "3*(C + 1)^2",
    QuestionKind.ORDER: "C, A, B",
    QuestionKind.MATCH: "P-2, Q-1",
    QuestionKind.ESSAY: "your text",
}

SAVE = '''\
import csv

numbers = range(1, {count} + 1)
with open("answers.csv", "w", newline="", encoding="utf-8") as file:
    table = csv.writer(file)
    table.writerow(["student", "paper", *(f"q{{n}}" for n in numbers)])
    table.writerow([student, {form}, *(answers.get(n, "") for n in numbers)])
print(sum(bool(answers.get(n)) for n in numbers), "of {count} answers saved in answers.csv")'''


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The file; with `key` each answer's cell is followed by the solution."""
    cells = [_text("title", _title(paper)), _code("start", 'student = ""  # name or roll number\nanswers = {}')]
    for number, question in enumerate(paper.questions, 1):
        cells += _question(number, question, key)
    cells += [_text("save-title", "## Save the answers"),
              _code("save", SAVE.format(count=len(paper.questions), form=paper.form))]  # fmt: skip
    book: Any = needed("nbformat.v4", "documents").new_notebook(cells=cells, metadata=_metadata(paper))
    text: str = needed("nbformat", "documents").writes(book)
    return (text + "\n").encode()


def _title(paper: Paper) -> str:
    kinds = "\n".join(f"- **{kind}**: {how}" for kind, how in asked_kinds(paper))
    return f"# {paper.title}\n\n{summary(paper)}\n\n{kinds}"


def _metadata(paper: Paper) -> dict[str, Any]:
    return {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "title": paper.title,
    }


def _question(number: int, question: Question, key: bool) -> list[Any]:
    head = f"## Question {number}\n\n*{question.kind}, {marks(question)}*"
    cells = [
        _text(f"q{number}", f"{head}\n\n{asked(question)}"),
        _code(f"q{number}-answer", f'answers[{number}] = ""  # for example "{EXAMPLES[question.kind]}"'),
    ]
    solution = f"### Solution of question {number}\n\n{facts(question)}\n\n{solved(question)}"
    return cells + [_text(f"q{number}-solution", solution)] * key


def _text(name: str, source: str) -> Any:
    return needed("nbformat.v4", "documents").new_markdown_cell(source, id=name)


def _code(name: str, source: str) -> Any:
    return needed("nbformat.v4", "documents").new_code_cell(source, id=name)
