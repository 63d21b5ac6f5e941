"""DOCX through pandoc: formulas are Word's own and can be edited; pictures are PNG, as every reader shows them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..model import Picture, Question
from ..paper import Paper
from . import needed
from .document import document, save_pictures
from .docx_style import dressed
from .pandoc import Node, element, heading, para, strong, words, write
from .phrases import asked_kinds, marks, summary

SUFFIX = ".docx"
PPI = 200
WIDEST, HIGHEST = 6.2, 4.7
"""Of a picture, in inches."""

TAB = element("RawInline", "openxml", "<w:r><w:tab/></w:r>")
PAGE = element("RawBlock", "openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save_pictures(paper, folder)
        body = write([*_head(paper), *document(paper, _Word(folder), key=key)], "docx", folder)
    return dressed(body, paper)


def _head(paper: Paper) -> list[Node]:
    kinds = [node for kind, how in asked_kinds(paper) for node in (strong(kind), *words(f": {how}. "))]
    title = heading(1, *words(paper.title))
    name = _styled("Answer", para(*words("Name and roll number: "), TAB))
    return [title, para(*words(summary(paper))), name, para(*kinds)]


class _Word:
    """Paragraphs with Word's tab stops and styles."""

    def __init__(self, folder: Path):
        self.folder = folder

    def question(self, number: int, question: Question, content: list[Node]) -> list[Node]:
        head = heading(2, *words(f"{number}."), TAB, *words(f"{question.kind} · {marks(question)}"))
        return [head, *content]

    def choices(self, entries: list[tuple[str, list[Node]]]) -> list[Node]:
        return [_styled("Option", para(*words(key + " "), *text)) for key, text in entries]

    def picture(self, name: str, picture: Picture) -> list[Node]:
        width, height = _png(self.folder, name)
        scale = min(1, WIDEST / width, HIGHEST / height)
        size = [["width", f"{scale * width:.2f}in"], ["height", f"{scale * height:.2f}in"]]
        return [para(element("Image", ["", [], size], words(picture.alt), [f"{name}.png", ""]))]

    def space(self, label: str, lines: int) -> list[Node]:
        return [_styled("Answer", para(*words(f"{label} "), TAB)) for _ in range(lines)]

    def part(self, title: str) -> list[Node]:
        return [PAGE, heading(1, *words(title))]


def _styled(style: str, *content: Node) -> Node:
    return element("Div", ["", [], [["custom-style", style]]], list(content))


def _png(folder: Path, name: str) -> tuple[float, float]:
    """Draws the SVG as PNG, by typst; its width and height in inches."""
    source = folder / f"{name}.typ"
    source.write_text(f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{name}.svg")\n')
    png: bytes = needed("typst", "documents").compile(source, root=folder, format="png", ppi=PPI)
    (folder / f"{name}.png").write_bytes(png)
    return int.from_bytes(png[16:20], "big") / PPI, int.from_bytes(png[20:24], "big") / PPI
