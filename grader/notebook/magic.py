"""`%%grade`, `%grade` and `check`: what a kernel sends off to be graded, and shows."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from ..errors import GraderError
from .cells import cells, without_ours
from .report import NotebookReport

VERBOSE = "-v"


class NotGraded(GraderError):
    """Nothing could be graded. IPython shows the message alone: there is nothing to see in our own frames."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(wanted: str | None = None, *, seed: int | None = None, verbose: bool = False) -> NotebookReport:
    """Grade what this notebook's cells define.

    `wanted` is an exercise (`"conv"`), or a name that one asks for (`"conv2d"`): then only what is about that name is
    shown. Without it, the exercise is found by the names. `seed` replays the inputs of an earlier run, `verbose` lists
    every check. Raises NotGraded outside of IPython, and where nothing can be graded.
    """
    return _graded(cells(_shell()), wanted, seed, verbose)


def load_ipython_extension(shell: Any) -> None:
    """Called by `%load_ext grader`: adds `%%grade` for a cell, and `%grade` for what ran before."""

    def grade(line: str, cell: str | None = None) -> NotebookReport:
        names = [word for word in line.split() if word != VERBOSE]
        if len(names) > 1 or any(name.startswith("-") for name in names):
            raise NotGraded("It is: %%grade EXERCISE, as in: %%grade conv. With -v, every check is listed.")
        if cell is not None:
            shell.run_cell(cell)
        return _graded(_with(cells(shell), cell), names[0] if names else None, None, VERBOSE in line.split())

    shell.register_magic_function(grade, "line_cell", "grade")


def _with(before: list[str], cell: str | None) -> list[str]:
    """All cells with the running one last: IPython's history may have it already, as it was typed."""
    running = without_ours([cell or ""])
    return before if before[-1:] == running else [*before, *running]


def _shell() -> Any:
    from IPython import get_ipython

    if (shell := get_ipython()) is None:
        raise NotGraded("grader.check works in notebooks and in IPython. For a file it is: grade submit my_file.py")
    return shell


def _graded(sources: list[str], wanted: str | None, seed: int | None, verbose: bool) -> NotebookReport:
    """What another process, with nothing of this kernel's state, says of the cells."""
    request = json.dumps({"cells": sources, "wanted": wanted, "seed": seed, "verbose": verbose})
    command = [sys.executable, "-P", "-m", "grader.notebook.graded"]
    done = subprocess.run(command, input=request, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise NotGraded(f"The grader itself failed; that costs nothing. Tell your instructor:\n{done.stderr[-2000:]}")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise NotGraded(answer["error"])
    return NotebookReport(**answer)
