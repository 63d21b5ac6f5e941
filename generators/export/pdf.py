"""PDF through typst: with its own fonts, so the same everywhere; tagged, so that screen readers find their way."""

from __future__ import annotations

import json
import tempfile
from itertools import chain
from pathlib import Path
from typing import Any

from ..model import Picture, Question, QuestionKind
from ..paper import Paper
from . import needed
from .document import document, save_pictures
from .pandoc import Node, element, write
from .phrases import asked_kinds, marks, origin, summary

SUFFIX = ".pdf"
WIDTH, MOST_LINES, PICTURE_LINES = 90, 30, 20  # characters of a line; lines of what stays on one page; of a picture
LOOK = Path(__file__).parent / "templates" / "paper.typ"


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The file."""
    typst = needed("typst", "documents")
    facts = {"title": paper.title, "origin": origin(paper), "summary": summary(paper), "kinds": asked_kinds(paper)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save_pictures(paper, folder)
        body = write(document(paper, _Typst(), key=key), "typst", folder)
        (folder / "paper.typ").write_bytes(LOOK.read_bytes() + body)
        made: bytes = typst.compile(folder / "paper.typ", root=folder, sys_inputs={"paper": json.dumps(facts)})
        return made


class _Typst:
    """The functions of `templates/paper.typ`."""

    def question(self, number: int, question: Question, content: list[Node]) -> list[Node]:
        long = "true" if _lines(question) > MOST_LINES else "false"
        head = f'#question("{number}", "{question.kind} · {marks(question)}", {long})['
        return [_raw(head), *content, _raw("]")]

    def choices(self, entries: list[tuple[str, list[Node]]]) -> list[Node]:
        inner = [[_raw(f"({_string(key)}, ["), element("Plain", text), _raw("]),")] for key, text in entries]
        return [_raw(f"#choices({_columns([text for _, text in entries])}, "), *chain.from_iterable(inner), _raw(")")]

    def picture(self, name: str, picture: Picture) -> list[Node]:
        return [_raw(f"#picture({_string(name + '.svg')}, {_string(picture.alt)})")]

    def space(self, label: str, lines: int) -> list[Node]:
        return [_raw(f"#space({_string(label)}, {lines})")]

    def part(self, title: str) -> list[Node]:
        return [_raw(f"#part({_string(title)})")]


def _lines(question: Question) -> int:
    """About how many lines a question takes: counted here, as typst would keep all that it lays out to measure it."""
    texts = [question.prompt, *(o.text for o in question.options), *(i.text for i in question.items)]
    lines = sum(1 + len(line) // WIDTH for text in texts for line in text.splitlines())
    rows = sum(text.count(r"\\") for text in texts)  # of matrices
    ruled = 3 * question.marks if question.kind == QuestionKind.ESSAY else 0
    return lines + rows + ruled + (PICTURE_LINES if question.picture else 0)


def _columns(texts: list[list[Node]]) -> int:
    """In how many columns options stand: all beside each other, two, or one. Formulas count as they are written."""
    fitting = WIDTH // (max(len(_written(text)) for text in texts) + 8)
    return len(texts) if fitting >= len(texts) else 2 if fitting >= 2 else 1


def _written(content: Any) -> str:
    """The text of nodes, formulas in TeX."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return " " if content["t"] in ("Space", "SoftBreak") else _written(content.get("c", ""))
    return "".join(map(_written, content)) if isinstance(content, list) else ""


def _raw(code: str) -> Node:
    return element("RawBlock", "typst", code)


def _string(text: str) -> str:
    """The text as a string literal of typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
