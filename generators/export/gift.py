"""GIFT, as Moodle's importer reads it: a text file with one question per paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from ..model import Option, Question, QuestionKind
from ..paper import Paper
from . import accepted, wording
from .html import image
from .markup import text
from .moodle import percent, shares
from .rich_text import in_brackets, inline, paragraphs

SUFFIX = ".gift"
_RESERVED = str.maketrans({character: "\\" + character for character in r"\#=~{}:"} | {"\n": r"\n", "\r": ""})


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The paper as a question bank; it always holds the key."""
    parts = ["// " + " ".join(f"{paper.title}, seed {paper.seed}".split())]
    for topic, members in groupby(enumerate(paper.questions, 1), key=lambda pair: pair[1].topic):
        parts.append(f"$CATEGORY: $course$/top/{_line(paper.title)}/{_line(topic)}")
        parts += [_question(question, place) for place, question in members]
    return ("\n\n".join(parts) + "\n").encode()


def losses(question: Question) -> Iterator[str]:
    """What GIFT cannot express of this question."""
    if question.marks != 1:
        yield f"GIFT has no marks: set {question.marks} after the import."
    if question.picture:
        yield "The picture stands in the text as a data address; some readers drop it."
    if question.kind in _KIND_LOSSES:
        yield from _KIND_LOSSES[question.kind](question)


def _selection_losses(question: Question) -> Iterator[str]:
    if len(question.answer) > 1:
        yield "A part of the right options earns its share; a wrong option still takes everything."


def _number_losses(question: Question) -> Iterator[str]:
    if accepted.endless(question):
        yield "The answer is an exact fraction; decimals are read, so three right places are accepted."


def _matrix_losses(question: Question) -> Iterator[str]:
    yield "The matrix is compared as text in the form `1 2; 3 4`; other ways of typing it are not accepted."


def _formula_losses(question: Question) -> Iterator[str]:
    forms = len(accepted.formula_forms(question.answer))
    yield f"The formula is compared as text: {forms} ways of writing it are accepted, no others."
    yield "Capital and small letters of names are not told apart, and * is written as Moodle needs it."


def _order_losses(question: Question) -> Iterator[str]:
    yield "Lines are matched to their places; each right place earns its share."
    if question.misconceptions:
        yield "Wrong orders are explained in the general feedback, not to the learner who gives them."


def _match_losses(question: Question) -> Iterator[str]:
    yield "Each right pair earns its share."
    yield "Wrong pairs are not explained; the solution says what belongs together."


def _essay_losses(question: Question) -> Iterator[str]:
    yield "The rubric stands in the general feedback, which learners see after answering."


_KIND_LOSSES: dict[QuestionKind, Callable[[Question], Iterator[str]]] = {
    QuestionKind.MSQ: _selection_losses,
    QuestionKind.NAT: _number_losses,
    QuestionKind.MATRIX: _matrix_losses,
    QuestionKind.EXPRESSION: _formula_losses,
    QuestionKind.ORDER: _order_losses,
    QuestionKind.MATCH: _match_losses,
    QuestionKind.ESSAY: _essay_losses,
}


def _line(title: str) -> str:
    return " ".join(title.replace("/", "//").split())


def _question(question: Question, place: int) -> str:
    note, answers = _ANSWERS[question.kind](question)
    asked = _picture(question) + paragraphs(question.prompt, in_brackets) + note
    return "\n".join([
        "// " + " ".join(f"[tag:{label}]" for label in wording.labels(question)),
        f"::{_escaped(wording.name(question, place))}::[html]{_escaped(asked)} {{{answers[0] if answers else ''}",
        *(f"\t{answer}" for answer in answers[1:]),
        f"\t####{_escaped(_feedback(question))}",
        "}",
    ])  # fmt: skip


def _picture(question: Question) -> str:
    picture = question.picture
    return f'<p><img src="{image(picture)}" alt="{text(picture.alt)}"></p>' if picture else ""


def _feedback(question: Question) -> str:
    if question.kind == QuestionKind.ESSAY:
        return wording.rubric(question, in_brackets)
    late = wording.mistakes(question, in_brackets) if question.kind == QuestionKind.ORDER else ""
    return wording.solution(question, in_brackets) + late


def _escaped(content: str) -> str:
    return content.translate(_RESERVED)


def _answer(weight: str, content: str, why: str = "") -> str:
    """One answer with its feedback; `weight` begins with the sign of its type."""
    told = f"#{_escaped(paragraphs(why, in_brackets))}" if why else ""
    return f"{weight}{content}{told}"


Answers = tuple[str, list[str]]
"""What stands below the prompt, and the lines between the braces."""


def _choice(question: Question) -> Answers:
    def line(option: Option) -> str:
        single = question.kind == QuestionKind.MCQ and option.correct
        weight = "=" if single else f"~%{percent(shares(question, option))}%"
        return _answer(weight, _escaped(wording.option(option, in_brackets)), wording.why(question, option))

    return "", ["", *map(line, question.options)]


def _number(question: Question) -> Answers:
    key = _answer("=%100%", _interval(accepted.interval(question)))
    wrong = [
        _answer("=%0%", _interval(accepted.around(question, slip.value)), slip.why) for slip in question.misconceptions
    ]
    note = paragraphs(wording.AS_DECIMAL, in_brackets) if accepted.endless(question) else ""
    return note, ["#", key, *wrong]


def _interval(interval: accepted.Interval) -> str:
    low, high = interval
    return f"{accepted.decimal((low + high) / 2)}:{accepted.decimal((high - low) / 2)}"


def _matrix(question: Question) -> Answers:
    key = [_answer("=%100%", _escaped(form)) for form in accepted.matrix_forms(question.answer)]
    wrong = [
        _answer("=%0%", _escaped(form), slip.why)
        for slip in question.misconceptions
        for form in accepted.matrix_forms(slip.value)
    ]
    return paragraphs(wording.ROW_BY_ROW, in_brackets), ["", *key, *wrong]


def _formula(question: Question) -> Answers:
    key = [_answer("=%100%", _written(form)) for form in accepted.formula_forms(question.answer)]
    wrong = [
        _answer("=%0%", _written(form), slip.why)
        for slip in question.misconceptions
        for form in accepted.formula_forms(slip.value)
    ]
    return paragraphs(wording.MULTIPLIED_OUT, in_brackets), ["", *key, *wrong]


def _written(form: str) -> str:
    """A bare * would stand for any text in Moodle."""
    return _escaped(form.replace("*", r"\*"))


def _order(question: Question) -> Answers:
    places = {key: place for place, key in enumerate(question.answer, 1)}
    return "", ["", *(
        f"={_escaped(wording.option(option, in_brackets))} -> {places[option.key]}" for option in question.options
    )]  # fmt: skip


def _match(question: Question) -> Answers:
    right = {option.key: _escaped(f"({option.key}) {wording.plain(option.text)}") for option in question.options}
    pairs = [
        f"={_escaped(f'{item.key}. {inline(item.text, in_brackets)}')} -> {right[question.answer[item.key]]}"
        for item in question.items
    ]
    others = [f"= -> {line}" for key, line in right.items() if key not in question.answer.values()]
    return "", ["", *pairs, *others]


def _essay(question: Question) -> Answers:
    return "", []


_ANSWERS: dict[QuestionKind, Callable[[Question], Answers]] = {
    QuestionKind.MCQ: _choice,
    QuestionKind.MSQ: _choice,
    QuestionKind.NAT: _number,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.EXPRESSION: _formula,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.ESSAY: _essay,
}
