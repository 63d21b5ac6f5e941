"""The commands as a newcomer types them: exit codes, formats, files, and what is said when something is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.group import COMMANDS, cli
from grader.cli.work import history
from grader.errors import OURS, GraderError
from grader.exercise import all_exercises, in_chapter_order
from grader.model import CheckResult, Result, Verdict
from grader.report.html import to_html
from grader.root import ROOT

GRADE = Path(sys.executable).with_name("grade")
RIGHT = ROOT / "solutions" / "conv.py"
WRONG = ROOT / "exercises" / "conv" / "wrong" / "kernel_flipped.py"


def grade(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own."""
    return subprocess.run([GRADE, *arguments], capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def test_full_marks_exit_with_0_and_less_with_1(tmp_path):
    right = grade("submit", RIGHT, cwd=tmp_path)
    wrong = grade("submit", WRONG, cwd=tmp_path)
    assert (right.returncode, wrong.returncode) == (0, 1)
    assert "22 of 22 points" in right.stdout
    assert "Kernel flipped" in wrong.stdout
    assert not list(tmp_path.iterdir())


HELPER = "import numpy as np\nfrom tools.corners import corner\ndef padded(X, P):\n    return np.pad(X, P) + corner\n"
USING = """
import numpy as np
from helper import padded
def output_size(W, F, P=0, S=1):
    return (W - F + 2 * P) // S + 1
def pad2d(X, F, mode):
    if mode not in ("valid", "same", "full"):
        raise ValueError(mode)
    return padded(np.asarray(X, dtype=float), {"valid": 0, "same": F // 2, "full": F - 1}[mode])
"""


def test_modules_of_their_own_in_the_same_folder_are_graded_with_it(tmp_path):
    (tmp_path / "my_padding.py").write_text(USING)
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "__init__.py").touch()
    (tmp_path / "tools" / "corners.py").write_text("from helper import padded  # a circle\ncorner = 0\n")
    (tmp_path / "other.py").write_text("1 / 0")
    alone = grade("submit", "my_padding.py", cwd=tmp_path)
    assert "18 of 18 points" in alone.stdout
    assert "helper.py, tools/__init__.py, tools/corners.py from the same folder are graded with it" in alone.stdout
    both = grade("submit", "helper.py", "my_padding.py", "--format", "json", cwd=tmp_path)
    assert json.loads(both.stdout)["score"] == 18, "one report: of the file that imports the other"
    (tmp_path / "helper.py").rename(tmp_path / "elsewhere.py")
    assert "hand it in, too" in grade("submit", "my_padding.py", cwd=tmp_path).stdout


@pytest.mark.parametrize("verdict", [Verdict.INCONCLUSIVE, Verdict.NOT_RUN])
def test_as_long_as_points_are_open_the_end_is_not_0(verdict, monkeypatch):
    won = CheckResult("window", "The window.", Verdict.ACCEPTED, 2.0, 2.0)
    undecided = replace(won, name="speed", verdict=verdict, kind="timing").left_out()
    for checks, code in [([won], 0), ([won, undecided], 1)]:
        result = Result("conv", "Convolution", "my_conv.py", 1, "capped", checks)
        monkeypatch.setattr("grader.judge.grade.grade", lambda *_, graded=result, **__: graded)
        ended = CliRunner().invoke(cli, ["submit", str(RIGHT)])
        assert ended.exit_code == code, ended.output
        assert ("2 not counted" in ended.output) == bool(code)
        assert ("full marks" in to_html([result])) == (not code)


def test_json_is_one_object_with_all_that_is_promised():
    result = grade("submit", WRONG, "--format", "json", "--seed", "7")
    data = json.loads(result.stdout)
    assert {"exercise", "score", "max_score", "isolation", "seed", "checks"} <= data.keys()
    assert (data["exercise"], data["seed"], data["max_score"]) == ("conv", 7, 22)
    keys = {"name", "title", "verdict", "score", "max_score", "message", "misconception", "seconds"}
    assert all(keys <= c.keys() for c in data["checks"])
    assert data["score"] == sum(c["score"] for c in data["checks"])
    named = [c["misconception"] for c in data["checks"] if c["misconception"]]
    assert {m["slug"] for m in named} == {"kernel-flipped"}
    assert all(m["title"] and m["hint"] for m in named)


