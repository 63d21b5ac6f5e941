"""Files, folders, archives and notebooks that are traps: refused with a reason, or graded as what they are.

Nothing of a submission is run to read it, nothing outside of it is read, and nothing of it is written outside the
sandbox.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.clean import CONTROL
from grader.exercise import Exercise
from grader.judge.grade import grade
from grader.report.as_json import to_json
from grader.report.message import message, unloaded
from grader.report.text import to_text
from grader.submission.load import SubmissionError, find_exercises, load

PARTS = Path(__file__).with_name("parts")
HONEST = (PARTS / "honest.py").read_text()
WRONG = "def conv2d(X, K, stride=1, padding=0):\n    return [[0.0]]\n\n\nconv2d_multichannel = conv2d\n"
SECONDS = 40
Build = Callable[[Path], Path]


def written(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return path


def source(data: str | bytes, name: str = "my_conv.py") -> Build:
    return lambda folder: written(folder / name, data)


def folder_of(**files: str) -> Build:
    def build(folder: Path) -> Path:
        for name, data in files.items():
            written(folder / "handed_in" / name.replace("__slash__", "/").replace("__dot__", "."), data)
        return folder / "handed_in"

    return build


def zipped(*entries: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Build:
    def build(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "handed_in.zip", "w", method) as archive:
            for name, data in entries:
                archive.writestr(name, data)
        return folder / "handed_in.zip"

    return build


def link(name: str, target: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def notebook(*cells: object, **more: object) -> Build:
    content = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more
    return source(json.dumps(content), "my_conv.ipynb")


def code(text: object, **more: object) -> dict:
    return {"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None} | more


# ---------------------------------------------------------------- nothing to grade: said, and no more


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.py")
    return folder / "pipe.py"


def dangling(folder: Path) -> Path:
    (folder / "link.py").symlink_to("nowhere.py")
    return folder / "link.py"


def loop(folder: Path) -> Path:
    (folder / "loop.py").symlink_to("loop.py")
    return folder / "loop.py"


def device(name: str) -> Build:
    def build(folder: Path) -> Path:
        (folder / "device.py").symlink_to(name)
        return folder / "device.py"

    return build


def folder_of_links(folder: Path) -> Path:
    inside = folder / "handed_in"
    inside.mkdir()
    (inside / "a.py").symlink_to("/proc/self/environ")
    (inside / "b.py").symlink_to(PARTS / "honest.py")
    (inside / "up").symlink_to("..")
    os.mkfifo(inside / "c.py")
    (inside / "d.py").mkdir()
    return inside


def encrypted(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST))(folder)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    return written(path, bytes(data))


def truncated(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST * 20))(folder)
    return written(path, path.read_bytes()[:200])


def changed_inside(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST * 20))(folder)
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    return written(path, bytes(data))


def unknown_method(folder: Path) -> Path:
    path = zipped(("my_conv.py", HONEST))(folder)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        data[data.index(signature) + offset] = 99
    return written(path, bytes(data))


def announced_size(folder: Path) -> Path:
    """An archive whose directory says that its file has 7 bytes."""
    path = zipped(("my_conv.py", HONEST), method=zipfile.ZIP_STORED)(folder)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 7)
    return written(path, bytes(data))


def zip_in_zip(folder: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("my_conv.py", HONEST)
    return zipped(("inner.zip", inner.getvalue()))(folder)


def endless_directory(folder: Path) -> Path:
    """An archive that lists a hundred thousand files."""
    path = zipped(("my_conv.py", HONEST), method=zipfile.ZIP_STORED)(folder)
    data = path.read_bytes()
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    return written(path, data[:start] + data[start:end] * 100_000 + data[end:])


def bomb_of_objects(folder: Path) -> Path:
    """A notebook whose metadata takes a hundred times its size in memory."""
    path = notebook(code(HONEST), metadata={"x": ["here"]})(folder)
    return written(path, path.read_text().replace('"here"', ",".join(["{}"] * 5_000_000)))


def endless_folder(folder: Path) -> Path:
    for i in range(210):
        for j in range(100):
            written(folder / "handed_in" / str(i) / f"{j}.txt", "")
    return folder / "handed_in"


REFUSED: dict[str, tuple[Build, str]] = {
    "named pipe": (fifo, "not a regular file"),
    "link to nowhere": (dangling, "No such file"),
    "link to itself": (loop, "symbolic links"),
    "endless device": (device("/dev/zero"), "not a regular file"),
    "terminal": (device("/dev/tty"), "not a regular file"),
    "nothing there": (lambda folder: folder / "nothing.py", "No such file"),
    "name with a NUL": (lambda folder: Path("a\0b.py"), "null"),
    "name too long": (lambda folder: folder / ("x" * 5000 + ".py"), "too long"),
    "another kind of file": (source("x = 1", "my_conv.txt"), "hand in"),
    "empty folder": (lambda folder: folder, "holds no"),
    "folder of links and pipes": (folder_of_links, "holds no"),
    "endless folder": (endless_folder, "holds more than"),
    "source too large": (source("#" * (2 << 20)), "too large"),
    "archive that is none": (source(b"PK\3\4" + b"\0" * 100, "a.zip"), "cannot be unpacked"),
    "empty archive": (source(b"PK\5\6" + bytes(18), "a.zip"), "holds no"),
    "empty file as archive": (source(b"", "a.zip"), "cannot be unpacked"),
    "encrypted archive": (encrypted, "cannot be unpacked"),
    "truncated archive": (truncated, "cannot be unpacked"),
    "archive changed inside": (changed_inside, "cannot be unpacked"),
    "archive packed by an unknown method": (unknown_method, "cannot be unpacked"),
    "archive that lies about sizes": (announced_size, "cannot be unpacked"),
    "archive in an archive": (zip_in_zip, "holds no"),
    "archive of a hundred thousand files": (endless_directory, "holds more than"),
    "archive bomb": (zipped(("my_conv.py", b"#" * (100 << 20))), "too much"),
    "archive bomb of many": (zipped(*((f"a{i}.py", b"#" * (1 << 20)) for i in range(60))), "too much"),
    "archive bomb under one name": (zipped(*(("a.py", b"#" * (1 << 20)) for _ in range(60))), "too much"),
    "archive of too many files": (zipped(*((f"a{i}.py", "x = 1\n") for i in range(300))), "too much"),
    "archive bomb, LZMA": (zipped(("my_conv.py", b"#" * (50 << 20)), method=zipfile.ZIP_LZMA), "too much"),
    "archive bomb, bzip2": (zipped(("my_conv.py", b"#" * (50 << 20)), method=zipfile.ZIP_BZIP2), "too much"),
    "only entries that lead outside": (
        zipped(("../my_conv.py", HONEST), ("/etc/my_conv.py", HONEST), ("a/../../b.py", HONEST), ("..\\c.py", HONEST)),
        "holds no",
    ),
    "only links": (zipped((link("my_conv.py", "x"), "/etc/passwd"), (link("b.py", "x"), "@CANARY@")), "holds no"),
    "nothing that an exercise asks for": (source("x = 1\n"), "defines nothing"),
    "empty source": (source(""), "defines nothing"),
    "thousands of cells": (notebook(*(code("x = 1") for _ in range(5000))), "too many cells"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", REFUSED)
def test_nothing_to_grade_is_said_in_time(name: str, scene, tmp_path: Path):
    build, said = REFUSED[name]
    folder = tmp_path / "student"
    folder.mkdir()
    path = build(folder)
    started = time.monotonic()
    with pytest.raises(SubmissionError, match=f"(?i){said}"):
        find_exercises(load(path))
    assert time.monotonic() - started < SECONDS


# ---------------------------------------------------------------- graded with no marks, and the reason


def spiral(text: str, depth: int, middle: str = "1") -> str:
    left, right = text.split("|")
    return f"{WRONG}\nvalue = {left * depth}{middle}{right * depth}\n"


UNREADABLE: dict[str, tuple[Build, str]] = {
    "NUL bytes": (source(WRONG.encode() + b"\0\0\n"), "NUL"),
    "UTF-16": (source(WRONG.encode("utf-16")), "UTF-16"),
    "UTF-32": (source(WRONG.encode("utf-32")), "UTF-16|NUL"),
    "Latin-1 without saying so": (source(WRONG.encode() + b"name = 'caf\xe9'\n"), "utf-8|UTF-8"),
    "an encoding that does not exist": (source(b"# -*- coding: klingon -*-\n" + WRONG.encode()), "encoding"),
    "an encoding that runs code": (source(b"# coding: rot13\n" + WRONG.encode()), "encoding|rot13|rot_13"),
    "syntax error": (source(WRONG + "\ndef f(:\n"), "line 7"),
    "escapes in the line of a syntax error": (source(WRONG + "\nx = = '\x1b[2J\u202e<script>'\n"), "line 7"),
    "tabs and blanks mixed": (source(WRONG + "\nif True:\n\tx = 1\n        y = 2\n"), "TabError"),
    "Python 2": (source(WRONG + "\nprint 'x'\n"), "print"),
    "parentheses without end": (source(spiral("(|)", 100_000)), "nested|read"),
    "brackets to the limit": (source(spiral("[|]", 5_000)), "nested|read"),
    "minus signs without end": (source(spiral("-|", 400_000)), "nested|read"),
    "lambdas in lambdas": (source(spiral("lambda: |", 50_000)), "nested|read"),
    "a sum of a hundred thousand": (source(f"{WRONG}\nvalue = {'+'.join(['x'] * 100_000)}\n"), "nested|read"),
    "attributes of attributes": (source(f"{WRONG}\nvalue = x{'.a' * 200_000}\n"), "nested|read"),
    "blocks in blocks": (source(WRONG + "".join(" " * i + "if 1:\n" for i in range(150))), "indent"),
    "strings in strings": (source(WRONG + "\nx = " + "f'{" * 200 + "1" + "}'" * 200), "line|nested|read"),
    "a notebook that is no JSON": (source("{", "a.ipynb"), "notebook"),
    "a notebook that is a list": (source("[]", "a.ipynb"), "notebook"),
    "a notebook in UTF-16": (source("{}".encode("utf-16"), "a.ipynb"), "notebook"),
    "a notebook without cells": (source('{"nbformat": 4, "nbformat_minor": 5}', "a.ipynb"), "notebook"),
    "a notebook of an unknown version": (notebook(code(WRONG), nbformat=99), "notebook"),
    "a notebook of version infinity": (source('{"nbformat": 1e999, "cells": []}', "a.ipynb"), "notebook"),
    "a notebook whose cells are numbers": (notebook(1, 2, None), "notebook"),
    "a notebook whose cells are a text": (notebook(cells="x"), "notebook"),
    "a notebook nested without end": (source('{"cells":' + "[" * 200_000, "a.ipynb"), "notebook"),
    "a notebook of five million objects": (bomb_of_objects, "notebook"),
    "a notebook of pictures only": (notebook({"cell_type": "markdown", "source": "x", "metadata": {}}), "no code"),
    "a notebook of broken cells": (notebook(code("def f(:"), code(["x", 1, None])), "line|notebook"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_graded_with_no_marks(name: str, scene, conv: Exercise, tmp_path: Path):
    build, said = UNREADABLE[name]
    started = time.monotonic()
    result = grade(load(build(tmp_path)), conv)
    assert time.monotonic() - started < SECONDS
    assert not result.internal_error
    assert result.score == 0 < result.max_score
    assert {str(c.verdict) for c in result.checks} <= {"runtime_error", "not_defined"}
    messages = [unloaded(result), *result.notes, *(message(c) for c in result.checks)]
    assert any(re.search(said, m) for m in messages), messages[:2]
    assert not any(CONTROL.search(m) for m in messages)
    json.loads(to_json([result]))
    assert "\x1b" not in to_text(result)


# ---------------------------------------------------------------- graded as what they are

LIAR = "import sys\ndef __getattr__(name):\n    return lambda *a, **k: True\nallclose = asarray = array = __getattr__\n"
CRASH = "raise SystemExit('imported by the grader')\n"
SIDE_FILES = {
    f"{name}__dot__py": CRASH
    for name in (
        "conftest", "sitecustomize", "usercustomize", "pytest", "numpy", "torch", "json", "struct", "socket", "grader",
        "solutions", "exercises", "sandbox", "kit", "wire", "worker", "encodings", "site", "ctypes", "signal", "select",
        "_pytest__slash____init__", "numpy__slash____init__", "grader__slash____init__", "tests__slash__conftest",
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
