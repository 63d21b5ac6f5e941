"""Moodle's importer and marking, written anew from its rules for these tests: a file to questions that can be answered.

Doubles, as PHP has; the tolerance is widened by PHP's precision; the first fitting answer counts.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

EPSILON = 10.0**-14
_ALTERNATIVE = r"(?:(=|%(-?[0-9]+(?:[.,][0-9]*)?)%))?(.+?(?<!\\|&)(?=[~#}]|$))(?:#(.*?(?<!\\)(?=[~}]|$)))?"
_FIELD = re.compile(rf"\{{([0-9]*):(?:NUMERICAL|NM):((?:~?{_ALTERNATIVE})(?:~{_ALTERNATIVE})*)\}}", re.DOTALL)
_NUMBER = re.compile(r"(-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+))(?::([0-9.]+))?")


@dataclass
class Imported:
    """A question in Moodle's bank. `parts`: the fields of a Cloze question."""

    type: str
    name: str
    text: str
    general: str
    marks: float
    category: str
    tags: list[str]
    files: dict[str, bytes]
    answers: list[dict[str, Any]] = field(default_factory=list)
    parts: list[list[dict[str, Any]]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def grade(self, response: Any) -> tuple[float, str]:
        """The share of the marks, and the feedback for this answer."""
        if self.type == "multichoice" and self.settings["single"] == "true":
            chosen = self.answers[response]
            return chosen["fraction"], chosen["feedback"]
        if self.type == "multichoice":
            chosen = [self.answers[index] for index in response]
            total = min(max(sum(answer["fraction"] for answer in chosen), 0.0), 1.0)
            return total, " ".join(answer["feedback"] for answer in chosen if answer["feedback"])
        if self.type == "numerical":
            return _first(self.answers, lambda answer: _near(answer, response))
        if self.type == "shortanswer":
            exact = self.settings["usecase"] == "1"
            return _first(self.answers, lambda answer: _wildcard(answer["text"], exact).fullmatch(response.strip()))
        if self.type == "ordering":
            assert self.settings["gradingtype"] == "ALL_OR_NOTHING"
            return float([answer["text"] for answer in self.answers] == list(response)), ""
        if self.type == "matching":
            asked = [pair for pair in self.pairs if pair[0]]
            return sum(response[left] == right for left, right in asked) / len(asked), ""
        assert self.type == "cloze"
        marked = [
            _first(part, lambda answer, given=given: _near(answer, given))
            for part, given in zip(self.parts, response, strict=True)
        ]
        return sum(share for share, _ in marked) / len(marked), " ".join(told for _, told in marked if told)


def _first(answers: list[dict[str, Any]], fits: Any) -> tuple[float, str]:
    return next(((answer["fraction"], answer["feedback"]) for answer in answers if fits(answer)), (0.0, ""))


def _near(answer: Mapping[str, Any], given: float) -> bool:
    value, tolerance = float(answer["text"]), abs(float(answer["tolerance"]))
    wide = tolerance + EPSILON * max(tolerance, abs(value), EPSILON)
    return value - wide <= given <= value + wide


def _wildcard(pattern: str, exact: bool) -> re.Pattern[str]:
    """An asterisk stands for any text, unless there is a backslash before it."""
    pieces = (re.escape(piece.replace(r"\*", "*")) for piece in re.split(r"(?<!\\)\*", pattern))
    return re.compile(".*".join(pieces), 0 if exact else re.IGNORECASE)


def read(content: bytes) -> list[Imported]:
    """The questions of a file."""
    found, category = [], ""
    for node in etree.fromstring(content):
        if node.get("type") == "category":
            category = node.findtext("category/text")
        else:
            found.append(_question(node, category))
    return found


def _question(node: Any, category: str) -> Imported:
    text = (node.findtext("questiontext/text") or "").strip()
    question = Imported(
        node.get("type"), node.findtext("name/text"), text, (node.findtext("generalfeedback/text") or "").strip(),
        float(node.findtext("defaultgrade")), category, [tag.text for tag in node.iterfind("tags/tag/text")],
        {entry.get("name"): base64.b64decode(entry.text) for entry in node.iterfind("questiontext/file")},
        settings={child.tag: child.text or "" for child in node if not len(child)},
    )  # fmt: skip
    question.answers = [_answer(answer) for answer in node.iterfind("answer")]
    question.pairs = [
        ((pair.findtext("text") or "").strip(), pair.findtext("answer/text").strip())
        for pair in node.iterfind("subquestion")
    ]
    if question.type == "cloze":
        _take_fields(question)
    return question


def _answer(node: Any) -> dict[str, Any]:
    return {
        "text": (node.findtext("text") or "").strip(),
        "fraction": float(node.get("fraction")) / 100,
        "tolerance": node.findtext("tolerance") or "0",
        "feedback": (node.findtext("feedback/text") or "").strip(),
    }


def _take_fields(question: Imported) -> None:
    """Each field is replaced by a number, until none is left; marks are the sum of the fields' weights."""
    question.marks = 0.0
    while found := _FIELD.search(question.text):
        question.parts.append([_alternative(*entry) for entry in re.findall(f"~?{_ALTERNATIVE}", found[2], re.DOTALL)])
        question.marks += float(found[1] or 1)
        question.text = question.text.replace(found[0], f"{{#{len(question.parts)}}}", 1)


def _alternative(sign: str, percent: str, answer: str, told: str) -> dict[str, Any]:
    number = _NUMBER.fullmatch(answer)
    assert number, f"{answer} is no number for Moodle"
    return {
        "text": number[1],
        "tolerance": number[2] or "0",
        "fraction": 1.0 if sign == "=" else float(percent or 0) / 100,
        "feedback": html.unescape(told).replace(r"\}", "}").replace(r"\#", "#"),
    }
