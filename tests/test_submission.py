"""What a student may hand in, and what is said when it cannot be graded. Nothing of it is run here."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import nbformat
import pytest

from grader.exercise import load_exercise
from grader.root import ROOT
from grader.submission.files import SubmissionError
from grader.submission.load import find_exercises, load
from grader.submission.scan import read

CONV = (ROOT / "solutions" / "conv.py").read_text()


def written(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def slugs(path: Path) -> list[str]:
    return [e.slug for e in find_exercises(load(path))]


def notebook(*cells: str) -> str:
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells]))


def archive(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


def test_the_exercise_is_found_by_the_names_a_file_defines(tmp_path):
    assert slugs(written(tmp_path / "a.py", CONV)) == ["conv"]
    assert slugs(written(tmp_path / "b.py", "def max_pool2d(X): ...")) == ["pooling"]
    assert slugs(written(tmp_path / "c.py", CONV + "\ndef softmax_cross_entropy(l, y): ...")) == ["conv", "loss"]


def test_conv2d_in_torch_is_another_exercise_than_conv2d_in_numpy(tmp_path):
    torch = "import torch\ndef conv2d(x, weight, bias=None, stride=1, padding=0): ..."
    numpy = "import numpy as np\ndef conv2d(X, K, stride=1, padding=0): ..."
    assert slugs(written(tmp_path / "t.py", torch)) == ["fast_conv"]
    assert slugs(written(tmp_path / "n.py", numpy)) == ["conv"]


def test_a_helper_with_another_exercises_name_is_not_held_against_it(tmp_path):
    found = load(written(tmp_path / "a.py", CONV + "\ndef output_size(n, f, s, p): ..."))
    assert [e.slug for e in find_exercises(found)] == ["conv"]
    assert "--exercise padding" in found.notes[0]


def test_part_of_an_exercise_is_enough_when_nothing_is_complete(tmp_path):
    assert slugs(written(tmp_path / "a.py", "def conv2d_multichannel(X, K, b, stride=1, padding=0): ...")) == ["conv"]
    assert slugs(written(tmp_path / "b.py", "import numpy\ndef conv2d(X, K, stride=1, padding=0): ...")) == ["conv"]


def test_a_starter_handed_in_as_it_is_belongs_to_its_exercise(tmp_path):
    for slug in ("conv", "pooling", "loss", "resnet"):
        source = load_exercise(slug).starter_file.read_text()
        assert slugs(written(tmp_path / f"{slug}.py", source)) == [slug]


@pytest.mark.parametrize(
    "source",
    [
        "conv2d = functools.partial(print)",
        "try:\n    from helpers import conv2d\nexcept ImportError:\n    pass",
        "if True:\n    def conv2d(X, K): ...",
        "conv2d, other = 1, 2",
        "class conv2d: ...",
        "async def conv2d(): ...",
        "\ufeffdef conv2d(X, K): ...",
        "def conv2d(X, K):\r\n    pass\r\n",
        "# -*- coding: latin-1 -*-\ndef conv2d(X, K): 'é'",
    ],
)
def test_a_name_can_be_defined_in_many_ways(tmp_path, source):
    data = source.encode("latin-1") if "latin-1" in source else source.encode()
    assert "conv2d" in load(written(tmp_path / "a.py", data)).facts.defined


def test_what_runs_only_as_a_script_defines_nothing(tmp_path):
    source = 'if __name__ == "__main__":\n    conv2d = 1\n'
    assert load(written(tmp_path / "a.py", source)).facts.defined == {}


def test_an_archive_may_have_helpers_and_folders_around(tmp_path):
    path = archive(
        tmp_path / "s.zip",
        **{
            "work/my_conv.py": "from tools import pad\n" + CONV,
            "work/tools.py": "def pad(): ...",
            "work/notes.txt": "x",
        },
    )
    found = load(path)
    assert found.main == "my_conv.py"
    assert sorted(found.files) == ["my_conv.py", "tools.py"]


def test_entries_that_lead_outside_are_passed_over(tmp_path):
    path = archive(tmp_path / "s.zip", **{"../evil.py": "x", "/abs.py": "x", "a/../../b.py": "x", "ok.py": CONV})
    assert list(load(path).files) == ["ok.py"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("big.py", b" " * (64 << 20))
    with pytest.raises(SubmissionError, match="too much"):
        load(path)


def test_a_folder_is_read_without_following_links(tmp_path):
    written(tmp_path / "s" / "my_conv.py", CONV)
    os.symlink("/etc", tmp_path / "s" / "etc")
    os.symlink("/etc/passwd", tmp_path / "s" / "passwd.py")
    assert list(load(tmp_path / "s").files) == ["my_conv.py"]


def test_a_notebook_becomes_its_code_cells(tmp_path):
    path = written(
        tmp_path / "n.ipynb", notebook("%matplotlib inline\n!pip install x\n" + CONV, "%%bash\nls", "conv2d?")
    )
    found = load(path)
    assert not found.problem
    assert {"conv2d", "conv2d_multichannel"} <= set(found.facts.defined)


def test_a_cell_that_does_not_parse_is_passed_over_and_said(tmp_path):
    found = load(written(tmp_path / "n.ipynb", notebook("def broken(:", CONV)))
    assert not found.problem
    assert "cell 1" in found.notes[0]


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "{}", json.dumps({"cells": 3, "nbformat": 4, "nbformat_minor": 5}), "[" * 9000]
)
def test_a_broken_notebook_is_graded_with_no_marks_and_a_reason(tmp_path, text):
    assert load(written(tmp_path / "n.ipynb", text)).problem


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f(:\n", "line 1"),
        (b"x = 1\0", "NUL"),
        ("def f(): ...".encode("utf-16"), "UTF-16"),
        (b"# coding: nonsense\n", "nonsense"),
        (b"x = '\xff'", "utf-8"),
        ("(" * 5000, "line 1"),
        ("-" * 500_000 + "1", "nested"),
        ("x = " + "1+" * 300_000 + "1", "nested"),
        ("if 1:\n" + "".join(" " * i + "if 1:\n" for i in range(1, 150)) + " " * 150 + "x", "indent"),
    ],
    ids="syntax nul utf16 codec bytes parentheses unary sum indentation".split(),
)
def test_a_source_that_python_cannot_read_is_a_problem_not_a_crash(tmp_path, source, said):
    assert said in load(written(tmp_path / "a.py", source)).problem


def test_things_that_are_no_submission(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    os.symlink(tmp_path / "nowhere", tmp_path / "dangling.py")
    (tmp_path / "empty").mkdir()
    written(tmp_path / "a.txt", "x")
    written(tmp_path / "broken.zip", "PK")
    written(tmp_path / "huge.py", "#" * (2 << 20))
    for name in ("pipe.py", "dangling.py", "empty", "a.txt", "broken.zip", "huge.py", "missing.py"):
        with pytest.raises(SubmissionError):
            load(tmp_path / name)


def test_calls_are_named_in_full_and_placed(tmp_path):
    source = (
        "import torch.nn.functional as F\nfrom scipy import signal\nimport torch\n"
        "def conv2d(X, K):\n    return helper(X)\n"
        "def helper(X):\n    return F.conv2d(X) + signal.convolve2d(X) + torch.nn.functional.conv2d(X)\n"
    )
    facts = load(written(tmp_path / "a.py", source)).facts
    names = {c.name for c in facts.calls if c.inside == "helper"}
    assert {"torch.nn.functional.conv2d", "scipy.signal.convolve2d"} <= names
    assert "helper" in facts.uses["conv2d"]


@pytest.mark.parametrize(
    ("code", "used"),
    [
        ("def f(x):\n    return F.conv2d(x)", "torch.nn.functional.conv2d"),
        ("def f(x):\n    return torch.nn.modules.Conv2d(x)", "torch.nn.modules.Conv2d"),
        ("def f(x):\n    return getattr(F, 'conv2d')(x)", "torch.nn.functional.conv2d"),
        ("def f(x):\n    return apply(F.conv2d, x)", "torch.nn.functional.conv2d"),
        ("def f(x):\n    return conv3d(x)", "torch.nn.functional.conv3d"),
        ("def f(x):\n    from torch import conv2d as own\n    return own(x)", "torch.conv2d"),
        ("def f(x):\n    def g():\n        import math as F\n    return F.conv2d(x)", "torch.nn.functional.conv2d"),
        ("class f:\n    def g(self, x):\n        return F.conv2d(x)", "torch.nn.functional.conv2d"),
        ("def f(F):\n    return F.conv2d()", ""),
        ("def f(x):\n    F, G = x.shape\n    return F.conv2d", ""),
        ("def f(x):\n    return sum(F.conv2d() for F in x)", ""),
        ("def f(x):\n    return (lambda F: F.conv2d(x))(x)", ""),
        ("def f(x):\n    return x.conv2d(x) + x.F.conv2d(x)", ""),
        ("def f(x):\n    def conv3d(y):\n        return y\n    return conv3d(x)", ""),
        ("def f(x: torch.Tensor) -> torch.Tensor:\n    y: torch.Tensor = x\n    return y", ""),
        ("def f(x):\n    return x.numpy() if isinstance(x, torch.Tensor) else x", ""),
    ],
)
def test_a_name_is_what_it_is_where_it_stands(code, used):
    source = f"import torch\nimport torch.nn.functional as F\nfrom torch.nn.functional import *\n{code}\n"
    names = {c.name for c in read(source.encode(), "a.py").calls if c.inside == "f"}
    assert {n for n in names if "onv" in n or "Tensor" in n} == ({used} if used else set())
