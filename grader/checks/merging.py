"""Two misconceptions in one file: what each does otherwise than most of the exercise's, done to the same lines.

Most files of `wrong/` are the same right file with one mistake each, without that being written down anywhere: it is
what they have in common. Two mistakes can be merged where they change different lines of it.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

USUAL = 0.5  # share of the files that have a line which counts as common
MANY = 0.25  # share of the files that have the same instead of lines of another: its mistake, probably
TRIED = 3  # files, of which one may be all that is common but for its own mistake

Lines = tuple[str, ...]


class Hunk(NamedTuple):
    """Lines from `start` to `end` that become other ones."""

    start: int
    end: int
    new: Lines


def merged(one: Path, other: Path) -> str | None:
    """The source of a file with both mistakes; None where they change the same lines, or are in different files."""
    base = common(one.parent)
    hunks = sorted([*_hunks(base, lines_of(one)), *_hunks(base, lines_of(other))])
    clash = any(b.start < a.end or b.start == a.start for a, b in pairwise(hunks))
    return None if clash else "\n".join(_applied(base, hunks))


@cache
def lines_of(path: Path) -> Lines:
    """The code of a file, without comments and docstrings, in one way of writing it."""
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tuple(ast.unparse(tree).splitlines())


@cache
def common(folder: Path) -> Lines:
    """What the files of a folder have in common: the most usual of them, with what many others have instead."""
    files = [lines_of(path) for path in sorted(folder.glob("*.py"))]
    often = Counter(line for lines in files for line in set(lines))
    usual = {line for line, count in often.items() if count > USUAL * len(files)}
    first = sorted(files, key=lambda lines: len(usual ^ {*lines}))[:TRIED]
    return min((_voted(base, files) for base in first), key=lambda lines: sum(len({*lines} ^ {*f}) for f in files))


def _voted(base: Lines, files: Sequence[Lines]) -> Lines:
    """A file with what many others have instead of its own mistake."""
    votes = Counter(hunk for lines in files for hunk in _hunks(base, lines))
    return _applied(base, sorted(hunk for hunk, count in votes.items() if count > MANY * len(files)))


def _hunks(base: Lines, lines: Lines) -> list[Hunk]:
    changes = SequenceMatcher(None, base, lines, autojunk=False).get_opcodes()
    return [Hunk(i, j, lines[k:l]) for kind, i, j, k, l in changes if kind != "equal"]


def _applied(base: Lines, hunks: Sequence[Hunk]) -> Lines:
    """The lines after these changes, which are in order; of two that overlap, the first is made."""
    found: list[str] = []
    at = 0
    for hunk in hunks:
        if hunk.start >= at:
            found += [*base[at : hunk.start], *hunk.new]
            at = hunk.end
    return (*found, *base[at:])
