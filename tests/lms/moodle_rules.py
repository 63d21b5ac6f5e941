"""What Moodle makes of a file of questions, by the source of its importer and question types (core 4.4 to 5.1).

`complaints` says what it refuses, warns of, cuts off or changes without a word, and what it does not read at all.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from tests.lms.moodle_importer import read

GRADES = (0, 1, 0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667,
          0.1428571, 0.125, 0.1111111, 0.1, 0.05)  # fmt: skip
"""The shares that an answer may earn or cost, to five places; a question with another one is left out."""
CELL, TAG = 255, 50
"""Characters that a name or the right side of a pair has room for, and a tag."""
FORMATS = ("html", "plain_text", "markdown", "moodle_auto_format", "wiki_like")
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?")
"""Read as the same number whatever language the site speaks."""
HEAD = {"name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "tags"}
COMBINED = {"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "shownumcorrect"}
Rules = Callable[[Any], Iterator[str]]


def complaints(content: bytes) -> list[str]:
    """One line for each fault, with the number of its element in the file; none if Moodle takes all as it is written.

    Raises:
        etree.XMLSyntaxError: if the file is not well-formed, which Moodle says too.
    """
    root = etree.fromstring(content)
    if root.tag != "quiz" or not len(root):
        return ["no question in a <quiz>"]
    found = [f"{number}: {fault}" for number, node in enumerate(root, 1) for fault in _element(node)]
    return [*_white_space(content.decode()), *found]


def _white_space(content: str) -> Iterator[str]:
    """The reader is handed text in pieces that end at each reference, and drops pieces of white space alone."""
    outside = re.sub(r"<!\[CDATA\[.*?\]\]>", "", content, flags=re.DOTALL)
    for lost in re.findall(r"&[#\w]+;\s+&[#\w]+;", outside):
        yield f"the space in {lost} is lost outside CDATA"


def _element(node: Any) -> Iterator[str]:
    kind = node.get("type", "")
    if kind == "category":
        yield from _category(node)
        return
    if kind not in TYPES:
        yield f"unknown question type {kind!r}"
        return
    elements, rules = TYPES[kind]
    yield from (f"<{child.tag}> is not read" for child in node if child.tag not in HEAD | elements)
    yield from _head(node)
    for text in node.iter("text"):
        yield from _text(text)
    yield from _files(node)
    yield from rules(node)


def _category(node: Any) -> Iterator[str]:
    """A slash parts categories, two of them are a slash in a name."""
    path = re.split(r"(?<!/)/(?!/)", node.findtext("category/text") or "")
    if path[:2] != ["$course$", "top"] or len(path) < 3:
        yield "a category begins with $course$/top/"
    for name in (part.replace("//", "/").strip() for part in path[2:]):
        yield from _cell("a category's name", name)


def _cell(what: str, text: str | None) -> Iterator[str]:
    """A line of plain text: markup is taken out of it, and what is too long is cut off or stops the import."""
    text = (text or "").strip()
    if not text:
        yield f"{what} is missing"
    if len(text) > CELL:
        yield f"{what} has {len(text)} characters"
    if re.search(r"<[a-zA-Z/!]", text):
        yield f"{what} holds markup"


def _head(node: Any) -> Iterator[str]:
    yield from _cell("the name", node.findtext("name/text"))
    if not (node.findtext("questiontext/text") or "").strip():
        yield "the question has no text"
    for name, low, high in (("defaultgrade", 0, 1e9), ("penalty", 0, 1)):
        text = node.findtext(name)
        if text is None or not NUMBER.fullmatch(text) or not low <= float(text) <= high:
            yield f"{name} is {text}"
    for label in node.iterfind("tags/tag/text"):
        words = " ".join((label.text or "").split())
        if not words or len(words) > TAG or re.search(r"[<>`\x00-\x1f]", words):
            yield f"the tag {words!r} would be changed"


def _text(node: Any) -> Iterator[str]:
    """Elements within a text make the file invalid; a format that is unknown is taken for HTML."""
    if len(node):
        yield f"elements in the text of <{node.getparent().tag}>"
    if (format_ := node.getparent().get("format")) not in (None, *FORMATS):
        yield f"unknown format {format_}"


def _files(node: Any) -> Iterator[str]:
    for holder in {file.getparent() for file in node.iter("file")} | {text.getparent() for text in node.iter("text")}:
        names = [file.get("path", "/") + file.get("name", "") for file in holder.iterfind("file")]
        shown = re.findall(r"@@PLUGINFILE@@(/[^\"'?#<]+)", holder.findtext("text") or "")
        if sorted(set(names)) != sorted(names) or set(names) != set(shown):
            yield f"files {names}, shown are {shown}"
        for file in holder.iterfind("file"):
            if file.get("encoding") != "base64" or not _decodes(file.text or ""):
                yield f"the file {file.get('name')} is not in base64"


def _decodes(text: str) -> bool:
    try:
        return bool(base64.b64decode(text, validate=True))
    except binascii.Error:
        return False


def _setting(node: Any, **allowed: str) -> Iterator[str]:
    """Elements whose text has to be one of these words; Moodle takes anything else for its default."""
    for name, words in allowed.items():
        if node.findtext(name) not in words.split():
            yield f"{name} is {node.findtext(name)}"


def _shares(node: Any) -> list[float]:
    return [float(answer.get("fraction", 0)) / 100 for answer in node.iterfind("answer")]


def _graded(node: Any) -> Iterator[str]:
    """What holds of all types whose answers earn shares."""
    for share in _shares(node):
        if not any(abs(abs(share) - grade) < 1e-5 for grade in GRADES):
            yield f"no answer may earn {share:.5f}"
    for answer in node.iterfind("answer"):
        if not (answer.findtext("text") or "").strip():
            yield "an answer is empty"
    if max(_shares(node), default=0) != 1 and node.findtext("single") != "false":
        yield "no answer earns everything"


def _multichoice(node: Any) -> Iterator[str]:
    yield from _graded(node)
    yield from _setting(node, single="true false", shuffleanswers="0 1 true false",
                        answernumbering="abc ABCD 123 iii IIII none")  # fmt: skip
    if len(_shares(node)) < 2:
        yield "fewer than two answers"
    total = sum(share for share in _shares(node) if share > 0)
    if node.findtext("single") == "false" and round(total, 2) != 1:
        yield f"the right answers earn {total:.2f} together"


def _numerical(node: Any) -> Iterator[str]:
    yield from _graded(node)
    yield from _setting(node, unitgradingtype="0 1 2", showunits="0 1 2 3")
    for answer in node.iterfind("answer"):
        for name in ("text", "tolerance"):
            if not NUMBER.fullmatch(answer.findtext(name) or ""):
                yield f"{name} of an answer is {answer.findtext(name)}"
        if (answer.findtext("tolerance") or "").startswith("-"):
            yield "a tolerance is below 0"


def _shortanswer(node: Any) -> Iterator[str]:
    yield from _graded(node)
    yield from _setting(node, usecase="0 1")
    for answer in node.iterfind("answer"):
        if re.search(r"(?<!\\)\*", answer.findtext("text") or ""):
            yield f"the * of {answer.findtext('text')} stands for any text"


def _matching(node: Any) -> Iterator[str]:
    """Right sides with equal text are one choice; a pair without left side is one that belongs to none."""
    yield from _setting(node, shuffleanswers="0 1 true false")
    pairs = [((pair.findtext("text") or "").strip(), pair.findtext("answer/text")) for pair in
             node.iterfind("subquestion")]  # fmt: skip
    for _, right in pairs:
        yield from _cell("a right side", right)
    if sum(bool(left) for left, _ in pairs) < 2 or len({right for _, right in pairs}) < 3:
        yield "fewer than two pairs and three choices"


def _ordering(node: Any) -> Iterator[str]:
    yield from _setting(
        node, layouttype="VERTICAL HORIZONTAL", selecttype="ALL RANDOM CONTIGUOUS", showgrading="SHOW HIDE",
        numberingstyle="none 123 abc ABCD iii IIII", gradingtype="ALL_OR_NOTHING ABSOLUTE_POSITION "
        "RELATIVE_NEXT_EXCLUDE_LAST RELATIVE_NEXT_INCLUDE_LAST LONGEST_ORDERED_SUBSET RELATIVE_TO_CORRECT",
    )  # fmt: skip
    lines = [(answer.findtext("text") or "").strip() for answer in node.iterfind("answer")]
    if len(set(lines) - {""}) != len(lines) or len(lines) < 2:
        yield "lines are empty, equal or fewer than two"
    if node.findtext("selectcount") != str(len(lines)):
        yield "not all lines are shown"
    if node.find("shownumcorrect") is None:
        yield "without <shownumcorrect>, two empty hints are made"


def _cloze(node: Any) -> Iterator[str]:
    """The fields stand in the text; what looks like one and is none stays in it."""
    alone = etree.tostring(node, encoding="unicode")
    (question,) = read(f"<quiz>{alone}</quiz>".encode())
    if not question.parts:
        yield "no field"
    if left := re.search(r"\{\d*:[A-Z]", question.text):
        yield f"a field is not read: {question.text[left.start() :][:60]}"
    for number, part in enumerate(question.parts, 1):
        if max(answer["fraction"] for answer in part) != 1:
            yield f"field {number} has no right answer"


def _essay(node: Any) -> Iterator[str]:
    yield from _setting(
        node, responseformat="editor editorfilepicker plain monospaced noinline", responserequired="0 1",
        responsefieldlines="2 3 5 10 15 20 25 30 35 40", attachments="-1 0 1 2 3", attachmentsrequired="0 1 2 3",
    )  # fmt: skip
    if int(node.findtext("attachmentsrequired") or 0) > int(node.findtext("attachments") or 0) % 4:
        yield "more files are required than allowed"


TYPES: dict[str, tuple[set[str], Rules]] = {
    "multichoice": ({"single", "shuffleanswers", "answernumbering", "showstandardinstruction", "answer"} | COMBINED,
                    _multichoice),
    "numerical": ({"answer", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"}, _numerical),
    "shortanswer": ({"answer", "usecase"}, _shortanswer),
    "matching": ({"subquestion", "shuffleanswers"} | COMBINED, _matching),
    "ordering": ({"answer", "layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle"}
                 | COMBINED, _ordering),
    "cloze": (set(), _cloze),
    "essay": ({"responseformat", "responserequired", "responsefieldlines", "attachments", "attachmentsrequired",
               "graderinfo", "responsetemplate"}, _essay),
}  # fmt: skip
"""The elements that each type reads besides the head, and what has to hold of them."""
