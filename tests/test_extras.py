"""Where a library is missing that only some parts need, a command says in one line how to get it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from grader.extras import EXTRAS, not_installed
from grader.gradebook import Gradebook
from grader.root import ROOT
from tests.gradebook.makers import WEEK, graded

WHO = ["--reason", "ill", "--by", "A. Rao"]
COMMANDS = {
    "sqlalchemy": [
        ["batch", "class"],
        ["assignment", "week 1", "--exercise", "conv"],
        ["gradebook"],
        ["students", "list"],
        ["report"],
        ["export", "csv"],
        ["override", "ada", "conv", "3", *WHO],
        ["extend", "ada", "--until", "2027-03-01", *WHO],
        ["comment", "ada", "conv:1", "Well done.", "--by", "A. Rao"],
        ["history"],
        ["regrade"],
        ["serve", "--no-open"],
    ],
    "distributed": [["batch", "class", "--cluster", "local"]],
    "openpyxl": [["export", "xlsx", "--output", "marks.xlsx"]],
}
EACH = """
import json, sys
sys.modules[sys.argv[1]] = None  # so that importing it fails as if it were not there
from click.testing import CliRunner
from grader.cli.group import cli
for command in json.loads(sys.argv[2]):
    ended = CliRunner().invoke(cli, command)
    print(json.dumps([ended.exit_code, ended.stdout, ended.stderr, repr(ended.exception)]))
"""


@pytest.mark.parametrize("library", COMMANDS)
def test_every_command_says_which_extra_brings_what_is_missing(library, tmp_path):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.py").write_text("x = 1\n")
    with Gradebook.open(str(tmp_path / "gradebook.sqlite"), create=True) as book:
        book.plan(WEEK)
        book.record(graded())
    script = [sys.executable, "-c", EACH, library, json.dumps(COMMANDS[library])]
    done = subprocess.run(script, cwd=tmp_path, capture_output=True, text=True, check=True)
    for command, line in zip(COMMANDS[library], done.stdout.splitlines(), strict=True):
        code, out, said, _ = json.loads(line)
        assert (code, out, said.count("\n")) == (2, "", 1), (command, line)
        assert library in said, command
        assert re.search(r": pip install 'cnn-grader\[\w+\]'$", said), command


def test_the_extras_are_those_of_the_package():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    brought = {name: {re.split(r"[>=\[]", need)[0].lower() for need in needs} for name, needs in extras.items()}
    homes = packages_distributions()
    for library, extra in EXTRAS.items():
        names = {re.sub(r"[-_.]+", "-", name).lower() for name in homes[library]}
        assert names & {need.replace("_", "-") for need in brought[extra]}, library


def test_a_library_that_no_extra_brings_is_a_fault_of_ours():
    assert not_installed(ModuleNotFoundError("No module named 'numpi'", name="numpi")) is None
    assert not_installed(ModuleNotFoundError("nothing more is known")) is None
    told = not_installed(ModuleNotFoundError("No module named 'sqlalchemy.orm'", name="sqlalchemy.orm"))
    assert str(told) == "this needs sqlalchemy, which is not installed: pip install 'cnn-grader[class]'"
