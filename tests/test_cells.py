"""A notebook's cells are read as the notebook reads them."""

from __future__ import annotations

import json

import pytest

from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.submission.beside import with_modules
from grader.submission.cells import as_python
from grader.submission.load import load
from tests.accidents.accidents import FIRST, SECOND, cell, notebook

INDENTED = "".join(f"    {line}\n" if line else "\n" for line in f"import numpy as np\n{SECOND}".splitlines())
SESSION = INDENTED.replace("    ", "... ", 1).replace("\n    ", "\n... ").replace("... ", ">>> ", 1)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\n  x = 1\n\n  y = 2", "\nx = 1\n\ny = 2"),
        (">>> if 1:\n...     x = 1\n...\n>>> x\n", "if 1:\n    x = 1\n\nx\n"),
        ("In [1]: x = 1\n   ...: y = 2\n", "x = 1\ny = 2\n"),
        ("x = 1\n...", "x = 1\n..."),
        ("if 1:\n    !pip install \\\n  x\ny", "if 1:\n    pass  # !pip install \\\n    pass  # x\ny"),
        ("%run ./helper.py", "from helper import *"),
        ("%run -i helper", "from helper import *"),
        ("%run helper.py 3", "pass  # %run helper.py 3"),
        ("%run ../helper.py", "pass  # %run ../helper.py"),
    ],
)
def test_a_cell_is_read_as_the_notebook_reads_it(text, read):
    assert as_python(text) == read


@pytest.mark.parametrize("source", [INDENTED, SESSION, f"!pip install \\\n    numpy\nimport numpy as np\n{SECOND}"])
def test_what_the_notebook_runs_is_graded(source, tmp_path, sandboxes):
    submission = load(notebook(FIRST, source)(tmp_path))
    assert grade(submission, load_exercise("padding"), seed=1, sandbox=sandboxes("padding")).full_marks


def test_a_file_that_a_notebook_runs_is_graded_with_it(tmp_path, sandboxes):
    (tmp_path / "helper.py").write_text("def last(steps):\n    return steps + 1\n")
    book = tmp_path / "my_padding.ipynb"
    cells = [cell("%run helper.py"), cell(FIRST.replace("// S + 1", "// S").replace("(W - F", "last((W - F") + ")")]
    book.write_text(json.dumps({"cells": [*cells, cell(f"import numpy as np\n{SECOND}")], "nbformat": 4}))
    submission = with_modules(load(book), book)
    assert grade(submission, load_exercise("padding"), seed=1, sandbox=sandboxes("padding")).full_marks
    assert submission.notes == ["helper.py from the same folder is graded with it. Hand it in, too."]
