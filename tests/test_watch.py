"""`grade submit --watch`: a save is graded, whatever an editor does to the file meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles
from click.testing import CliRunner

from grader.cli.group import cli
from grader.cli.work import watch
from grader.exercise import EXERCISES, SOLUTIONS
from grader.submission.saves import saves

pytestmark = pytest.mark.slow
RIGHT = (SOLUTIONS / "conv.py").read_text(encoding="utf-8")
WRONG = (EXERCISES / "conv" / "wrong" / "kernel_flipped.py").read_text(encoding="utf-8")
ENDS = "Ctrl-C ends."


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, Callable[[], str], subprocess.Popen[str]]]:
    """A file that is watched, what the next report says, and the command."""
    file = tmp_path / "my_conv.py"
    file.write_text(WRONG)
    command = [sys.executable, "-m", "grader", "submit", file.name, "--watch", "--no-history", "--no-explain"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:

        def report() -> str:
            assert process.stdout is not None
            lines = []
            while not lines or ENDS not in lines[-1]:
                line = process.stdout.readline()
                assert line, "".join(lines)
                lines.append(line)
            return "".join(lines)

        yield file, report, process
        process.kill()


def test_every_save_is_graded(watched):
    file, report, process = watched
    assert "Kernel flipped" in report()
    file.write_text(RIGHT)
    assert "22 of 22 points" in report()
    other = file.with_suffix(".new")
    other.write_text("def conv2d(:")
    os.replace(other, file)  # as editors do
    assert "SyntaxError" in report()
    file.unlink()
    assert "there is no such file" in report()
    helper = file.with_name("helper.py")
    helper.write_text(WRONG)
    file.write_text("from helper import conv2d, conv2d_multichannel\n")
    assert "Kernel flipped" in report()
    helper.write_text(RIGHT)
    assert "22 of 22 points" in report()
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0


def test_a_file_that_an_editor_empties_first_is_no_empty_file(tmp_path, monkeypatch):
    file = tmp_path / "my_conv.py"
    changed = {(watchfiles.Change.modified, str(file))}

    def looks(*_: object, **__: object) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        yield set()
        file.write_text("")
        yield changed  # a busy machine has not written it yet
        file.write_text(RIGHT)
        yield changed
        file.write_text("")
        yield changed
        yield set()  # it stays so

    monkeypatch.setattr(watchfiles, "watch", looks)
    sizes = [file.stat().st_size if saved else None for saved in saves([file], ended=lambda: False)]
    assert sizes == [None, len(RIGHT.encode()), 0]


def test_ctrl_c_amid_a_grading_ends_it_too(watched):
    file, report, process = watched
    report()
    file.write_text("def conv2d(X, K, stride=1, padding=0):\n    while True:\n        pass\n")
    time.sleep(1.0)  # the grading of that takes several seconds; whenever the signal comes, nothing goes on
    process.send_signal(signal.SIGINT)
    process.wait(60)


def test_ctrl_c_ends_it_even_where_the_exception_is_lost(tmp_path, monkeypatch):
    def lost(*_):
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        return 1

    monkeypatch.setattr(watch, "submit", lost)
    (tmp_path / "my_conv.py").write_text(RIGHT)
    assert CliRunner().invoke(cli, ["submit", str(tmp_path / "my_conv.py"), "--watch"]).exit_code == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("arguments", [("a.md", "--watch"), ("a.py", "--watch", "--case", "1")])
def test_what_cannot_be_watched_is_said(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "a.py"):
        Path(name).write_text(RIGHT)
    done = CliRunner().invoke(cli, ["submit", *arguments])
    assert done.exit_code == 2
    assert "--watch" in done.output
