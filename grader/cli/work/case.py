"""`grade submit --case N`: the N-th cause's case as a script of its own."""

from __future__ import annotations

from pathlib import Path

import click

from ...errors import GraderError
from ...model import Result
from ...model.cause import Cause
from ...report import causes
from .output import write_whole


def write_case(results: list[Result], number: int) -> None:
    """Write case_N.py here; causes are counted in the order of the report. Raises GraderError."""
    found = [(cause, result) for result in results for cause in result.causes]
    if number > len(found):
        raise GraderError(f"there is no case {number}: {_count(len(found))} in the report")
    path = Path(f"case_{number}.py")
    text = _script(*found[number - 1], number)
    if path.exists() and not _is_ours(path):
        raise GraderError(f"{path} is there already and is not a case: move it away, or rename it")
    write_whole(path, text)
    click.echo(f"written to {path}: python {path}", err=True)


def _count(causes: int) -> str:
    return f"points are lost for {causes} cause{'s' if causes > 1 else ''}" if causes else "no points are lost"


def _script(cause: Cause, result: Result, number: int) -> str:
    if (case := causes.case(cause, result)) is None:
        raise GraderError(f"for cause {number} there is no case that could be run: {causes.headline(cause, result)}")
    from ...report.script import script

    return script(case, result)


def _is_ours(path: Path) -> bool:
    """Whether this is a case that was written before."""
    from ...report.script import FIRST

    try:
        return path.is_file() and path.read_text("utf-8", "replace").startswith(FIRST)
    except OSError:
        return False
