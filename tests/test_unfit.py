"""What cannot be graded as it is: the message says what it is and what to do; what is read is never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.group import cli
from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.submission.load import SubmissionError, load
from grader.submission.unreadable import why
from tests.accidents.accidents import RIGHT, notebook
from tests.files import one_file, written

INDENTED = "".join(f"    {line}\n" if line else "\n" for line in RIGHT.splitlines())


def run(*arguments: str):
    return CliRunner().invoke(cli, arguments)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.py~", "rename it to a.py"),
        ("a.py.bak", "rename it to a.py"),
        ("a.PYW", "rename it to a.PY"),
        ("a.ipynb.download", "rename it to a.ipynb"),
        ("a.py.1", "rename it to a.py"),
        ("a.pyc", "Hand in the .py file."),
        ("a.pyx", "hand in a .py, .ipynb or .zip file"),
    ],
)
def test_a_file_with_another_ending(name, said):
    written(Path(name), RIGHT)
    with pytest.raises(SubmissionError, match=said):
        load(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "without a name"),
        ("link.py", "is a link to a file that is not there"),
        ("https://example.org/a.py", "download the file"),
        ("conv", "`grade start conv` writes my_conv.py"),
        ("a", "Is the name right, and the folder?"),
    ],
)
def test_a_file_that_is_not_there(name, said):
    Path("link.py").symlink_to("nowhere.py")
    with pytest.raises(SubmissionError, match=said):
        load(name)


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (one_file("<!DOCTYPE html><html>", "a.ipynb"), "The file is a web page."),
        (one_file('{"cells": 1}'.encode("utf-16"), "a.ipynb"), "The file is saved as UTF-16."),
        (one_file('{\n<<<<<<< HEAD\n"cells": []}', "a.ipynb"), "Git has put two versions here."),
        (one_file(json.dumps({"cells": None, "nbformat": 4}), "a.ipynb"), "it is not built as notebooks are"),
        (notebook("f <- function(x) x", metadata={"kernelspec": {"language": "R"}}), "is in R, not in Python"),
        (notebook({"cell_type": "markdown", "source": RIGHT}), "in a cell of text"),
        (notebook("def f(:", metadata={"language_info": {"name": "python"}}), "SyntaxError"),
    ],
)
def test_a_notebook_that_cannot_be_read(build, said, here):
    assert said in load(build(here)).problem


def test_a_notebook_that_names_another_language_is_python_if_it_can_be_read(here):
    assert not load(notebook("x = 1", metadata={"language_info": {"name": "polyglot"}})(here)).problem


def test_a_file_that_is_indented_as_a_whole_is_graded_and_told(here, sandboxes):
    done = run("submit", str(one_file(INDENTED, "my_padding.py")(here)), "--no-history")
    assert done.exit_code == 1
    assert "move all of it to the left" in " ".join(done.output.split())
    result = grade(load("my_padding.py"), load_exercise("padding"), seed=1, sandbox=sandboxes("padding"))
    assert result.score == 0


def test_without_an_exercise_a_file_that_cannot_be_read_is_told_in_lines(here):
    done = run("submit", str(one_file("x = (\n", "a.py")(here)))
    assert done.exit_code == 2
    assert "one to look at.\nIt is not known for which exercise it is" in done.output


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("type Image = int", "invalid syntax", "Is it of Python 3.12?"),
        ("def f[T](x):", "expected '('", "Is it of Python 3.12?"),
        ('print(f"{d["k"]}")', "f-string: unmatched '['", "quotes inside the braces"),
        ("x = a − b", "invalid character '−' (U+2212)", "type -, *, /"),
        ("'�'", "(unicode error) 'utf-8' codec can't decode byte 0x96", "Save the file as UTF-8."),
        ("types = (1", "'(' was never closed", "The line in which it begins"),
    ],
)
def test_what_to_do_about_a_line_that_cannot_be_read(text, said, hint):
    last = why(SyntaxError(said, ("a.py", 1, 1, text))).splitlines()[-1]
    assert hint in last


# ---------------------------------------------------------------- the command line


@pytest.mark.parametrize(
    "arguments",
    [
        ("submit", "my_padding.py", "-o", "my_padding.py"),
        ("submit", "my_padding.py", "-o", "./link.py"),
        ("submit", ".", "--format", "json", "-o", "my_padding.py"),
        ("submit", "a3.md", "--exercise", "a3", "-o", "a3.md"),
        ("quiz", "mark", "paper.json", "answers.csv", "-o", "answers.csv"),
        ("report", "--gradebook", "answers.csv", "-o", "answers.csv"),
    ],
)
def test_a_report_never_overwrites_what_was_handed_in(arguments, here):
    for name in ("my_padding.py", "a3.md", "paper.json", "answers.csv"):
        written(here / name, RIGHT)
    (here / "link.py").symlink_to("my_padding.py")
    done = run(*arguments)
    assert (done.exit_code, "is what this command reads" in done.output) == (2, True)
    assert {path.read_text() for path in here.iterdir()} == {RIGHT}


def test_an_earlier_report_is_replaced(here):
    written(here / "my_padding.py", RIGHT)
    written(here / "report.json", "old")
    assert run("submit", ".", "--no-history", "--format", "json", "-o", "report.json").exit_code == 0
    assert json.loads((here / "report.json").read_text())["score"] == 18


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("my_conv.py",), "Did you mean `grade submit my_conv.py`?"),
        (("help",), "Did you mean `--help`?"),
        (("version",), "Did you mean `--version`?"),
        (("quiz", "my_conv.py"), "No such command"),
        (("start", "my_conv.py"), "Did you mean `conv`?"),
        (("submit", "no/a.py", "--watch"), "there is no such folder"),
    ],
)
def test_what_was_meant_is_asked(arguments, said):
    done = run(*arguments)
    assert (done.exit_code, said in done.output) == (2, True)


def test_an_answer_that_is_asked_for_within_a_function_is_told(here, sandboxes):
    source = RIGHT.replace("    widths =", "    input('mode? ')\n    widths =")
    submission = load(one_file(source, "my_padding.py")(here))
    result = grade(submission, load_exercise("padding"), seed=1, sandbox=sandboxes("padding"))
    done = run("submit", "my_padding.py", "--no-history", "--no-explain")
    assert result.score == 8
    assert "nobody is there to answer: take the value from an argument." in " ".join(done.output.split())
