"""PDF through typst: with its own fonts, so the same everywhere; tagged, so that screen readers find their way."""

from __future__ import annotations

import json
import tempfile
from itertools import chain
from pathlib import Path

from ..model import Picture, Question
from ..paper import Paper
from . import needed
from .document import document, save_pictures
from .pandoc import Node, element, write
from .phrases import asked_kinds, marks, origin, summary

SUFFIX = ".pdf"
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
        return [_raw(f'#question("{number}", "{question.kind} · {marks(question)}")['), *content, _raw("]")]

    def choices(self, entries: list[tuple[str, list[Node]]]) -> list[Node]:
        inner = [[_raw(f"({_string(key)}, ["), element("Plain", text), _raw("]),")] for key, text in entries]
        return [_raw("#choices("), *chain.from_iterable(inner), _raw(")")]

    def picture(self, name: str, picture: Picture) -> list[Node]:
        return [_raw(f"#picture({_string(name + '.svg')}, {_string(picture.alt)})")]

    def space(self, label: str, lines: int) -> list[Node]:
        return [_raw(f"#space({_string(label)}, {lines})")]

    def part(self, title: str) -> list[Node]:
        return [_raw(f"#part({_string(title)})")]


def _raw(code: str) -> Node:
    return element("RawBlock", "typst", code)


def _string(text: str) -> str:
    """The text as a string literal of typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
