"""Files that do nothing, made of an exercise's reference: what earns points without solving shows in them.

Each function and method that is asked for has a new body; constructors, and the helpers that they call, stay as they
are, so that checks of what is merely set up are tried too.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from ..exercise import Exercise

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _first(function: Function) -> str:
    """The first argument as it is; of a method, the first after the object."""
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args) if a.arg != "self"]
    return f"return {names[0] if names else None}"


BODIES: dict[str, Callable[[Function], str]] = {
    "nothing": lambda _: "return None",
    "first_argument": _first,
    "not_written": lambda _: "raise NotImplementedError",
    "refused": lambda _: "raise ValueError",
}


def idle_files(exercise: Exercise, folder: Path) -> Iterator[Path]:
    """Write a file for each way to do nothing into the folder: `idle_nothing.py` and so on."""
    source = exercise.reference_file.read_text(encoding="utf-8")
    for name, body in BODIES.items():
        path = folder / f"idle_{name}.py"
        path.write_text(idle(source, exercise.names, body), encoding="utf-8")
        yield path


def idle(source: str, names: tuple[str, ...], body: Callable[[Function], str]) -> str:
    """The source with this body in each function of these names and each method but constructors and helpers."""
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            methods = [m for m in node.body if isinstance(m, Function) and not m.name.startswith("_")]
            _replace(methods, body)
        elif isinstance(node, Function) and node.name in names:
            _replace([node], body)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _replace(functions: list[Function], body: Callable[[Function], str]) -> None:
    for function in functions:
        function.body = ast.parse(body(function)).body
