"""Papers: no variant twice, the same from the same seed, and as Markdown."""

from __future__ import annotations

import json
import re

import pytest

from generators.blueprint import practice
from generators.draw import DrawError
from generators.export.markdown import markdown
from generators.export.phrases import HOW
from generators.model import QuestionKind
from generators.paper import Paper, make_papers
from generators.registry import slugs


def make_paper(count: int, seed: int, **choice: list[str]) -> Paper:
    return make_papers(practice(count, **choice), seed)[0]  # type: ignore[arg-type]


def test_a_paper_repeats_nothing_and_can_be_made_again() -> None:
    paper = make_paper(120, 7)
    assert len({(q.generator, str(q.params)) for q in paper.questions}) == 120
    without_a_person = set(slugs()) - {"essay"}
    assert {q.generator for q in paper.questions[: len(without_a_person)]} == without_a_person
    assert json.dumps(make_paper(120, 7).as_json()) == json.dumps(paper.as_json())
    assert make_paper(5, 8).questions != make_paper(5, 9).questions


def test_filters() -> None:
    assert {q.topic for q in make_paper(12, 1, topics=["padding"]).questions} == {"padding"}
    assert {q.kind for q in make_paper(12, 1, kinds=["MCQ"]).questions} == {QuestionKind.MCQ}
    assert {q.generator for q in make_paper(4, 1, generators=["macs"]).questions} == {"macs"}
    with pytest.raises(ValueError, match="generator: there is no 'nonsense'"):
        make_paper(1, 1, generators=["nonsense"])
    with pytest.raises(ValueError, match="topic: there is no 'nonsense'"):
        make_paper(1, 1, topics=["nonsense"])


def test_too_many_of_a_small_space_fail_loudly() -> None:
    assert len(make_paper(22, 1, generators=["order_steps"]).questions) == 22
    with pytest.raises(DrawError, match="only 22 different"):
        make_paper(23, 1, generators=["order_steps"])


def test_markdown_of_every_kind() -> None:
    paper = make_paper(130, 3)
    assert {q.kind for q in paper.questions} == set(HOW) - {QuestionKind.ESSAY}
    plain, book = markdown(paper), markdown(paper, key=True)
    assert book.startswith(plain)
    for number, question in enumerate(paper.questions, 1):
        assert f"**{number}.** [{question.kind}" in plain
        assert all(f"({option.key}) {option.text}" in plain for option in question.options)
        assert question.solution[-1] not in plain
        assert question.solution[-1] in book
        solution = book.partition("# Key")[2].split(f"**{number}.**")[1].split("**")[0]
        whys = re.findall(r"^- \((.)\) \*", solution, re.MULTILINE)
        assert whys == [option.key for option in question.options if option.misconception]
    assert not re.search(r"None|Fraction\(", book)
