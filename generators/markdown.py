"""A paper as Markdown with TeX between dollar signs, as GitHub, Jupyter and pandoc read it."""

from __future__ import annotations

from .model import Kind, Option, Question
from .paper import Paper

HOW = {
    Kind.MCQ: "one option; wrong: −1/3 of the marks",
    Kind.MSQ: "all right options and no other",
    Kind.NAT: "a number",
    Kind.MATRIX: "a matrix, row by row",
    Kind.EXPRESSION: "a formula",
    Kind.ORDER: "all options in order",
    Kind.MATCH: "an option for each item",
    Kind.ESSAY: "a text",
}


def markdown(paper: Paper, *, key: bool = False) -> str:
    """The questions; with `key` the answers, worked solutions and what wrong answers mean follow."""
    lines = [f"# {paper.title}", "", f"{len(paper.questions)} questions, {paper.marks} marks, about "
                                     f"{paper.minutes:g} minutes. "
             f"Seed {paper.seed}. GATE-style: only wrong MCQs cost marks.", ""]  # fmt: skip
    for number, question in enumerate(paper.questions, 1):
        lines += [*_question(number, question), ""]
    if key:
        lines += ["# Key", ""]
        for number, question in enumerate(paper.questions, 1):
            lines += [*_solution(number, question), ""]
    return "\n".join(lines)


def _question(number: int, question: Question) -> list[str]:
    marks = f"{question.marks} mark{'s' * (question.marks > 1)}"
    head = f"**{number}.** [{question.kind}: {HOW[question.kind]}; {marks}] {question.prompt}"
    items = [f"- {item.key}. {item.text}" for item in question.items]
    options = [f"- ({option.key}) {option.text}" for option in question.options]
    return [head, *(["", *items] if items else []), *(["", *options] if options else [])]


def _solution(number: int, question: Question) -> list[str]:
    steps = [f"- {step}" for step in question.solution]
    whys = [f"- ({option.key}) *{option.misconception}*: {_why(question, option)}" for option in question.options
            if option.misconception]  # fmt: skip
    head = f"**{number}.** {question.topic}, {question.bloom}, {question.difficulty}; `{question.generator}`"
    return [head, "", *steps, *(["", "Wrong options:", "", *whys] if whys else [])]


def _why(question: Question, option: Option) -> str:
    """What the misconception behind this option is told."""
    named = [entry for entry in question.misconceptions if entry.slug == option.misconception]
    return next((entry.why for entry in named if entry.value == option.key), named[0].why)
