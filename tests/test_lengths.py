"""Files and functions stay short enough to be read at once; the gradebook's migrations, written once, are left out."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 320, 40
MIGRATIONS = "grader/gradebook/migrations/"


def test_no_file_and_no_function_is_too_long() -> None:
    assert not list(too_long(ROOT))


def test_what_is_too_long_is_found(tmp_path: Path) -> None:
    inner = "class A:\n    async def f(self):\n" + "        x = 1\n" * 40
    sources = {
        "full.py": "x = 1\n" * 320,
        "long.py": "x = 1\n" * 321,
        "in/most.py": "@decorated\ndef f():\n" + "    x = 1\n" * 39,
        "in/functions.py": inner + "def g():\n    def h():\n" + "        x = 1\n" * 39,
        "template.py": "def f(:\n" + "x = @NAME@\n" * 400,
        ".venv/of_others.py": "x = 1\n" * 400,
        f"{MIGRATIONS}0001.py": "def upgrade():\n" + "    x = 1\n" * 400,
    }
    for name, text in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert sorted(too_long(tmp_path)) == [
        "in/functions.py: f has 41 lines",
        "in/functions.py: g has 41 lines",
        "long.py: 321 lines",
        "template.py: 401 lines",
    ]


def too_long(root: Path) -> Iterator[str]:
    """What is longer than allowed, by its file's name; the lines of a function start at its `def`."""
    for path in python_files(root):
        name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8", errors="replace")
        if (lines := text.count("\n")) > LINES_OF_A_FILE:
            yield f"{name}: {lines} lines"
        for function in functions(text):
            if (lines := length(function)) > LINES_OF_A_FUNCTION:
                yield f"{name}: {function.name} has {lines} lines"


def python_files(root: Path) -> Iterator[Path]:
    """All but the migrations and what lies in hidden folders."""
    for top in sorted(root.iterdir()):
        if not top.name.startswith("."):
            files = top.rglob("*.py") if top.is_dir() else [top][: top.suffix == ".py"]
            yield from (path for path in files if not path.is_relative_to(root / MIGRATIONS))


def functions(text: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a file; none of a template, which is no Python before it is filled in."""
    with contextlib.suppress(SyntaxError):
        return [n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return []


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from its `def` to its end."""
    return (function.end_lineno or 0) - function.lineno + 1
