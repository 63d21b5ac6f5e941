"""How functions end, by their syntax tree: with `return` and a value, or without."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum

Function = ast.FunctionDef | ast.AsyncFunctionDef
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class ReturnHabit(StrEnum):
    """What a function does that may come to its end without a value."""

    NEVER = "never"  # it has no `return` with a value
    PRINTS = "prints"  # nor that, but it prints something
    SOMETIMES = "sometimes"  # one of its paths has none


def endings(tree: ast.Module) -> dict[str, ReturnHabit]:
    """The functions, and methods as `Class.method`, that may end without a value. The last one of a name counts."""
    found = {name: _habit(function) for name, function in _functions(tree.body)}
    return {name: habit for name, habit in found.items() if habit is not None}


def _functions(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Function]]:
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + statement.name, statement
        elif isinstance(statement, ast.ClassDef):
            yield from _functions(statement.body, f"{statement.name}.")


def _habit(function: Function) -> ReturnHabit | None:
    own = list(_own(function))
    if any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in own):
        return None
    if any(isinstance(node, ast.Return) and not _is_none(node.value) for node in own):
        return ReturnHabit.SOMETIMES if _may_end(function.body) else None
    return ReturnHabit.PRINTS if any(map(_is_print, own)) else ReturnHabit.NEVER


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What is inside, but not inside another function."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, SCOPES):
            yield child
            yield from _own(child)


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _is_print(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print" and bool(node.args)
    )


def _may_end(body: list[ast.stmt]) -> bool:
    """Whether a path may lead past the last statement, or to a `return` without a value."""
    if any(isinstance(node, ast.Return) and _is_none(node.value) for s in body for node in (s, *_own(s))):
        return True
    match body[-1]:
        case ast.Return() | ast.Raise():
            return False
        case ast.If(body=then, orelse=otherwise):
            return not otherwise or _may_end(then) or _may_end(otherwise)
        case ast.With(body=inner) | ast.AsyncWith(body=inner):
            return _may_end(inner)
        case ast.While(test=ast.Constant(value=True)):
            return any(isinstance(node, ast.Break) for node in _own(body[-1]))
    return True
