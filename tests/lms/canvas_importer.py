"""How Canvas (Classic Quizzes) reads a QTI 1.2 package and marks, written anew from its rules for these tests.

All conditions of number and text questions are right answers; blanks accept all their labels; a number that cannot be
read is 0; selections lose for wrong choices what right ones gain.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lxml import etree

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
LONGEST_TEXT = 16 * 1024
"""Canvas replaces longer question texts by a message."""


@dataclass
class Imported:
    """A quiz question. `answers`: number → text; `right`: what is accepted; `matches`: number → right side."""

    type: str
    name: str
    text: str
    points: float
    answers: dict[str, str] = field(default_factory=dict)
    right: Any = None
    matches: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)

    def grade(self, response: Any) -> tuple[Fraction, str]:
        """The share of the points and the comment on this answer."""
        if self.type == "multiple_choice_question":
            return Fraction(response in self.right), self.feedback.get(f"{response}_fb", "")
        if self.type == "multiple_answers_question":
            told = " ".join(self.feedback.get(f"{answer}_fb", "") for answer in response)
            balance = sum(1 if answer in self.right else -1 for answer in response)
            return max(Fraction(balance, len(self.right)), Fraction(0)), told
        if self.type == "numerical_question":
            return Fraction(any(low <= _number(response) <= high for low, high in self.right)), ""
        if self.type == "short_answer_question":
            return Fraction(response.strip().lower() in {text.lower() for text in self.right}), ""
        if self.type == "fill_in_multiple_blanks_question":
            fits = [response[blank].strip().lower() in texts for blank, texts in self.right.items()]
        else:
            assert self.type == "matching_question"
            fits = [response[left] == right for left, right in self.right.items()]
        return Fraction(sum(fits), len(fits)), ""


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except ValueError:
        return Fraction(0)


def read(package: zipfile.ZipFile) -> list[Imported]:
    """The questions of the package's quiz, found through the manifest."""
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    (quiz,) = manifest.xpath("//*[@type='imsqti_xmlv1p2']/@href")
    return [_item(node) for node in etree.fromstring(package.read(quiz)).iter(f"{QTI}item")]


def _fields(node: Any) -> dict[str, str]:
    entries = node.iterfind(f"{QTI}itemmetadata//{QTI}qtimetadatafield")
    return {entry.findtext(f"{QTI}fieldlabel"): entry.findtext(f"{QTI}fieldentry") or "" for entry in entries}


def _item(node: Any) -> Imported:
    fields = _fields(node)
    text = node.findtext(f"{QTI}presentation/{QTI}material/{QTI}mattext")
    assert len(text) < LONGEST_TEXT
    question = Imported(fields["question_type"], node.get("title"), text, float(fields["points_possible"]))
    for entry in node.iterfind(f"{QTI}itemfeedback"):
        question.feedback[entry.get("ident")] = entry.findtext(f".//{QTI}mattext")
    for label in node.iterfind(f".//{QTI}response_label"):
        question.answers[label.get("ident")] = label.findtext(f".//{QTI}mattext") or ""
    _READERS[question.type](question, node)
    referred = {node.get("linkrefid") for node in node.iter(f"{QTI}displayfeedback")}
    assert referred == set(question.feedback)
    return question


def _scored(node: Any) -> list[Any]:
    """The conditions that give points."""
    return [condition for condition in node.iter(f"{QTI}respcondition") if condition.find(f"{QTI}setvar") is not None]


def _choice(question: Imported, node: Any) -> None:
    (condition,) = _scored(node)
    denied = {entry.text for entry in condition.iterfind(f".//{QTI}not/{QTI}varequal")}
    question.right = {entry.text for entry in condition.iter(f"{QTI}varequal")} - denied
    several = question.type == "multiple_answers_question"
    assert node.find(f".//{QTI}response_lid").get("rcardinality") == ("Multiple" if several else "Single")


def _numbers(question: Imported, node: Any) -> None:
    """Every condition counts, whether or not it gives points."""
    question.right = []
    for condition in node.iter(f"{QTI}respcondition"):
        low, high = (condition.find(f".//{QTI}{name}") for name in ("vargte", "varlte"))
        if low is not None:
            question.right.append((Fraction(low.text), Fraction(high.text)))


def _texts(question: Imported, node: Any) -> None:
    question.right = {entry.text for entry in node.iter(f"{QTI}varequal")}


def _blanks(question: Imported, node: Any) -> None:
    question.right = {
        blank.get("ident").removeprefix("response_"): {
            label.findtext(f".//{QTI}mattext").lower() for label in blank.iter(f"{QTI}response_label")
        }
        for blank in node.iter(f"{QTI}response_lid")
    }
    assert all(f"[{name}]" in question.text for name in question.right)


def _matching(question: Imported, node: Any) -> None:
    """Points are added for each pair; the number in a right side's identifier names it."""
    question.right = {}
    for blank in node.iter(f"{QTI}response_lid"):
        question.answers[blank.get("ident")] = blank.findtext(f"{QTI}material/{QTI}mattext")
        question.matches |= {
            label.get("ident"): label.findtext(f".//{QTI}mattext") for label in blank.iter(f"{QTI}response_label")
        }
    for condition in _scored(node):
        assert condition.find(f"{QTI}setvar").get("action") == "Add"
        entry = condition.find(f".//{QTI}varequal")
        question.right[entry.get("respident")] = entry.text


def _nothing(question: Imported, node: Any) -> None:
    assert not _scored(node)


_READERS = {
    "multiple_choice_question": _choice,
    "multiple_answers_question": _choice,
    "numerical_question": _numbers,
    "short_answer_question": _texts,
    "fill_in_multiple_blanks_question": _blanks,
    "matching_question": _matching,
    "essay_question": _nothing,
}
