"""How a command starts: the sandbox first, heavy imports later, and garbage collected as usual once it works."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from grader import startup
from grader.cli.group import cli
from tests.batch.makers import folder
from tests.test_cli import RIGHT

ARGUMENTS = {  # of each command: it begins its work and soon ends
    "list": [],
    "start": ["nonsense"],
    "submit": [str(RIGHT), "--no-timing"],
    "explain": [str(RIGHT)],
    "next": [],
    "progress": [],
    "practice": ["--list"],
    "serve": ["--no-open", "--port", "a port that is taken"],
    "bench": ["missing.py"],
    "quiz list": [],
    "quiz mark": ["missing.json", "missing.csv"],
    "quiz new": ["--topic", "nonsense"],
    "quiz stats": ["nonsense"],
    "quiz take": ["missing.json"],
    "rubric": ["--list"],
    "doctor": [],
    "batch": ["class", "--exercise", "conv", "--no-timing", "--jobs", "1"],
    "assignment": ["week 1"],
    "gradebook": [],
    "report": [],
    "export": ["csv"],
    "override": ["ada", "conv", "1", "--reason", "r", "--by", "b"],
    "comment": ["ada"],
    "extend": ["ada", "--excused", "--reason", "r", "--by", "b"],
    "students list": [],
    "students merge": ["ada", "ben"],
    "students rename": ["ada", "Ada"],
    "students undo": [],
    "students withdraw": ["ada"],
    "history": ["ada"],
    "regrade": [],
    "lab": [],
    "package": ["github", "nonsense", "--install", "."],
}


def names(group: click.Group) -> Iterator[str]:
    """Every command, with its group's name."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in names(command))
        else:
            yield name


@pytest.fixture
def loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that has just begun to import, in a folder with one submission."""
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "class", {"ana/conv.py": RIGHT.read_bytes()})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setitem(ARGUMENTS, "serve", ["--no-open", "--port", str(taken.getsockname()[1])])
        startup.loading()
        yield
    gc.set_threshold(*startup.USUAL)
    gc.unfreeze()


@pytest.mark.sampled(quick=4)
@pytest.mark.parametrize("name", sorted(names(cli)))
def test_every_command_works_with_the_usual_garbage_collection(loading: None, name: str) -> None:
    assert gc.get_threshold() != startup.USUAL
    result = CliRunner().invoke(cli, [*name.split(), *ARGUMENTS[name]])
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "Usage:" not in result.stderr
    assert gc.get_threshold() == startup.USUAL


def test_the_sandbox_starts_before_anything_heavy_is_imported() -> None:
    code = """
        import sys
        from grader.cli import main
        from grader.sandbox import zygotes

        def start_zygote(program, gpu, layer):
            ours = "grader.exercise", "grader.judge", "grader.submission", "grader.model"
            print([name for name in ("click", "numpy", "pytest", "rich", "torch", *ours) if name in sys.modules])
            raise SystemExit

        assert zygotes.starter
        zygotes.starter = start_zygote
        sys.argv[1:] = ["submit", "missing.py"]
        main()
    """
    out = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_garbage_is_collected_while_a_command_works() -> None:
    code = """
        import gc, sys, weakref
        import grader.cli.work.report
        from grader.cli import main

        class Node:
            alive = 0
            def __init__(self):
                self.own = self
                Node.alive += 1
                weakref.finalize(self, Node.ended)
            @staticmethod
            def ended():
                Node.alive -= 1

        def report_class(where, options):
            most = 0
            for _ in range(200_000):
                Node()
                most = max(most, Node.alive)
            print(most)
            return 0

        grader.cli.work.report.report_class = report_class
        sys.argv[1:] = ["report"]
        main()
    """
    out = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert int(out.stdout) < 120_000
