"""The lowest layer, where the machine forbids nothing: it still grades, says what it is, and leaves nothing behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.root import ROOT
from grader.sandbox import outside
from grader.sandbox.launch import Sandbox
from grader.submission.load import load

CONV = (ROOT / "solutions" / "conv.py").read_text()
UNABLE = (
    "from inside import confine\n"
    "def no(*_, **__): raise OSError('not here')\n"
    "confine.FileRules = confine.call_filter = no\n"
)
SURVIVOR = """
import os, time
for leave in (False, True):
    if os.fork() == 0:
        if leave:
            os.setsid()
        os.execvp("sleep", ["sleep", "987654"])
time.sleep(0.3)
"""


@pytest.fixture
def bare(monkeypatch):
    """A sandbox as on a machine without Landlock, seccomp and bubblewrap."""
    monkeypatch.setattr(
        outside, "BOOT", outside.BOOT.replace("from inside.zygote", f"exec({UNABLE!r}); from inside.zygote")
    )
    with Sandbox("numpy", load_exercise("conv").limits, use_bubblewrap=False) as sandbox:
        yield sandbox


def running(command: str) -> bool:
    """Whether a process has this on its command line."""
    return any(command.encode() in _command(p) for p in Path("/proc").glob("[0-9]*/cmdline"))


def _command(path: Path) -> bytes:
    try:
        return path.read_bytes().replace(b"\0", b" ")
    except OSError:
        return b""


def test_it_grades_and_says_what_it_is(bare, tmp_path):
    (tmp_path / "a.py").write_text(CONV)
    result = grade(load(tmp_path / "a.py"), load_exercise("conv"), sandbox=bare)
    assert result.isolation == "process"
    assert result.full_marks


def test_processes_that_a_submission_starts_do_not_outlive_it(bare, tmp_path):
    (tmp_path / "a.py").write_text(CONV + SURVIVOR)
    result = grade(load(tmp_path / "a.py"), load_exercise("conv"), sandbox=bare)
    assert result.isolation == "process"
    deadline = time.monotonic() + 5
    while running("sleep 987654") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running("sleep 987654")
