"""`grade serve`: whether all is installed that it needs, then the server."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from ...errors import NotInstalled

NEEDED = ("starlette", "uvicorn", "python_multipart", "latex2mathml", "sqlalchemy", "alembic")


def serve(watched: Path | None, port: int | None, opens: bool, require: str, layer: str | None) -> int:
    """Serve until Ctrl-C; returns the exit code. Raises NotInstalled, and GraderError where the port is taken."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise NotInstalled(f"grade serve needs {', '.join(missing)}: pip install 'cnn-grader[web]'")
    from ...web.grading import GradingNeeds
    from ...web.serve import ServeOptions, serve

    return serve(ServeOptions(watched, port, opens, GradingNeeds(require, layer)), click.echo)
