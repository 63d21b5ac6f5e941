"""What a source defines anywhere in it, not only at its top level: for names that are not where they should be."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

SCRIPT = "__main__"  # stands for what runs only as a script
Function = ast.FunctionDef | ast.AsyncFunctionDef


def signatures(tree: ast.Module) -> dict[str, list[str]]:
    """Every function with its parameters (`*args` and `**options` with their stars), and every class with none.

    Names are dotted: `Solution.conv2d` is a method of a class or is inside a function; `__main__.conv2d` is what is
    defined under `if __name__ == "__main__":`.
    """
    return {name: _parameters(node) for name, node in _definitions(tree.body, "")}


def attributes(tree: ast.Module) -> dict[str, list[str]]:
    """Every class with the attributes that its methods set on their first argument, and those of its own body."""
    classes = ((name, node) for name, node in _definitions(tree.body, "") if isinstance(node, ast.ClassDef))
    return {name: list(dict.fromkeys(_set_in(node))) for name, node in classes}


def twice(tree: ast.Module) -> dict[str, list[int]]:
    """The lines of what is defined more than once at the top level, by name; what has decorators may be meant so."""
    lines: dict[str, list[int]] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.decorator_list:
            lines.setdefault(node.name, []).append(node.lineno)
    return {name: found for name, found in lines.items() if len(found) > 1}


def _definitions(body: Iterable[ast.AST], prefix: str) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield prefix + name, node
                yield from _definitions(node.body, f"{prefix}{name}.")
            case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
                yield from _definitions(node.body, f"{SCRIPT}.")
            case ast.stmt() | ast.ExceptHandler() | ast.match_case():
                yield from _definitions(ast.iter_child_nodes(node), prefix)


def _parameters(node: Function | ast.ClassDef) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return []
    named = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    rest = [f"*{node.args.vararg.arg}"] if node.args.vararg else []
    return named + rest + ([f"**{node.args.kwarg.arg}"] if node.args.kwarg else [])


def _set_in(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = next(iter(_parameters(statement)), "")
            parts = (part for part in ast.walk(statement) if isinstance(part, ast.Attribute))
            yield from (part.attr for part in parts if _is_set(part, first))
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_set(node: ast.Attribute, owner: str) -> bool:
    return isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id == owner
