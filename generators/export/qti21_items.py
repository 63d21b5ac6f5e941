"""How each kind of question is asked in QTI 2.1: what is declared, shown, and counts as right or as a misconception."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from ..model import Question, QuestionKind
from ..reading import rows_of, shape
from . import accepted, wording
from .markup import legal, tag, text
from .rich_text import inline, paragraphs
from .tex import mathml

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"


class QtiItem(NamedTuple):
    """Markup of one question. `right`: the condition for full marks; `slips`: one per misconception, with feedback."""

    interaction: str
    declarations: str
    body: str
    right: str = ""
    slips: tuple[tuple[str, str], ...] = ()


def asked(question: Question) -> QtiItem:
    """The question in QTI's terms."""
    return _KINDS[question.kind](question)


def clean(html: str) -> str:
    """HTML as QTI's part of XHTML, which lacks some attributes."""
    return legal(re.sub(r' (?:style|start|title)="[^"]*"', "", html))


def base(kind: str, value: str) -> str:
    """A constant."""
    return tag("baseValue", text(value), baseType=kind)


def given(identifier: str) -> str:
    """What the learner answered, or an outcome."""
    return tag("variable", identifier=identifier)


def _declared(cardinality: str, kind: str, *right: str, identifier: str = "RESPONSE") -> str:
    correct = tag("correctResponse", *(tag("value", text(value)) for value in right)) if right else ""
    return tag("responseDeclaration", correct, identifier=identifier, cardinality=cardinality, baseType=kind)


def _is(value: str) -> str:
    return tag("match", given("RESPONSE"), value)


_CORRECT = _is(tag("correct", identifier="RESPONSE"))


def _choices(question: Question) -> Iterator[str]:
    for option in question.options:
        content = clean(wording.option(option, mathml))
        inside = tag("span", content) if "<math" in content else content  # no reader of ours takes a bare formula
        yield tag("simpleChoice", inside, identifier=option.key)


def _single(question: Question) -> QtiItem:
    slips = tuple(
        (_is(base("identifier", option.key)), why)
        for option in question.options
        if (why := wording.why(question, option))
    )
    body = tag("choiceInteraction", *_choices(question), responseIdentifier="RESPONSE", shuffle="false", maxChoices=1)
    return QtiItem("choiceInteraction", _declared("single", "identifier", question.answer), body, _CORRECT, slips)


def _several(question: Question) -> QtiItem:
    slips = tuple(
        (tag("member", base("identifier", option.key), given("RESPONSE")), why)
        for option in question.options
        if (why := wording.why(question, option))
    )
    body = tag("choiceInteraction", *_choices(question), responseIdentifier="RESPONSE", shuffle="false", maxChoices=0)
    return QtiItem("choiceInteraction", _declared("multiple", "identifier", *question.answer), body, _CORRECT, slips)


def _entry(identifier: str, length: int = 12) -> str:
    return tag("textEntryInteraction", responseIdentifier=identifier, expectedLength=length)


def _within(identifier: str, interval: accepted.Interval) -> str:
    """Both ends are right; a decimal and its double are the same number to every reader."""
    low, high = (base("float", repr(float(bound))) for bound in interval)
    return tag("and", tag("gte", given(identifier), low), tag("lte", given(identifier), high))


def _number(question: Question) -> QtiItem:
    right = _within("RESPONSE", accepted.interval(question))
    slips = tuple(
        (_within("RESPONSE", accepted.around(question, slip.value)), slip.why) for slip in question.misconceptions
    )
    note = paragraphs(wording.AS_DECIMAL, mathml) if accepted.endless(question) else ""
    declared = _declared("single", "float", repr(float(question.answer)))
    return QtiItem("textEntryInteraction", declared, note + tag("p", _entry("RESPONSE")), right, slips)


def _matrix(question: Question) -> QtiItem:
    key = rows_of(question.answer)
    cells = [(f"ENTRY-{i}-{j}", value) for i, row in enumerate(key, 1) for j, value in enumerate(row, 1)]
    declared = "".join(
        _declared("single", "float", repr(float(value)), identifier=identifier) for identifier, value in cells
    )
    lines = (
        tag("tr", *(tag("td", _entry(f"ENTRY-{i}-{j}", 6)) for j in range(1, len(row) + 1)))
        for i, row in enumerate(key, 1)
    )
    note = "" if accepted.whole(key) else paragraphs(wording.AS_DECIMAL, mathml)
    right = _all_entries(key)
    slips = tuple(
        (_all_entries(rows_of(slip.value)), slip.why)
        for slip in question.misconceptions
        if shape(slip.value) == shape(key)
    )
    body = note + tag("table", tag("tbody", *lines))
    return QtiItem("textEntryInteraction", declared, body, right, slips)


def _all_entries(matrix: list[list[Any]]) -> str:
    return tag(
        "and",
        *(
            _within(f"ENTRY-{i}-{j}", accepted.entry(Fraction(value)))
            for i, row in enumerate(matrix, 1)
            for j, value in enumerate(row, 1)
        ),
    )


def _formula(question: Question) -> QtiItem:
    def written(formula: str) -> str:
        return tag("or", *(
            tag("stringMatch", given("RESPONSE"), base("string", form), caseSensitive="true")
            for form in accepted.formula_forms(formula)
        ))  # fmt: skip

    body = paragraphs(wording.MULTIPLIED_OUT, mathml) + tag("p", _entry("RESPONSE", 30))
    slips = tuple((written(slip.value), slip.why) for slip in question.misconceptions)
    declared = _declared("single", "string", question.answer)
    return QtiItem("textEntryInteraction", declared, body, written(question.answer), slips)


def _order(question: Question) -> QtiItem:
    slips = tuple(
        (_is(tag("ordered", *(base("identifier", key) for key in slip.value))), slip.why)
        for slip in question.misconceptions
    )
    body = tag("orderInteraction", *_choices(question), responseIdentifier="RESPONSE", shuffle="false")
    return QtiItem("orderInteraction", _declared("ordered", "identifier", *question.answer), body, _CORRECT, slips)


def _match(question: Question) -> QtiItem:
    pairs = [f"{item} O{option}" for item, option in question.answer.items()]
    left = (_associable(item.key, f"{item.key}. {inline(item.text, mathml)}", 1) for item in question.items)
    right = (_associable(f"O{option.key}", wording.option(option, mathml), 0) for option in question.options)
    sets = tag("simpleMatchSet", *left) + tag("simpleMatchSet", *right)
    body = tag("matchInteraction", sets, responseIdentifier="RESPONSE", shuffle="false", maxAssociations=len(pairs))
    slips = tuple(
        (tag("member", base("directedPair", f"{item} O{option}"), given("RESPONSE")), slip.why)
        for slip in question.misconceptions
        for item, option in slip.value.items()
    )
    return QtiItem("matchInteraction", _declared("multiple", "directedPair", *pairs), body, _CORRECT, slips)


def _associable(identifier: str, content: str, most: int) -> str:
    return tag("simpleAssociableChoice", clean(content), identifier=identifier, matchMax=most)


def _essay(question: Question) -> QtiItem:
    body = tag("extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines=15)
    return QtiItem("extendedTextInteraction", _declared("single", "string"), body)


_KINDS: dict[QuestionKind, Callable[[Question], QtiItem]] = {
    QuestionKind.MCQ: _single,
    QuestionKind.MSQ: _several,
    QuestionKind.NAT: _number,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.EXPRESSION: _formula,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.ESSAY: _essay,
}
