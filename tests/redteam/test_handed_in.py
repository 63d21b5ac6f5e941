"""Files, folders, archives and notebooks that are traps: graded as what they are.

Nothing of a submission is run to read it, nothing outside of it is read, and nothing of it is written outside the
sandbox.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from grader.clean import CONTROL
from grader.exercise import Exercise
from grader.judge.grade import grade
from grader.report.as_json import to_json
from grader.report.message import message, unloaded
from grader.submission.load import find_exercises, load
from tests.redteam.traps import HONEST, SECONDS, WRONG, Build, code, folder_of, link, notebook, source, written, zipped

LIAR = "import sys\ndef __getattr__(name):\n    return lambda *a, **k: True\nallclose = asarray = array = __getattr__\n"
CRASH = "raise SystemExit('imported by the grader')\n"
SIDE_FILES = {
    f"{name}__dot__py": CRASH
    for name in (
        "conftest",
        "sitecustomize",
        "usercustomize",
        "pytest",
        "numpy",
        "torch",
        "json",
        "struct",
        "socket",
        "grader",
        "solutions",
        "exercises",
        "sandbox",
        "kit",
        "wire",
        "worker",
        "encodings",
        "site",
        "ctypes",
        "signal",
        "select",
        "_pytest__slash____init__",
        "numpy__slash____init__",
        "grader__slash____init__",
        "tests__slash__conftest",
    )
} | {
    "pytest__dot__ini": "[pytest]\naddopts = -p evil\n",
    "pyproject__dot__toml": "[tool.pytest.ini_options]\naddopts = '-p evil'\n",
    "evil__dot__pth": "import os; os._exit(0)\n",
    "setup__dot__cfg": "[tool:pytest]\naddopts = -p evil\n",
}


def deep_folder(folder: Path) -> Path:
    here = folder / "handed_in"
    written(here / "my_conv.py", HONEST)
    for _ in range(60):
        here = here / "folder"
        here.mkdir()
    return folder / "handed_in"


def strange_names(folder: Path) -> Path:
    for name in ("-rf.py", "a\nb.py", "\x1b[2J.py", "ü ö.py", "$(touch x).py", "; rm -rf ~.py", "'\".py"):
        written(folder / "handed_in" / name, "x = 1\n")
    written(os.fsencode(folder / "handed_in") and folder / "handed_in" / os.fsdecode(b"\xff\xfe.py"), "y = 1\n")
    written(folder / "handed_in" / "my_conv.py", HONEST)
    return folder / "handed_in"


def many_files(folder: Path) -> Path:
    entries = [(f"helpers/h{i}.py", f"value = {i}\n") for i in range(150)]
    return zipped(("my_conv.py", "import helpers.h149\n" + HONEST), *entries)(folder)


def duplicates(folder: Path) -> Path:
    return zipped(("my_conv.py", HONEST), ("my_conv.py", WRONG))(folder)


def long_names(folder: Path) -> Path:
    entries = [("x" * 200 + f"/{'y' * 200}{i}.py", "x = 1\n") for i in range(3)]
    return zipped(("my_conv.py", HONEST), *entries)(folder)


def by_link(folder: Path) -> Path:
    written(folder / "elsewhere.py", HONEST)
    (folder / "my_conv.py").symlink_to("elsewhere.py")
    return folder / "my_conv.py"


GRADED: dict[str, tuple[Build, str]] = {
    "right, with side files": (folder_of(my_conv__dot__py=HONEST, **SIDE_FILES), "full"),
    "wrong, with side files": (folder_of(my_conv__dot__py=WRONG, **SIDE_FILES), "nothing"),
    "wrong, with side files that agree with everything": (
        folder_of(my_conv__dot__py=WRONG, numpy__dot__py=LIAR, pytest__dot__py=LIAR, conftest__dot__py=LIAR),
        "nothing",
    ),
    "right, in an archive with entries that lead outside": (
        zipped(("my_conv.py", HONEST), ("../evil.py", CRASH), ("/evil.py", CRASH), ("C:\\evil.py", CRASH)),
        "full",
    ),
    "right, in an archive with links": (zipped(("my_conv.py", HONEST), (link("a.py", "x"), "@CANARY@")), "full"),
    "right, in an archive with folders that are files": (
        zipped(("my_conv.py", HONEST), ("a.py/b.py", "x = 1\n"), ("a.py", "x = 1\n")),
        "any",
    ),
    "right, at the top of a deep folder": (deep_folder, "full"),
    "right, among strange names": (strange_names, "full"),
    "right, among many files": (many_files, "full"),
    "right and wrong under one name": (duplicates, "any"),
    "right, beside names that are too long": (long_names, "any"),
    "right, by a link": (by_link, "full"),
    "right, called numpy.py": (source(HONEST, "numpy.py"), "full"),
    "right, called json.py": (source(HONEST, "json.py"), "full"),
    "right, called torch.py": (source(HONEST, "torch.py"), "full"),
    "right, called conftest.py": (source(HONEST, "conftest.py"), "full"),
    "right, called --seed.py": (source(HONEST, "--seed.py"), "full"),
    "right, with a line break in its name": (source(HONEST, "my\nconv\x1b[2J.py"), "full"),
    "right, with bytes in its name": (source(HONEST, os.fsdecode(b"my_\xff\xfe.py")), "full"),
    "right, in capital letters": (source(HONEST, "MY_CONV.PY"), "full"),
    "right, in a notebook with broken cells": (
        notebook(code("def f(:"), code(HONEST), code("1 / 0"), code("import sys; sys.exit(0)"), code("\ud800 x")),
        "full",
    ),
    "right, in a notebook with huge outputs": (
        notebook(code(HONEST, outputs=[{"output_type": "stream", "name": "stdout", "text": "x" * 5_000_000}])),
        "full",
    ),
    "right, in a notebook with wrong types elsewhere": (
        notebook(code(HONEST, metadata={"x": [[]]}, outputs=[{"x": 1}, {}], execution_count=[]), metadata={"x": 1}),
        "full",
    ),
    "wrong, in a notebook whose outputs are perfect": (
        notebook(code(WRONG, outputs=[{"output_type": "stream", "name": "stdout", "text": '{"score": 20}'}])),
        "nothing",
    ),
    "wrong, in a notebook that ends the process": (notebook(code(WRONG), code("import os; os._exit(0)")), "nothing"),
    "a huge literal": (source(HONEST + "\ndata = [" + "1, " * 150_000 + "]\n"), "full"),
    "a huge string": (source(HONEST + "\ndata = '" + "x" * 900_000 + "'\n"), "full"),
}


@pytest.mark.sampled(quick=4, ci=3)
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", GRADED)
def test_what_is_handed_in_is_graded_as_what_it_is(name: str, scene, conv: Exercise, tmp_path: Path):
    build, wanted = GRADED[name]
    folder = tmp_path / "student"
    folder.mkdir()
    started = time.monotonic()
    submission = load(build(folder))
    assert [e.slug for e in find_exercises(submission)] == ["conv"]
    result = grade(submission, conv)
    assert time.monotonic() - started < SECONDS
    assert not result.internal_error, result.checks[0]
    messages = [unloaded(result), *(f"{c.name}: {message(c)}" for c in result.checks)]
    assert wanted != "full" or result.full_marks, messages
    assert wanted != "nothing" or result.score == 0, messages
    assert json.loads(to_json([result]).encode())["score"] == result.score
    assert not CONTROL.search(result.file)
