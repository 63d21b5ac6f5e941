"""Right solutions as students hand them in: full marks, whatever they look like."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from grader.exercise import Exercise, load_exercise
from grader.judge.grade import grade
from grader.report.message import message, unloaded
from grader.submission.load import find_exercises, load
from tests.files import Build, one_file, written

FILES = sorted(Path(__file__).with_name("files").glob("*.py"))
PLAIN = (Path(__file__).with_name("files") / "unittest_inside.py").read_text().split("\nclass TestConv")[0]
BODY = PLAIN[PLAIN.index("def conv2d(") :]


@pytest.fixture(scope="module")
def conv() -> Exercise:
    return load_exercise("conv")


def full_marks(path: Path, exercise: Exercise) -> None:
    submission = load(path)
    assert "conv" in [e.slug for e in find_exercises(submission)]
    result = grade(submission, exercise)
    assert result.full_marks, [unloaded(result), *(f"{c.name}: {message(c)}" for c in result.checks if message(c))]


@pytest.mark.sampled(quick=15, ci=3)
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_solutions_of_every_kind(path: Path, conv: Exercise):
    full_marks(path, conv)


# ---------------------------------------------------------------- the file around the solution


def source(data: str | bytes, name: str = "my_conv.py") -> Build:
    return one_file(data, name)


def files(**parts: str) -> Build:
    def build(folder: Path) -> Path:
        for name, data in parts.items():
            written(folder / "handed_in" / (name.replace("__", "/") + ".py"), data)
        return folder / "handed_in"

    return build


def archive(build: Build) -> Build:
    def build_archive(folder: Path) -> Path:
        root = build(folder)
        with zipfile.ZipFile(folder / "handed_in.zip", "w") as out:
            for path in sorted(root.rglob("*")):
                out.write(path, path.relative_to(folder))
            out.writestr("__MACOSX/handed_in/._my_conv.py", b"\0\5\26\7")
            out.writestr("handed_in/.DS_Store", b"\0")
        return folder / "handed_in.zip"

    return build_archive


def notebook(*cells: str) -> Build:
    def cell(text: str) -> dict:
        lines = text.splitlines(keepends=True)
        return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": lines}

    text = {"cell_type": "markdown", "metadata": {}, "source": ["# Convolution\n", "*by* me"]}
    content = {"cells": [text, *map(cell, cells)], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return source(json.dumps(content), "Assignment 1 - final (2).ipynb")


PAD = "import numpy as np\n\ndef padded(X, p):\n    return np.pad(np.asarray(X, float), p)\n"
USES_PAD = BODY.replace("np.pad(np.asarray(X, float), padding)", "padded(X, padding)")
EXPORTED = """#!/usr/bin/env python
# coding: utf-8

# In[1]:

get_ipython().run_line_magic("matplotlib", "inline")
"""
FIRST, SECOND = BODY.split("\n\n\n")[:2]
CASES: dict[str, Build] = {
    "byte order mark": source(b"\xef\xbb\xbf" + PLAIN.encode()),
    "lines of Windows": source(PLAIN.replace("\n", "\r\n")),
    "lines of an old Mac": source(PLAIN.replace("\n", "\r")),
    "byte order mark and lines of Windows": source(b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode()),
    "tabs": source(PLAIN.replace("    ", "\t")),
    "form feeds and no line at the end": source("\f\n" + PLAIN.replace("\n\n\n", "\n\f\n").rstrip()),
    "Latin-1, declared": source(b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + PLAIN.encode()),
    "Cyrillic, declared": source("# vim: set fileencoding=cp1251 :\n# свёртка\n".encode("cp1251") + PLAIN.encode()),
    "identifiers that are not ASCII": source(PLAIN.replace("windows", "фенстер_窗口_é") + "\nσ = Δx = 1\n"),
    "invalid escapes": source(PLAIN + "\npath = 'C:\\data\\images\\d'\n"),
    "a name with blanks and a number": source(PLAIN, "my conv (2).py"),
    "a name of the standard library": source(PLAIN, "random.py"),
    "a name of a keyword": source(PLAIN, "class.py"),
    "a name in another script": source(PLAIN, "свёртка.py"),
    "a name with a dot": source(PLAIN, "conv.v2.final.py"),
    "a helper beside it": files(my_conv="from helpers import padded\n" + PLAIN.replace(BODY, USES_PAD), helpers=PAD),
    "a helper in a package": files(
        my_conv="from lib.helpers import padded\n" + PLAIN.replace(BODY, USES_PAD), lib____init__="", lib__helpers=PAD
    ),
    "all in a folder within": files(
        src__my_conv="from helpers import padded\n" + PLAIN.replace(BODY, USES_PAD), src__helpers=PAD, setup="x = 1\n"
    ),
    "an archive of a folder": archive(
        files(my_conv="from helpers import padded\n" + PLAIN.replace(BODY, USES_PAD), helpers=PAD)
    ),
    "a notebook": notebook("import numpy as np", FIRST, SECOND, "conv2d(np.eye(3), np.eye(2))"),
    "a notebook with magic": notebook(
        "%matplotlib inline\n%load_ext autoreload\n!pip install numpy\nimport numpy as np  # why?",
        "files = !ls\nnow = %time\nnp.pad?\n?np.pad\nx = 7  # is it 7?",
        "%%time\n" + FIRST,
        "%%bash\necho def conv2d",
        "%%html\n<b>conv2d</b>",
        SECOND + "\n\ntext = ('%d'\n        % 3)",
        "if True:\n    %timeit conv2d(np.eye(3), np.eye(2))",
    ),
    "a notebook with pictures": notebook(
        "import numpy as np\nimport matplotlib.pyplot as plt",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        FIRST + "\n\n\n" + SECOND,
        "plt.imshow(conv2d(np.eye(9), np.eye(3)), cmap='gray'); plt.show()",
        "display(conv2d(np.eye(3), np.eye(2)))\nconv2d(np.eye(3), np.eye(2)) ",
    ),
    "a notebook whose last cells fail": notebook("import numpy as np", FIRST, SECOND, "img = open('cat.png')", "img"),
    "a notebook that was exported": source(EXPORTED + PLAIN),
}


@pytest.mark.sampled(quick=12, ci=4)
@pytest.mark.parametrize("name", CASES)
def test_files_of_every_kind(name: str, tmp_path: Path, conv: Exercise):
    full_marks(CASES[name](tmp_path), conv)
