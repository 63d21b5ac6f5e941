"""What all formats for people say in the same words, and Markdown's own."""

from __future__ import annotations

import re
from fractions import Fraction

from generators.build import build
from generators.export.markdown import asked, image, solved
from generators.export.phrases import explained, summary
from generators.model import Picture, QuestionKind
from generators.paper import Paper
from generators.reading import read
from generators.registry import load, slugs


def numeric(seed: int) -> list:
    return [build(slug, seed, "NAT") for slug in slugs() if "NAT" in load(slug).kinds]


def test_a_wrong_number_is_shown_to_as_many_places_as_are_asked_for() -> None:
    questions = [question for seed in range(5) for question in numeric(seed)]
    rounded = [question for question in questions if question.range[0] < question.range[1]]
    assert 20 < len(rounded) < len(questions)
    for question in questions:
        half = (question.range[1] - question.range[0]) / 4  # the interval is one unit of the last place to each side
        for label, entry in explained(question):
            assert abs(read(question, label.replace(",", "")) - entry.value) <= half, (question.generator, label)
            places = len(label.partition(".")[2])
            assert half == Fraction(1, 2 * 10**places) if half else places == 0, (question.generator, label)


def test_of_an_mcq_each_wrong_option_is_explained(every_kind: Paper) -> None:
    for question in every_kind.questions:
        if question.kind in (QuestionKind.MCQ, QuestionKind.MSQ):
            labels = [label for label, _ in explained(question)]
            assert labels == [f"({option.key})" for option in question.options if not option.correct]
            assert all(f"- {label} *" in solved(question) for label in labels)


def test_an_essay_comes_with_its_rubric(every_kind: Paper) -> None:
    essays = [question for question in every_kind.questions if question.kind == QuestionKind.ESSAY]
    assert essays
    for question in essays:
        text = solved(question)
        assert all(f"- {line.marks} · {line.idea}" in text for line in question.rubric)
        assert "Rubric" not in asked(question)


def test_a_description_stays_within_its_brackets() -> None:
    text = image(Picture("<svg/>", r"a ] ( b [ c \ d"))
    assert re.fullmatch(r"!\[a \\\] \( b \\\[ c \\\\ d\]\(data:image/svg\+xml;base64,[A-Za-z0-9+/=]+\)", text)


def test_the_time_allowed_is_not_an_estimate(every_kind: Paper) -> None:
    assert ", about " in summary(every_kind)
    exam = Paper("Exam", 1, every_kind.questions, form=2, allowed=60)
    assert " marks, 60 minutes. Seed 1, form 2." in summary(exam)
