"""Loads a submission's main file: a module, or a notebook's cells one after the other."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from .statements import StatementLoader, Statements

RESERVED = ("torch", "numpy", "scipy")


def run_main(main: str, scratch: str, statements: Statements) -> ModuleType:
    """Run the submission's main file, in its folder."""
    statements.install()
    path = Path(scratch, main)
    return _notebook(path, statements) if path.is_dir() else _file(path, statements)


def _notebook(path: Path, statements: Statements) -> ModuleType:
    module = ModuleType("notebook")
    sys.modules["notebook"] = module
    for cell in sorted(path.glob("*.py")):
        with contextlib.suppress(SyntaxError):  # which the student was told of when the notebook was read
            statements.run(cell, vars(module))
    statements.restore(vars(module))
    return module


def _file(path: Path, statements: Statements) -> ModuleType:
    taken = path.stem in RESERVED or path.stem in sys.modules or path.stem in sys.stdlib_module_names
    statements.passed_over = path.stem if path.stem in sys.stdlib_module_names else ""  # `import random` in random.py
    sys.path.insert(0, str(path.parent))
    os.chdir(path.parent)
    name = "submission" if taken else path.stem  # numpy.py or random.py must not replace those modules
    return import_file(name, path, StatementLoader(statements, name, str(path)))


def import_file(name: str, path: Path, loader: StatementLoader | None = None) -> ModuleType:
    """Import a file under this name (dataclasses need it in sys.modules)."""
    spec: Any = importlib.util.spec_from_file_location(name, path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
