"""The commands for free text, run on an answer to A3."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from grader.cli.group import cli
from grader.freetext.essays import load_essay

GRADE = Path(sys.executable).with_name("grade")
A3 = load_essay("a3")
ALL = [f"--points={c.id}={c.points:g}" for c in A3.criteria]
TEXT = "# A3\n\nTwo layers see as much as one, with 18C² against 25C² weights.\n"


def grade(*arguments: str, typed: str | None = None) -> Result:
    """What `grade` does with these arguments and this input; it never ends with a traceback."""
    result = CliRunner().invoke(cli, arguments, input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def shown() -> dict:
    """The result of the answer, as JSON."""
    return json.loads(grade("submit", "a3.md", "--format", "json").stdout)
