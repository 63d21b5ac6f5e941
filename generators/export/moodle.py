"""Moodle XML, by the rules of Moodle's importer (question/format/xml, question types of core 4.4)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from fractions import Fraction
from html import escape
from itertools import groupby

from ..marking import GATE
from ..model import Option, Picture, Question, QuestionKind, WrongAnswer
from ..paper import Paper
from ..reading import rows_of, shape
from . import accepted, wording
from .markup import DECLARATION, cdata, tag, text
from .rich_text import in_brackets, inline, paragraphs

SUFFIX, LONGEST_TAG = ".xml", 50
_BRACKETS = str.maketrans("<>`", "‹›'")


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The paper as a question bank, one category per topic, always with key; Moodle decides when to show it."""
    numbered = enumerate(paper.questions, 1)
    groups = groupby(numbered, key=lambda pair: pair[1].topic)
    parts = [
        part
        for topic, members in groups
        for part in (_category(paper, topic), *(_question(question, place) for place, question in members))
    ]
    return (DECLARATION + tag("quiz", "\n", *(part + "\n" for part in parts))).encode()


def losses(question: Question) -> Iterator[str]:
    """What Moodle cannot say of this question."""
    match question.kind:
        case QuestionKind.MSQ if len(question.answer) > 1:
            yield "A part of the right options earns its share; a wrong option still takes everything."
        case QuestionKind.NAT if accepted.endless(question):
            yield "The answer is an exact fraction; Moodle reads decimals, so three right places are accepted."
        case QuestionKind.MATRIX:
            yield from _matrix_losses(question)
        case QuestionKind.EXPRESSION:
            forms = len(accepted.formula_forms(question.answer))
            yield f"The formula is compared as text: {forms} ways of writing it are accepted, no others."
        case QuestionKind.ORDER:
            yield "Needs Moodle 4.4, or the ordering question type as a plugin."
            if question.misconceptions:
                yield "Wrong orders are explained in the general feedback, not to the learner who gives them."
        case QuestionKind.MATCH:
            yield "Each right pair earns its share."
            yield "Wrong pairs are not explained; the solution says what belongs together."


def _matrix_losses(question: Question) -> Iterator[str]:
    sizes = shape(question.answer)
    yield "Each right entry earns its share, and the fields show the size of the matrix."
    if sum(sizes) != question.marks:
        yield f"Moodle counts {sum(sizes)} marks, one for each entry: set {question.marks} in the quiz."
    if not accepted.whole(question.answer):
        yield "Fractions have to be typed as decimals."
    if question.misconceptions:
        yield "Misconceptions are explained for single entries; those that give another size are not named."


def _category(paper: Paper, topic: str) -> str:
    path = "/".join(part.replace("/", "//") for part in (paper.title, topic))
    return tag("question", tag("category", _line(f"$course$/top/{path}")), type="category")


def _question(question: Question, place: int) -> str:
    qtype, below, parts = _TYPES[question.kind](question)
    asked = _image(question.picture) + paragraphs(question.prompt, in_brackets)
    if qtype == "cloze":
        asked = asked.replace("{", "&#123;")  # a brace in the text begins no field
    return tag(
        "question",
        tag("name", _line(wording.name(question, place))),
        tag("questiontext", _text(cdata(asked + below)), *_file(question.picture), format="html"),
        _html("generalfeedback", wording.solution(question, in_brackets) + _late_feedback(question)),
        tag("defaultgrade", str(question.marks)),
        tag("penalty", "0"),
        tag("hidden", "0"),
        *parts,
        tag("tags", *(tag("tag", _line(label[:LONGEST_TAG])) for label in wording.labels(question))),
        type=qtype,
    )  # fmt: skip


def _late_feedback(question: Question) -> str:
    """Explanations for kinds in which Moodle has no feedback on a single wrong answer."""
    return wording.mistakes(question, in_brackets) if question.kind in (QuestionKind.ORDER, QuestionKind.MATRIX) else ""


def _note(how: str) -> str:
    return paragraphs(how, in_brackets)


def _text(content: str) -> str:
    return tag("text", content)


def _line(content: str) -> str:
    """Text in which Moodle takes what looks like a tag for one; outside CDATA it loses spaces between entities."""
    return _text(cdata(content.translate(_BRACKETS)))


def _html(name: str, content: str, **attributes: object) -> str:
    return tag(name, _text(cdata(content)), **attributes, format="html")


def _image(picture: Picture | None) -> str:
    return f'<p><img src="@@PLUGINFILE@@/picture.svg" alt="{text(picture.alt)}"></p>' if picture else ""


def _file(picture: Picture | None) -> Iterator[str]:
    if picture:
        content = base64.b64encode(picture.svg.encode()).decode()
        yield tag("file", content, name="picture.svg", path="/", encoding="base64")


def percent(share: Fraction) -> str:
    """As in Moodle's list of grades: 100, 33.33333, -33.33333."""
    return f"{float(100 * share):.5f}".rstrip("0").rstrip(".")


def shares(question: Question, option: Option) -> Fraction:
    """The part of the marks that choosing this option earns or costs; in an MSQ a wrong one takes everything."""
    if question.kind == QuestionKind.MSQ:
        return Fraction(1, len(question.answer)) if option.correct else Fraction(-1)
    return Fraction(1) if option.correct else -GATE.negative.get(question.kind, Fraction(0))


Parts = tuple[str, str, list[str]]
"""Moodle's name of the type, what stands below the prompt, and the elements of this type."""


