"""The table of docs/inside/accidents.md: made of what is shown, and read back. As a script: writes it anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.report.text import to_text
from grader.root import ROOT
from grader.sandbox.launch import Sandbox
from grader.submission.load import load
from tests.accidents.accidents import ACCIDENTS

PAGE = ROOT / "docs" / "inside" / "accidents.md"
HEAD = "| what the student did | points | what is shown first |\n|---|---|---|\n"
EXERCISE = "padding"


def row(name: str, folder: Path, sandbox: Sandbox) -> str:
    """What an accident comes to: its line of the table."""
    submission = load(ACCIDENTS[name](folder))
    result = grade(submission, load_exercise(EXERCISE), seed=1, sandbox=sandbox, explained=True)
    shown = " ⏎ ".join(_first_lines(to_text(result)))
    return f"| {name} | {result.score:g} of {result.max_score:g} | {shown.replace('|', chr(92) + '|')} |"


def _first_lines(text: str) -> list[str]:
    """The first two, below the title."""
    lines = [" ".join(line.split()) for line in text.splitlines()[1:] if line.strip()]
    return lines[:2]


def rows() -> Iterator[str]:
    """All of them."""
    with Sandbox.of(load_exercise(EXERCISE)) as sandbox:
        for name in ACCIDENTS:
            with tempfile.TemporaryDirectory() as folder:
                yield row(name, Path(folder), sandbox)


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8").partition(HEAD)[0]
    PAGE.write_text(before + HEAD + "\n".join(rows()) + "\n", encoding="utf-8")
