"""What a worker may do with files: all workers share a zygote's rules, and each has only its own scratch folder."""

from __future__ import annotations

import os
import sys

import numpy as np
import pytest

from grader.exercise import load_exercise
from grader.root import ROOT
from grader.sandbox.inside.confine import _outermost_beside
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Name
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted

SOURCE = """
import os

def here():
    return os.getcwd()

def keep(text):
    with open("kept.txt", "w") as file:
        file.write(text)
    os.mkdir("folder")
    os.rename("kept.txt", "renamed.txt")
    return os.path.abspath("renamed.txt")

def read(path):
    try:
        with open(path) as file:
            return file.read(20)
    except OSError as error:
        return error.strerror

def names(path):
    try:
        return os.listdir(path)
    except OSError as error:
        return error.strerror

def write(path):
    try:
        with open(path, "a") as file:
            file.write("!")
    except OSError as error:
        return error.strerror
"""
NAMES = ("here", "keep", "read", "names", "write")
DENIED = (os.strerror(13), os.strerror(1), os.strerror(2), os.strerror(30))


@pytest.fixture(params=[True, False], ids=["bubblewrap", "without"])
def workers(request):
    """Two at once, from one zygote."""
    with Sandbox("numpy", load_exercise("conv").limits, use_bubblewrap=request.param) as sandbox:
        pair = [sandbox.worker(Submitted({"files.py": SOURCE.encode()}, "files.py", NAMES)) for _ in range(2)]
        for worker in pair:
            worker.load()
            if worker.isolation.layer == "process":
                pytest.skip("nothing is forbidden on this machine")
        yield pair
        for worker in pair:
            worker.close()


def ask(worker, name, *args):
    return worker.ask(Call(Name("submission", name), list(args), {}))(1 << 16)


def test_a_worker_writes_and_reads_in_its_own_folder(workers):
    mine, _ = workers
    path = ask(mine, "keep", "secret")
    assert path == f"{ask(mine, 'here')}/renamed.txt"
    assert ask(mine, "read", path) == "secret"
    assert sorted(ask(mine, "names", ".")) == ["files.py", "folder", "renamed.txt"]


def test_a_worker_has_no_way_into_the_folder_of_another_one(workers):
    mine, other = workers
    path = ask(mine, "keep", "secret")
    assert ask(other, "read", path) in DENIED
    assert ask(other, "write", path) in DENIED
    assert ask(other, "names", ask(mine, "here")) in DENIED
    assert ask(other, "names", os.path.dirname(ask(mine, "here"))) in DENIED
    assert ask(mine, "read", path) == "secret"


def test_a_worker_reads_libraries_and_nothing_else(workers, tmp_path):
    mine, _ = workers
    (tmp_path / "key.txt").write_text("secret")
    for path in (tmp_path / "key.txt", ROOT / "solutions" / "conv.py", "/etc/passwd", "/proc/self/maps"):
        assert ask(mine, "read", str(path)) in DENIED
    assert ask(mine, "read", np.__file__).startswith('"""')
    assert "numpy" in ask(mine, "names", os.path.dirname(os.path.dirname(np.__file__)))
    assert ask(mine, "write", np.__file__) in DENIED
    assert ask(mine, "names", os.path.dirname(sys.executable)) in DENIED


@pytest.mark.parametrize(
    ("path", "places", "outermost"),
    [
        ("/usr/lib/x.so", ["/tmp/scratch"], "/usr"),
        ("/tmp/env/lib/numpy", ["/tmp/scratch"], "/tmp/env"),
        ("/tmp/scratch-not", ["/tmp/scratch"], "/tmp/scratch-not"),
        ("/tmp", ["/tmp/scratch"], None),
        ("/tmp/scratch", ["/tmp/scratch"], None),
        ("/tmp/scratch/inside", ["/tmp/scratch"], "/tmp/scratch/inside"),
        ("/proc/driver/nvidia", ["/tmp/scratch", "/proc"], "/proc/driver"),
    ],
)
def test_what_lies_beside_a_shared_place_is_named_by_its_outermost_folder(path, places, outermost):
    assert _outermost_beside(path, places) == outermost
