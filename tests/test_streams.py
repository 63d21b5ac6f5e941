"""Streams that are closed, that nobody reads, or that are full: the exit code is that of the work."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.batch.makers import ENVIRONMENT, THREE, folder
from tests.test_cli import GRADE, RIGHT, WRONG

BATCH = ["batch", "w", "--exercise", "conv", "--no-timing", "--jobs", "1"]
COMMANDS = [  # in this order: the report is that of the batch
    (["--help"], 0),
    (["list"], 0),
    (["submit", str(RIGHT), "--no-timing"], 0),
    (["submit", str(WRONG), "--no-timing"], 1),
    (["submit", str(WRONG), "--no-timing", "--format", "json"], 1),
    (["submit", "missing.py"], 2),
    (BATCH, 0),
    (["report"], 0),
    (["quiz", "new", "--topic", "pooling", "-o", "quiz.html"], 0),
]


def ended(arguments: list[str], cwd: Path, redirection: str) -> tuple[int, str]:
    """The command in a shell that redirects its streams: exit code, and what stderr still shows."""
    command = ["sh", "-c", f'"$@" {redirection}', "sh", str(GRADE), *arguments]
    ours, theirs = os.pipe()
    os.close(ours)  # stdout is a pipe that nobody reads, unless it is redirected
    try:
        done = subprocess.run(
            command, stdout=theirs, stderr=subprocess.PIPE, text=True, cwd=cwd, env=ENVIRONMENT, timeout=120
        )
    finally:
        os.close(theirs)
    return done.returncode, done.stderr


REDIRECTIONS = [
    "<&- >&- 2>&-",
    *(pytest.param(r, marks=pytest.mark.slow) for r in ("", ">&-", "2>&-", "2>&1", "2>/dev/full")),
]


@pytest.mark.slow
@pytest.mark.sampled(ci=6)
@pytest.mark.parametrize("redirection", REDIRECTIONS)
def test_every_command_ends_as_its_work_did(tmp_path, redirection):
    folder(tmp_path / "w", THREE)
    for arguments, code in COMMANDS:
        ended_with, said = ended(arguments, tmp_path, redirection)
        assert (ended_with, "Traceback" in said) == (code, False), (arguments, said)
    assert (tmp_path / "quiz.html").read_text().rstrip().endswith("</html>")


def test_a_report_that_could_not_be_written_is_an_error(tmp_path):
    code, said = ended(["submit", str(RIGHT), "--no-timing"], tmp_path, ">/dev/full")
    assert code == 3
    assert said == "grade: not all of this could be written: No space left on device\n"


@pytest.mark.slow
def test_a_file_that_could_not_be_written_is_an_error_of_the_machine(tmp_path):
    code, said = ended(["submit", str(RIGHT), "--no-timing", "--format", "json", "-o", "/dev/full"], tmp_path, ">&-")
    assert (code, said) == (3, "grade: cannot write /dev/full: No space left on device\n")


def test_a_closed_streams_number_goes_to_no_file(tmp_path):
    code, _ = ended(["submit", str(WRONG), "--no-timing", "--format", "html", "-o", "r.html"], tmp_path, ">&- 2>&-")
    assert code == 1
    page = (tmp_path / "r.html").read_text()
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert "written to" not in page
