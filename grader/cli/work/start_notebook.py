"""`grade start --notebook`: the statement, the starter in cells, and the cell that grades."""

from __future__ import annotations

import ast
import json
from itertools import groupby

from ...exercise import Exercise
from ...report import statement

ALONE = (ast.FunctionDef, ast.ClassDef, ast.If)  # statements with a cell of their own


def starter_notebook(exercise: Exercise) -> str:
    """The notebook as text."""
    starter = exercise.starter_file.read_text(encoding="utf-8")
    code = ["%load_ext grader", *_parts(starter), f"%grade {exercise.slug}"]
    text = statement.without_figures(exercise.statement, f"`grade start {exercise.slug} --open`")
    made = [_cell("markdown", text), *(_cell("code", source) for source in code)]
    for number, cell in enumerate(made):
        cell["id"] = f"{exercise.slug}-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": made}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _parts(source: str) -> list[str]:
    """A file's statements, without its docstring: each function and class apart, with the comments above it."""
    tree, lines = ast.parse(source), source.splitlines()
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    start = 0 if body is tree.body else tree.body[0].end_lineno or 0
    parts = []
    for _, statements in groupby(body, key=lambda s: s.lineno if isinstance(s, ALONE) else 0):
        end = list(statements)[-1].end_lineno or start
        parts.append("\n".join(lines[start:end]).strip())
        start = end
    return parts


def _cell(kind: str, source: str) -> dict[str, object]:
    own: dict[str, object] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **own}
