"""Papers as files: one module a format, found by its name and imported when it is asked for.

A module of this package defines `SUFFIX`, the ending of its files; `render(paper, *, key=False)`, the file's bytes,
with answers and worked solutions if `key`; and, where its target cannot express everything, `losses(question)`, one
sentence for each thing that the target cannot express of this question.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..paper import Paper

FORMATS = {  # format → module
    "json": "as_json",
    "md": "markdown",
    "html": "html",
    "pdf": "pdf",
    "docx": "docx",
    "ipynb": "notebook",
    "moodle": "moodle",
    "qti": "qti21",
    "canvas": "qti12",
    "gift": "gift",
}


class MissingLibrary(ImportError):
    """A format needs a library that is not installed; the message says how to install it."""


def needed(module: str, extra: str) -> ModuleType:
    """An optional library, imported late.

    Raises:
        MissingLibrary: if it is not installed; it comes with this extra.
    """
    try:
        return importlib.import_module(module)
    except ImportError as problem:
        name = module.partition(".")[0]
        raise MissingLibrary(f"this format needs {name}: pip install 'cnn-grader[{extra}]'", name=name) from problem


def exporter(form: str) -> ModuleType:
    """The module for this format.

    Raises:
        KeyError: if there is no such format.
    """
    return importlib.import_module(f".{FORMATS[form]}", __name__)


def export(paper: Paper, form: str, *, key: bool = False) -> bytes:
    """The paper as a file of this format, with answers and solutions if `key`.

    Raises:
        KeyError: if there is no such format.
        MissingLibrary: if a library that it needs is not installed.
    """
    rendered: bytes = exporter(form).render(paper, key=key)
    return rendered


def fidelity(paper: Paper, form: str) -> Iterator[tuple[int, str]]:
    """What the format cannot express: the question's number from 1, and one sentence."""
    losses = getattr(exporter(form), "losses", None)
    for number, question in enumerate(paper.questions, 1):
        for sentence in losses(question) if losses else ():
            yield number, sentence
