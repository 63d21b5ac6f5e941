"""How a script gets at a student's functions: by importing their file, or by loading what of it may be run."""

from __future__ import annotations

import sys
from pathlib import PurePath

from ..model import Result


def imported(result: Result, names: list[str]) -> str:
    """How the student's functions are imported; of a notebook, that they are there already."""
    if result.main == "notebook":
        return "# Paste this below the last cell of your notebook."
    file = PurePath(result.file).name if result.file.endswith(".py") else PurePath(result.main).name
    stem = PurePath(file).stem
    taken = stem in sys.stdlib_module_names or stem in ("numpy", "torch", "scipy")
    if stem.isidentifier() and not taken and not result.left_out:
        return f"from {stem} import {', '.join(names)}"
    return _loaded(file, "submission" if taken or not stem.isidentifier() else stem, names, result.left_out)


def _loaded(file: str, name: str, names: list[str], left_out: tuple[tuple[int, int], ...]) -> str:
    lines = [
        "import ast",
        "import types",
        "from pathlib import Path",
        "",
        f"path = next(p for p in (Path(folder, {file!r}) for folder in [*sys.path, '.']) if p.is_file())",
        "tree = ast.parse(path.read_bytes())",
    ]
    if left_out:
        lines += [
            f"left_out = {list(left_out)}  # line and column of what was not run when this was graded",
            "tree.body = [s for s in tree.body if (s.lineno, s.col_offset) not in left_out]",
        ]
    lines += [
        f"module = sys.modules[{name!r}] = types.ModuleType({name!r})",
        "module.__file__ = str(path)",
        "exec(compile(tree, str(path), 'exec'), module.__dict__)",
        *(f"{each} = module.{each}" for each in names),
    ]
    return "\n".join(lines)
