"""A paper as Markdown with TeX between dollar signs, as GitHub, Jupyter and pandoc read it."""

from __future__ import annotations

import base64

from ..model import Picture, Question
from ..paper import Paper
from .phrases import HOW, criteria, explained, marks, summary, wrong_title

SUFFIX = ".md"


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The file."""
    return markdown(paper, key=key).encode()


def markdown(paper: Paper, *, key: bool = False) -> str:
    """The questions; with `key` the answers, worked solutions and what wrong answers mean follow."""
    lines = [f"# {paper.title}", "", summary(paper), ""]
    for number, question in enumerate(paper.questions, 1):
        lines += [f"**{number}.** [{question.kind}: {HOW[question.kind]}; {marks(question)}] {asked(question)}", ""]
    if key:
        lines += ["# Key", ""]
        for number, question in enumerate(paper.questions, 1):
            lines += [f"**{number}.** {facts(question)}", "", solved(question), ""]
    return "\n".join(lines)


def asked(question: Question) -> str:
    """The prompt with its picture, items and options."""
    items = [f"- {item.key}. {item.text}" for item in question.items]
    options = [f"- ({option.key}) {option.text}" for option in question.options]
    picture = [image(question.picture)] if question.picture else []
    return "\n\n".join([question.prompt, *picture, *("\n".join(block) for block in (items, options) if block)])


def image(picture: Picture) -> str:
    """The picture within the text, so that the file needs no other."""
    alt = picture.alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"![{alt}](data:image/svg+xml;base64,{base64.b64encode(picture.svg.encode()).decode()})"


def facts(question: Question) -> str:
    """What it examines and where it comes from."""
    return f"{question.topic}, {question.bloom}, {question.difficulty}; `{question.generator}`"


def solved(question: Question) -> str:
    """The worked solution, an essay's rubric, and what explains wrong answers."""
    blocks = ["\n".join(f"- {step}" for step in question.solution)]
    if question.rubric:
        blocks += ["Rubric:", "\n".join(f"- {line}" for line in criteria(question))]
    if whys := [f"- {label} *{entry.slug}*: {entry.why}" for label, entry in explained(question)]:
        blocks += [f"{wrong_title(question)}:", "\n".join(whys)]
    return "\n\n".join(blocks)