def _settings(values: dict[str, str]) -> list[str]:
    return [tag(name, value) for name, value in values.items()]


def _choice(question: Question) -> Parts:
    answers = [
        tag(
            "answer",
            _text(cdata(wording.option(option, in_brackets, labelled=False))),
            _feedback(wording.why(question, option)),
            fraction=percent(shares(question, option)),
            format="html",
        )
        for option in question.options
    ]
    single = "true" if question.kind == QuestionKind.MCQ else "false"
    settings = {"single": single, "shuffleanswers": "0", "answernumbering": "ABCD"}
    return "multichoice", "", [*_settings(settings), *answers]


def _feedback(why: str) -> str:
    return _html("feedback", paragraphs(why, in_brackets) if why else "")


def _number(question: Question) -> Parts:
    key = _within("100", accepted.interval(question), "")
    wrong = [_within("0", accepted.around(question, slip.value), slip.why) for slip in question.misconceptions]
    note = _note(wording.AS_DECIMAL) if accepted.endless(question) else ""
    return "numerical", note, [key, *wrong, tag("unitgradingtype", "0"), tag("unitpenalty", "0"), tag("showunits", "3")]


def _within(fraction: str, interval: accepted.Interval, why: str) -> str:
    low, high = interval
    middle, slack = accepted.decimal((low + high) / 2), accepted.decimal((high - low) / 2)
    return tag("answer", _text(middle), tag("tolerance", slack), _feedback(why), fraction=fraction, format="plain_text")


def _formula(question: Question) -> Parts:
    key = [_written("100", form, "") for form in accepted.formula_forms(question.answer)]
    wrong = [
        _written("0", form, slip.why) for slip in question.misconceptions for form in accepted.formula_forms(slip.value)
    ]
    return "shortanswer", _note(wording.MULTIPLIED_OUT), [tag("usecase", "1"), *key, *wrong]


def _written(fraction: str, form: str, why: str) -> str:
    """A bare * would stand for any text."""
    return tag("answer", _text(cdata(form.replace("*", r"\*"))), _feedback(why), fraction=fraction, format="plain_text")


def _order(question: Question) -> Parts:
    by_key = {option.key: option for option in question.options}
    answers = [
        _html("answer", wording.option(by_key[key], in_brackets), fraction=place)
        for place, key in enumerate(question.answer, 1)
    ]
    settings = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": str(len(answers)),
                "gradingtype": "ALL_OR_NOTHING", "showgrading": "SHOW", "numberingstyle": "none",
                "shownumcorrect": "1"}  # fmt: skip
    return "ordering", "", [*_settings(settings), *answers]


def _match(question: Question) -> Parts:
    right = {option.key: f"({option.key}) {wording.plain(option.text)}" for option in question.options}
    pairs = [
        _pair(f"{item.key}. {inline(item.text, in_brackets)}", right[question.answer[item.key]])
        for item in question.items
    ]
    others = [_pair("", answer) for key, answer in right.items() if key not in question.answer.values()]
    return "matching", "", [tag("shuffleanswers", "0"), *pairs, *others]


def _pair(left: str, right: str) -> str:
    return tag("subquestion", _text(cdata(left)), tag("answer", _line(right)), format="html")


def _essay(question: Question) -> Parts:
    settings = {"responseformat": "editor", "responserequired": "1", "responsefieldlines": "15", "attachments": "0",
                "attachmentsrequired": "0"}  # fmt: skip
    graderinfo = _html("graderinfo", wording.rubric(question, in_brackets))
    return "essay", "", [*_settings(settings), graderinfo, _html("responsetemplate", "")]


def _matrix(question: Question) -> Parts:
    """A Cloze question: a table of number fields in the text."""
    fields = [
        [_field(question, i, j, entry) for j, entry in enumerate(row)]
        for i, row in enumerate(rows_of(question.answer))
    ]
    cells = ("".join(f"<td>{field}</td>" for field in row) for row in fields)
    note = "" if accepted.whole(question.answer) else _note(wording.AS_DECIMAL)
    return "cloze", note + f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>", []


def _field(question: Question, i: int, j: int, key: int | Fraction) -> str:
    """One entry. It names a misconception by its value here, unless the key or an earlier one gives the same."""
    low, high = accepted.entry(key)
    named: dict[Fraction, WrongAnswer] = {}
    for slip in question.misconceptions:
        if shape(slip.value) == shape(question.answer):
            value = Fraction(rows_of(slip.value)[i][j])
            if not low <= value <= high:
                named.setdefault(value, slip)
    wrong = (f"~%0%{_entry(value)}#{_escaped(slip.why)}" for value, slip in named.items())
    return f"{{1:NUMERICAL:={_entry(key)}{''.join(wrong)}}}"


def _entry(value: int | Fraction) -> str:
    low, high = accepted.entry(value)
    return f"{accepted.decimal(value)}:{accepted.decimal((high - low) / 2)}"


def _escaped(why: str) -> str:
    """Feedback inside a field: entities are decoded once, braces and ~ would end it."""
    once = escape(paragraphs(f"A value that also comes from this: {why}", in_brackets))
    return once.replace("{", "&#123;").replace("}", "&#125;").replace("~", "&#126;").replace("\n", " ")


_TYPES: dict[QuestionKind, Callable[[Question], Parts]] = {
    QuestionKind.MCQ: _choice,
    QuestionKind.MSQ: _choice,
    QuestionKind.NAT: _number,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.EXPRESSION: _formula,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.ESSAY: _essay,
}
