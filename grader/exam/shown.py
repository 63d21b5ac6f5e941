"""How an answer was read, in words for the candidate; the key is not looked at."""

from __future__ import annotations

from dataclasses import dataclass

from generators.model import Question, QuestionKind
from generators.reading import UnreadableAnswer, read, said

TYPED = (QuestionKind.NAT, QuestionKind.MATRIX, QuestionKind.EXPRESSION)
WHOLE = (QuestionKind.ORDER, QuestionKind.MATCH)


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """`sound`: whether it can be marked as it stands. `text` is '' where there is nothing to say."""

    sound: bool
    text: str = ""


def reading_of(question: Question, answer: str, *, decimal_comma: bool = False) -> AnswerReading:
    """What is understood of what was typed; choices, which look as they are, say nothing."""
    if not answer.strip() or question.kind not in (*TYPED, *WHOLE):
        return AnswerReading(True)
    if question.kind == QuestionKind.MATRIX and "?" in answer:
        return AnswerReading(False, "Every cell needs one number.")
    try:
        value = read(question, answer, decimal_comma=decimal_comma)
    except UnreadableAnswer as problem:
        return AnswerReading(False, f"This cannot be read: {problem}.")
    return AnswerReading(True, f"Read as {said(question, value)}." if question.kind in TYPED else "")
