"""Mutants: a right file with one small edit, unparsed. Most are wrong, and a check should notice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from ..explain.edits import edits
from ..explain.trees import spots


@dataclass(frozen=True)
class Mutant:
    """One edit: its kind, the line in `source` (from 1), and what that line was and is (empty: there was none)."""

    kind: str
    line: int
    before: str
    after: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of a file, each once, in the order of the tree. Docstrings stay, comments do not."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    seen = {original}
    for spot, node in spots(tree):
        for kind, other in edits(node):
            spot.put(other)
            text = ast.unparse(tree)
            spot.put(node)
            if text not in seen and _compiles(text):
                seen.add(text)
                yield Mutant(kind, *_difference(original, text), text)


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _difference(original: str, text: str) -> tuple[int, str, str]:
    """The first line that differs, as it was and as it is."""
    lines = zip_longest(original.split("\n"), text.split("\n"), fillvalue="")
    return next((i, was.strip(), is_.strip()) for i, (was, is_) in enumerate(lines, 1) if was != is_)
