"""Where in a syntax tree something may be edited."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

SKIPPED = (ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Raise, ast.Assert)  # of which nothing inside is edited
UNSAID = ("annotation", "returns", "ctx", "type_comment")


class Spot(NamedTuple):
    """A node's parent, the field that holds it, and the place in a list there."""

    parent: ast.AST
    field: str
    place: int | None

    def put(self, node: ast.AST) -> None:
        """Set this node there."""
        if self.place is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.place] = node


def spots(parent: ast.AST) -> Iterator[tuple[Spot, ast.AST]]:
    """All nodes that may be edited, with where they stand."""
    for field, value in ast.iter_fields(parent):
        for i, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and field not in UNSAID and not _left_alone(node):
                yield Spot(parent, field, i), node
                if not isinstance(node, SKIPPED):
                    yield from spots(node)


def _left_alone(node: ast.AST) -> bool:
    """Docstrings, imports, and what runs only as a program."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False
