"""How each kind of question is asked in Canvas's QTI 1.2. Canvas needs whole numbers to identify answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..model import Question, QuestionKind
from ..reading import rows_of
from . import accepted, wording
from .markup import cdata, tag, text
from .rich_text import inline, paragraphs
from .tex import mathml

FIRST = 1001


class CanvasItem(NamedTuple):
    """Canvas's type, the answers' numbers, what stands below the prompt, fields, conditions, and feedback by answer."""

    type: str
    answers: list[int]
    below: str
    fields: str
    processing: str
    feedback: Mapping[int, str] = {}


def asked(question: Question) -> CanvasItem:
    """The question in Canvas's terms."""
    return _KINDS[question.kind](question)


def html(content: str) -> str:
    """Markup as text."""
    return tag("mattext", cdata(content), texttype="text/html")


def _plain(content: str) -> str:
    return tag("mattext", text(content), texttype="text/plain")


def _label(identifier: object, content: str) -> str:
    return tag("response_label", tag("material", content), ident=identifier)


def _chosen(identifier: object, respident: str = "response1") -> str:
    return tag("varequal", text(str(identifier)), respident=respident)


def _right(*conditions: str) -> str:
    """Full marks."""
    return tag("respcondition", tag("conditionvar", *conditions), tag("setvar", "100", action="Set", varname="SCORE"),
               continue_="No")  # fmt: skip


def _share(condition: str, count: int) -> str:
    points = tag("setvar", f"{100 / count:.2f}", action="Add", varname="SCORE")
    return tag("respcondition", tag("conditionvar", condition), points)


def _told(answer: int) -> str:
    shown = tag("displayfeedback", feedbacktype="Response", linkrefid=f"{answer}_fb")
    return tag("respcondition", tag("conditionvar", _chosen(answer)), shown, continue_="Yes")


def _choice(question: Question) -> CanvasItem:
    numbered = list(enumerate(question.options, FIRST))
    labels = (_label(answer, html(wording.option(option, mathml))) for answer, option in numbered)
    feedback = {answer: why for answer, option in numbered if (why := wording.why(question, option))}
    if question.kind == QuestionKind.MCQ:
        right = _right(*(_chosen(answer) for answer, option in numbered if option.correct))
    else:
        right = _right(tag("and", *(
            _chosen(answer) if option.correct else tag("not", _chosen(answer)) for answer, option in numbered
        )))  # fmt: skip
    several = question.kind == QuestionKind.MSQ
    fields = tag("response_lid", tag("render_choice", *labels), ident="response1",
                 rcardinality="Multiple" if several else "Single")  # fmt: skip
    name = "multiple_answers_question" if several else "multiple_choice_question"
    processing = "".join(map(_told, feedback)) + right
    return CanvasItem(name, [answer for answer, _ in numbered], "", fields, processing, feedback)


def _typed(**kind: str) -> str:
    field = tag("render_fib", tag("response_label", ident="answer1"), **kind)
    return tag("response_str", field, ident="response1", rcardinality="Single")


def _number(question: Question) -> CanvasItem:
    low, high = map(accepted.decimal, accepted.interval(question))
    ends = tag("vargte", low, respident="response1") + tag("varlte", high, respident="response1")
    exact = tag("or", _chosen(low), tag("and", ends))
    note = paragraphs(wording.AS_DECIMAL, mathml) if accepted.endless(question) else ""
    right = _right(exact if low == high else ends)
    return CanvasItem("numerical_question", [FIRST], note, _typed(fibtype="Decimal"), right)


def _formula(question: Question) -> CanvasItem:
    forms = accepted.formula_forms(question.answer)
    answers = list(range(FIRST, FIRST + len(forms)))
    note = paragraphs(wording.MULTIPLIED_OUT, mathml)
    return CanvasItem("short_answer_question", answers, note, _typed(), _right(*map(_chosen, forms)))


def _matrix(question: Question) -> CanvasItem:
    """Named blanks in a table; every label of a blank is an accepted text."""
    rows = rows_of(question.answer)
    cells = [(f"r{i}c{j}", value) for i, row in enumerate(rows, 1) for j, value in enumerate(row, 1)]
    answers: list[int] = []
    fields, conditions = [], []
    for blank, value in cells:
        forms = list(enumerate(accepted.entry_forms(value), FIRST + len(answers)))
        answers += [answer for answer, _ in forms]
        choices = tag("render_choice", *(_label(answer, _plain(form)) for answer, form in forms))
        fields.append(tag("response_lid", tag("material", _plain(blank)), choices, ident=f"response_{blank}"))
        conditions.append(_share(_chosen(forms[0][0], f"response_{blank}"), len(cells)))
    lines = ("".join(f"<td>[r{i}c{j}]</td>" for j in range(1, len(row) + 1)) for i, row in enumerate(rows, 1))
    table = f"<table><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
    return CanvasItem("fill_in_multiple_blanks_question", answers, table, "".join(fields), "".join(conditions))


def _pairs(lefts: list[str], rights: Mapping[int, str], key: list[int]) -> CanvasItem:
    """Each left side with the number of its right side. Right sides are plain text in Canvas."""
    labels = "".join(_label(number, _plain(right)) for number, right in rights.items())
    answers = list(range(FIRST, FIRST + len(lefts)))
    fields = (
        tag("response_lid", tag("material", html(left)), tag("render_choice", labels), ident=f"response_{answer}")
        for answer, left in zip(answers, lefts, strict=True)
    )
    conditions = (
        _share(_chosen(right, f"response_{answer}"), len(key)) for answer, right in zip(answers, key, strict=True)
    )
    return CanvasItem("matching_question", answers, "", "".join(fields), "".join(conditions))


def _order(question: Question) -> CanvasItem:
    places = {place: str(place) for place in range(1, len(question.options) + 1)}
    lefts = [wording.option(option, mathml) for option in question.options]
    return _pairs(lefts, places, [question.answer.index(option.key) + 1 for option in question.options])


def _match(question: Question) -> CanvasItem:
    rights = {int(option.key): f"({option.key}) {wording.plain(option.text)}" for option in question.options}
    lefts = [f"{item.key}. {inline(item.text, mathml)}" for item in question.items]
    return _pairs(lefts, rights, [int(question.answer[item.key]) for item in question.items])


def _essay(question: Question) -> CanvasItem:
    nothing = tag("respcondition", tag("conditionvar", tag("other")), continue_="No")
    return CanvasItem("essay_question", [], "", _typed(), nothing)


_KINDS: dict[QuestionKind, Callable[[Question], CanvasItem]] = {
    QuestionKind.MCQ: _choice,
    QuestionKind.MSQ: _choice,
    QuestionKind.NAT: _number,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.EXPRESSION: _formula,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.ESSAY: _essay,
}
