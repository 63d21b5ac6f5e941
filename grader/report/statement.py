"""A statement for its reader: in the terminal as Markdown whose formulas are Unicode, and as a page with MathML."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from markupsafe import Markup

from generators.export import rich_text
from generators.export.tex import page_mathml

from .html import page
from .readable import markdown

FIGURE = re.compile(r"^!\[(?P<text>[^\]]*)\]\((?P<file>[\w.-]+\.svg)\)$", re.MULTILINE)
ALIGNED = re.compile(r'<(t[dh]) style="text-align:(left|center|right)">')
WIDE = re.compile(r"<(table|pre)>(.*?)</\1>", re.DOTALL)


def for_terminal(statement: str, command: str) -> str:
    """The statement as Markdown that a terminal can show."""
    return markdown(without_figures(statement, command))


def without_figures(statement: str, command: str) -> str:
    """The statement; in place of a figure stands the command that shows it."""
    return FIGURE.sub(f"*There is a figure: {command}*", statement)


def to_page(title: str, about: str, statement: str, folder: Path) -> str:
    """A page of a statement that needs nothing else. Its figures are in `folder`.

    Raises:
        generators.export.MissingLibrary: if what makes MathML of its formulas is not installed.
    """
    shown = parts(title, statement, folder)
    return page("statement.html.j2", sheet="statement.css", images=True, title=title, about=about, parts=shown)


def parts(title: str, statement: str, folder: Path) -> list[Markup]:
    """The text between figures, and the figures of `folder`, in their order; the title is left out.

    Raises:
        generators.export.MissingLibrary: if what makes MathML of its formulas is not installed.
    """
    text = statement.removeprefix(f"# {title}\n")
    found, at = [], 0
    for figure in FIGURE.finditer(text):
        found += [_prose(text[at : figure.start()]), _figure(folder / figure["file"], figure["text"])]
        at = figure.end()
    return [*found, _prose(text[at:])]


def _prose(text: str) -> Markup:
    """Cells are aligned by class, as the policy allows no style within an element; what is wide can be scrolled."""
    html = ALIGNED.sub(r'<\1 class="\2">', rich_text.paragraphs(text, page_mathml))
    html = html.replace("<th></th>", "<td></td>")  # a heading that says nothing
    return Markup(WIDE.sub(_scrolled, html))


def _scrolled(found: re.Match[str]) -> str:
    kind = {"table": "Table", "pre": "Example or formula"}[found[1]]
    return f'<div class="wide" role="group" aria-label="{kind}" tabindex="0">{found[0]}</div>'


def _figure(path: Path, text: str) -> Markup:
    """The drawing as an image, which can run and load nothing, and follows the reader's light or dark."""
    data = base64.b64encode(path.read_bytes()).decode()
    return Markup('<figure><img src="data:image/svg+xml;base64,{}" alt="{}"></figure>').format(data, text)
