"""Runs a submission's file: a module, or a notebook's cells one after the other.

A statement at the top level that uses what the exercise does not allow is left out, and said to be: mostly it is a test
that the file makes of itself, or belongs to another exercise.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType, TracebackType
from typing import NamedTuple

from .banned import not_allowed

RESERVED = ("torch", "numpy", "scipy")
Describe = Callable[[BaseException], dict[str, str]]  # an exception as a failure


class Loaded(NamedTuple):
    """A module, the first failure while it ran (if any), and what was left out."""

    module: ModuleType
    problem: dict[str, str] | None
    left_out: list[str]


def run_main(main: str, scratch: str, describe: Describe) -> Loaded:
    """Execute the submission's main file.

    A cell that fails does not stop a notebook; the first failure comes back beside the module.
    """
    path = Path(scratch, main)
    return _notebook(path, describe) if path.is_dir() else _file(path, describe)


def _notebook(path: Path, describe: Describe) -> Loaded:
    module = ModuleType("notebook")
    sys.modules["notebook"] = module
    problem = None
    for cell in sorted(path.glob("*.py")):
        try:
            exec(compile(cell.read_bytes(), str(cell), "exec"), module.__dict__)
        except BaseException as error:
            problem = problem or describe(error)
    return Loaded(module, problem, [])


def _file(path: Path, describe: Describe) -> Loaded:
    sys.path.insert(0, str(path.parent))
    taken = path.stem in RESERVED or path.stem in sys.modules or path.stem in sys.stdlib_module_names
    name = "submission" if taken else path.stem  # numpy.py or random.py must not replace those modules
    left_out: list[str] = []
    try:
        return Loaded(import_file(name, path, left_out), None, left_out)
    except BaseException as error:
        return Loaded(sys.modules.get(name) or ModuleType(name), describe(error), left_out)


def import_file(name: str, path: Path, left_out: list[str]) -> ModuleType:
    """Import a file under this name (dataclasses need it in sys.modules)."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    run: Callable[[], None] | None = partial(spec.loader.exec_module, module)
    while run is not None:
        run = _ran(run, module, path, left_out)
    return module


def _ran(run: Callable[[], None], module: ModuleType, path: Path, left_out: list[str]) -> Callable[[], None] | None:
    """Run; what is to be run next, where a statement is to be left out."""
    try:
        run()
    except Exception as error:
        name, line = not_allowed(error), _line(error.__traceback__, module)
        if not name or not line:
            raise
        why = f"it uses {name}, which this exercise does not allow"
        left_out.append(f"line {line} was left out while the file was loaded: {why}")
        return partial(_run_after, line, module, path)
    return None


def _line(trace: TracebackType | None, module: ModuleType) -> int:
    """The line of the module's top level that an exception came through; 0 if none."""
    while trace is not None and trace.tb_frame.f_locals is not vars(module):
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else 0


def _begins(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(d.lineno for d in decorators)])


def _run_after(line: int, module: ModuleType, path: Path) -> None:
    """Run the statements that begin after this line."""
    tree = ast.parse(path.read_bytes(), str(path))
    future = [s for s in tree.body if isinstance(s, ast.ImportFrom) and s.module == "__future__"]
    rest = [s for s in tree.body if _begins(s) > line]
    exec(compile(ast.Module([*future, *rest], []), str(path), "exec", dont_inherit=True), vars(module))
