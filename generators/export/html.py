"""One self-contained page: with key to practise, with feedback; without, to answer or print, and no key is in it.

A page reads and marks as `reading.py` and `marking.py` do (`templates/reading.js`, `marking.js`), and its policy
allows no script and no style but its own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ..marking import GATE
from ..model import Picture, Question, QuestionKind
from ..paper import Paper
from . import rich_text
from .phrases import asked_kinds, summary
from .tex import page_mathml

SUFFIX = ".html"
FOLDER = Path(__file__).parent / "templates"
INK = "svg{color:#1f2328}@media screen and (prefers-color-scheme:dark){svg{color:#e7e9ec}}"
_ALIGNED = re.compile(r'<(t[dh]) style="text-align:(left|center|right)">')
FIELDS = ("expression.js", "numerals.js", "matrices.js", "reading.js", "fields.js")
SCRIPTS = (*FIELDS, "marking.js", "page.js")


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The page."""
    style, script = design() + question_design() + _text("paper.css"), _script()
    page = _environment().get_template("paper.html.j2").render(
        paper=paper,
        key=key,
        summary=summary(paper),
        kinds=asked_kinds(paper),
        style=Markup(style),
        script=Markup(script),
        data=Markup(_data(paper, key)),
        policy=f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'",
    )  # fmt: skip
    return page.encode()


def design() -> str:
    """The style sheet that all pages begin with, those of other rooms too."""
    return _text("design.css")


def question_design() -> str:
    """What pages that ask questions have besides: the question, and the fields of its answer."""
    return _text("answer.css")


def form(number: int, question: Question) -> Markup:
    """A question to be answered, without its key, for a page of another room. Its script is `fields_script`."""
    parts: Any = _environment().get_template("question.html.j2").make_module({"key": False})
    return Markup(parts.form(number, question, topic=False))


def fields_script() -> str:
    """What a question's form and its answer as text are made of each other by: `answerOf`, `fill`, `prepareGrid`."""
    return "".join(map(_text, FIELDS))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": line, "paragraphs": paragraphs, "image": page_image, "words": _words}
    return environment


def line(text: str) -> Markup:
    """A text of one line with its formulas."""
    return Markup(rich_text.inline(text, page_mathml))


def paragraphs(text: str) -> Markup:
    """A text with its formulas and tables. Cells are aligned by class: the policy allows no style within an element."""
    return Markup(_ALIGNED.sub(r'<\1 class="\2">', rich_text.paragraphs(text, page_mathml)))


def _words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def image(picture: Picture) -> str:
    """The picture as an address that holds it; as an image it can run and load nothing."""
    return _held(picture.svg)


def page_image(picture: Picture) -> str:
    """The same for a page of ours: drawn in the ink of the reader's light or dark."""
    return _held(picture.svg.replace(">", f"><style>{INK}</style>", 1))


def _held(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return "".join(map(_text, SCRIPTS))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(paper: Paper, key: bool) -> str:
    """What the script needs to know, as JSON that cannot end its element."""
    record = {
        "id": "cnn-grader-" + _digest(paper, key),
        "key": key,
        "seed": paper.seed,
        "form": paper.form,
        "minutes": float(paper.minutes),
        "negative": {kind: str(share) for kind, share in GATE.negative.items()},
        "questions": [fields(question) | (_answers(question) if key else {}) for question in paper.questions],
    }
    return json.dumps(record, ensure_ascii=False).replace("<", "\\u003c")


def _digest(paper: Paper, key: bool) -> str:
    """The name under which a browser keeps the answers: they are for this very paper."""
    return hashlib.sha256(f"{key} {json.dumps(paper.as_json())}".encode()).hexdigest()[:16]


def fields(question: Question) -> dict[str, Any]:
    """What the script needs to know of a question to read its form; nothing of its key."""
    return {
        "kind": question.kind,
        "marks": question.marks,
        "topic": question.topic,
        "options": [option.key for option in question.options],
        "items": [item.key for item in question.items],
        "unit": question.unit,
    }


def _answers(question: Question) -> dict[str, Any]:
    """Numbers as text, as they are exact."""
    return {
        "answer": _exact(question.answer),
        "range": _exact(question.range or ()),
        "slugs": {option.key: option.misconception for option in question.options if option.misconception},
        "misconceptions": [{"value": _exact(entry.value), "slug": entry.slug} for entry in question.misconceptions],
    } if question.kind != QuestionKind.ESSAY else {"misconceptions": []}  # fmt: skip


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _exact(entry) for name, entry in value.items()}
    return [_exact(entry) for entry in value] if isinstance(value, (list, tuple)) else str(value)
