"""A paper as a document of pandoc's blocks. The target decides how its parts look: see `Look`."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from ..model import Picture, Question, QuestionKind, WrongAnswer
from ..paper import Paper
from .markdown import facts
from .pandoc import Node, blocks, bullets, element, heading, line, words
from .phrases import criteria, explained, wrong_title

ASKS = {
    QuestionKind.NAT: "Answer:",
    QuestionKind.MATRIX: "Matrix, row by row:",
    QuestionKind.EXPRESSION: "Formula:",
    QuestionKind.ORDER: "Order:",
    QuestionKind.MATCH: "Pairs:",
}


class Look(Protocol):
    """How a target shows the parts for which pandoc has no element. Options and items are pairs of a key and a text."""

    def question(self, number: int, question: Question, content: list[Node]) -> list[Node]:
        """A question under its number, kind and marks."""

    def choices(self, entries: list[tuple[str, list[Node]]]) -> list[Node]:
        """Lines to choose from."""

    def picture(self, name: str, picture: Picture) -> list[Node]:
        """The picture in the file `name`.svg of the folder."""

    def space(self, label: str, lines: int) -> list[Node]:
        """Room for an answer."""

    def part(self, title: str) -> list[Node]:
        """A part that begins on a new page."""


def document(paper: Paper, look: Look, *, key: bool) -> list[Node]:
    """The questions; with `key` the solution book follows."""
    found = [node for number, question in enumerate(paper.questions, 1)
             for node in look.question(number, question, asked(number, question, look))]  # fmt: skip
    if key:
        found += look.part("Answers and solutions")
        for number, question in enumerate(paper.questions, 1):
            found += [heading(3, *words(f"{number}. "), *line(facts(question))), *solved(question)]
    return found


def asked(number: int, question: Question, look: Look) -> list[Node]:
    """Prompt, picture, items, options and the room for the answer."""
    content = blocks(question.prompt)
    if question.picture:
        content += look.picture(str(number), question.picture)
    if question.items:
        content += look.choices([(f"{item.key}.", line(item.text)) for item in question.items])
    if question.options:
        content += look.choices([(f"({option.key})", line(option.text)) for option in question.options])
    if question.kind == QuestionKind.ESSAY:
        return content + look.space("", 2 * question.marks)
    return content + (look.space(ASKS[question.kind], 1) if question.kind in ASKS else [])


def solved(question: Question) -> list[Node]:
    """The worked solution, an essay's rubric, and what explains wrong answers."""
    found = [bullets([line(step) for step in question.solution])]
    if question.rubric:
        found += [heading(4, *words("Rubric")), bullets([line(entry) for entry in criteria(question)])]
    if whys := explained(question):
        found += [heading(4, *words(wrong_title(question))), bullets([_why(*why) for why in whys])]
    return found


def _why(label: str, entry: WrongAnswer) -> list[Node]:
    return [*line(label), *words(" "), element("Emph", words(entry.slug)), *words(": "), *line(entry.why)]


def save_pictures(paper: Paper, folder: Path) -> None:
    """The pictures as files in the folder, each under its question's number."""
    for number, question in enumerate(paper.questions, 1):
        if question.picture:
            (folder / f"{number}.svg").write_text(question.picture.svg, encoding="utf-8")