def test_a_file_for_two_exercises_is_graded_for_both(tmp_path):
    both = RIGHT.read_text() + (ROOT / "solutions" / "loss.py").read_text()
    (tmp_path / "all.py").write_text(both)
    data = json.loads(grade("submit", tmp_path / "all.py", "--format", "json").stdout)
    assert data["exercise"] == "conv,loss"
    assert data["score"] == data["max_score"] == sum(r["max_score"] for r in data["results"])
    assert all(re.match(r"(conv|loss)\.", c["name"]) for c in data["checks"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["submit", "missing.py"], "missing.py"),
        (["submit", "nothing.py"], "grade list"),
        (["submit", str(RIGHT), "--exercise", "nonsense"], "no exercise 'nonsense'"),
        (["submit"], "Missing argument"),
        (["submit", str(RIGHT), "--format", "xml"], "Invalid value"),
        (["submit", str(RIGHT), "-o", "no/such/folder/r.html", "--format", "html"], "cannot write"),
        (["start", "nonsense"], "no exercise 'nonsense'"),
        (["nonsense"], "No such command"),
        (["start", "Conv"], "Did you mean `conv`?"),
        (["start", "myth1"], "Did you mean `myth-1`?"),
        (["submit", str(RIGHT), "--exercise", "Conv"], "Did you mean `conv`?"),
        (["submit", str(RIGHT), "--exersice", "conv"], "Did you mean `--exercise`?"),
        (["submti"], "Did you mean `submit`?"),
        (["quiz", "tkae"], "Did you mean `take`?"),
    ],
)
def test_bad_usage_exits_with_2_and_says_what_to_do(tmp_path, arguments, said):
    (tmp_path / "nothing.py").write_text("x = 1\n")
    result = grade(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def width(text: str) -> int:
    return max(map(len, text.split("\n")))


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_list_is_in_the_chapters_order_and_fits(columns):
    shown = CliRunner(env={"COLUMNS": str(columns)}).invoke(cli, ["list"]).output
    assert width(shown) <= columns
    assert "…" not in shown.partition("exam questions")[2]  # no generator's name is cut off
    first = [line[3:18].strip() for line in shown.split("free text")[0].splitlines()]
    order = [e.slug for e in in_chapter_order()]
    assert order[:3] == ["conv", "padding", "pooling"]
    assert [word for word in first if word in order] == order
    if columns > 40:
        assert all(name in shown for e in all_exercises() for name in e.names)


def test_the_list_marks_what_is_done(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADE_HOME", str(tmp_path))
    assert CliRunner().invoke(cli, ["submit", str(RIGHT), "--no-timing"]).exit_code == 0
    shown = CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["list"]).output
    done = next(line for line in shown.splitlines() if " conv " in line)
    assert done.startswith("✓")
    assert "22/22" in done
    assert shown.count("✓") == 1


def test_the_list_is_there_where_the_history_is_broken(tmp_path, monkeypatch):
    (tmp_path / "history.sqlite").write_bytes(b"broken" * 1000)
    monkeypatch.setenv("GRADE_HOME", str(tmp_path))
    ended = CliRunner().invoke(cli, ["list"])
    assert ended.exit_code == 0
    assert "what is done is not marked" in ended.stderr
    assert "conv2d_multichannel" in ended.stdout


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize("arguments", [["list"], ["quiz", "list"], ["rubric", "--list"], ["progress"], ["next"]])
def test_a_terminal_without_unicode_gets_plain_characters(arguments, tmp_path):
    environment = {**os.environ, "GRADE_HOME": str(tmp_path)}
    plain, full = (
        subprocess.run(
            [GRADE, *arguments], capture_output=True, env=environment | {"PYTHONIOENCODING": encoding}, check=True
        ).stdout
        for encoding in ("ascii", "utf-8")
    )
    assert plain.count(b"?") == full.count(b"?")  # which stands for what could not be shown


def test_a_file_that_does_not_parse_is_graded(tmp_path):
    (tmp_path / "a.py").write_text("def conv2d(X, K:\n")
    result = grade("submit", "a.py", "--exercise", "conv", cwd=tmp_path)
    assert result.returncode == 1
    assert "line 1" in result.stdout
    assert "0 of 22 points" in result.stdout


@pytest.mark.slow
def test_a_report_replaces_a_file_whole(tmp_path):
    target = tmp_path / "report.html"
    target.write_text("old")
    assert grade("submit", WRONG, "--format", "html", "-o", target).returncode == 1
    assert target.read_text().lower().startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_start_gives_something_to_work_in_and_never_overwrites(tmp_path):
    first = grade("start", "conv", cwd=tmp_path)
    assert first.returncode == 0
    assert "my_conv.py" in first.stdout
    (tmp_path / "my_conv.py").write_text("my work")
    again = grade("start", "conv", cwd=tmp_path)
    assert again.returncode == 2
    assert (tmp_path / "my_conv.py").read_text() == "my work"


def test_every_starter_can_be_handed_in_as_it_is(tmp_path):
    assert grade("start", "conv", cwd=tmp_path).returncode == 0
    result = grade("submit", "my_conv.py", cwd=tmp_path)
    assert result.returncode == 1
    assert "0 of 22 points" in result.stdout


def test_list_shows_every_exercise():
    shown = grade("list").stdout
    assert all(e.slug in shown for e in all_exercises())


def test_doctor_names_the_layer_in_force():
    result = grade("doctor")
    assert result.returncode == 0
    assert re.search(r"In force: (confined|contained|capped)", result.stdout)


def test_help_shows_every_command_for_students_or_for_instructors():
    shown = CliRunner().invoke(cli, ["--help"], prog_name="grade").stdout
    students, instructors = shown.partition("Students:\n")[2].split("\nInstructors:\n")
    theirs, yours = (re.findall(r"^  (\w+)", group, re.MULTILINE) for group in (students, instructors))
    assert sorted(theirs + yours) == sorted(COMMANDS)
    assert {"start", "submit", "quiz"} <= set(theirs)
    assert {"batch", "gradebook", "export"} <= set(yours)


def test_help_imports_nothing_heavy():
    heavy = ("numpy", "torch", "pytest", "rich")
    code = f"import sys; from grader.cli.group import cli; print([m for m in {heavy} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_without_bubblewrap_it_works_one_layer_lower_and_says_how_to_get_it(tmp_path):
    bare = {**os.environ, "PATH": str(tmp_path)}
    result = subprocess.run([GRADE, "submit", "-v", RIGHT], capture_output=True, text=True, env=bare, check=False)
    assert result.returncode == 0, result.stderr
    assert "confined" in result.stdout
    doctor = subprocess.run([GRADE, "doctor"], capture_output=True, text=True, env=bare, check=False)
    assert "apt install bubblewrap" in doctor.stdout
    refused = subprocess.run(
        [GRADE, "submit", RIGHT, "--require-isolation", "contained"],
        capture_output=True,
        text=True,
        env=bare,
        check=False,
    )
    assert refused.returncode == 2
    assert "apt install bubblewrap" in refused.stderr


def test_what_stops_a_command_is_one_message_with_its_exit_code(monkeypatch):
    def fail(*_):
        raise GraderError("the disk\x1b[31m is full", OURS)

    monkeypatch.setattr(history, "show_history", fail)
    result = CliRunner().invoke(cli, ["history", "ada"])
    assert (result.exit_code, result.stdout) == (OURS, "")
    assert result.stderr == "grade: the disk\N{REPLACEMENT CHARACTER}[31m is full\n"
