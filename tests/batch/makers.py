"""Downloads as platforms make them, and the command as an instructor starts it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from pathlib import Path

from grader.batch import work
from grader.batch.executor import Farm
from grader.batch.intake import HandIn, Intake, read
from grader.batch.joining import hand_over
from grader.batch.problems import Kind
from grader.batch.roster import Roster, read_roster
from grader.batch.who import course_of
from grader.batch.work import warm_up
from grader.exercise import EXERCISES
from grader.gradebook import Gradebook

GRADING = (work.grade_unit, work.grade_kept)
RIGHT = (EXERCISES / "conv" / "right" / "fft.py").read_bytes()
WRONG = (EXERCISES / "conv" / "wrong" / "bias_forgotten.py").read_bytes()
POOLING = (EXERCISES / "pooling" / "starter.py").read_bytes()
FIELD = (EXERCISES / "receptive_field" / "right" / "backwards.py").read_bytes()
STRIDES_IGNORED = (EXERCISES / "receptive_field" / "wrong" / "strides_ignored.py").read_bytes()
SLEEPS = b"import time\n\ntime.sleep(0.3)\n"
THREE = {"ana/conv.py": RIGHT, "bob/conv.py": RIGHT + b"\n", "cleo/conv.py": RIGHT + b"\n\n"}
GROUPS = (  # of Canvas: "Export group category"
    "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
    '"Ek, Ana",501,4711,ana1,A,Group One,7,\n"Li, Bo",502,4712,bo2,A,Group One,7,\n"Yu, Cy",503,4713,cy3,B,,,\n'
)
COMMAND = [sys.executable, "-c", "from grader.cli import main; main()"]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("GRADE_GRADEBOOK", "FORCE_COLOR", "TTY_COMPATIBLE")}


class Here(Executor):
    """Does jobs at once, in this process; `grade` stands for the grading."""

    def __init__(self, grade):
        self.grade = grade

    def submit(self, run, batch, job, *args):
        future: Future = Future()
        try:
            future.set_result(self.grade(*args) if job in GRADING else run(batch, job, *args))
        except BaseException as error:
            future.set_exception(error)
        return future


def farm(grade, check=lambda: None) -> Farm:
    """Two workers at a time, which are this process: it is warm, and keeps to no core."""
    return Farm(Here(grade), lambda _batch, job, *args: None if job is warm_up else job(*args), lambda: 2, check)


def folder(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """A folder with these files, given by their paths below it."""
    for name, content in files.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """The same as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def taken_in(path: Path, roster: Roster | None = None, ask=lambda *_: None) -> tuple[Intake, dict[str, HandIn]]:
    """A download that was read to its end: the hand-ins by student of the roster."""
    intake = read(path)
    if roster is not None:
        hand_over(intake, course_of(roster, []), {}, ask, "rao")
    return intake, {h.who: h for h in intake.hand_ins()}


def found(intake: Intake, kind: Kind) -> list[str]:
    """Where there are problems of this kind."""
    return sorted(p.where for p in intake.problems if p.kind == kind)


def roster(tmp_path: Path, text: str) -> Roster:
    """A class list of this text."""
    path = tmp_path / "class.csv"
    path.write_text(text)
    return read_roster(path)


def in_moodle(*whose: str) -> dict[str, bytes]:
    """A download of Moodle's, with one right file each."""
    return {f"{who}_assignsubmission_file_/my_conv.py": RIGHT for who in whose}


def variant(number: int, source: bytes = RIGHT) -> bytes:
    """The same work in other bytes."""
    return source + f"\n# student {number}\n".encode()


def a_class(path: Path, count: int) -> Path:
    """A folder of one file a student for `receptive_field`: two are wrong, one does not parse.

    Each sleeps a while, so that there is time to interrupt the grading, which takes next to no computing.
    """
    files = {f"s{i:03}.py": variant(i, (FIELD if i > 1 else STRIDES_IGNORED) + SLEEPS) for i in range(count - 1)}
    return folder(path, {**files, "unparsed.py": "def receptive_field(:\n"})


def batch(path: Path, where: str | Path, *options: str, exercise: str = "conv") -> list[str]:
    """The command line that grades a folder to an exercise, without measuring."""
    fixed = ["--exercise", exercise, "--gradebook", str(where), "--jobs", "2", "--no-timing"]
    return [*COMMAND, "batch", str(path), *fixed, *options]


def run(command: list[str], *, code: int | None = 0, **options) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, and look at how it ended."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=ENVIRONMENT, **options)
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


def snapshot(where: str | Path) -> list[tuple[str, ...]]:
    """All that a gradebook holds apart from clocks."""
    with Gradebook.open(where, create=False) as book:
        return book.snapshot()


def gradings(where: str | Path) -> int:
    """How many gradings a gradebook holds."""
    return sum(row[0] == "grading" for row in snapshot(where))
