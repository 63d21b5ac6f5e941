"""`grade serve`: a place in the browser to work, to practise and to sit an exam."""

from __future__ import annotations

from pathlib import Path

import click

from ..startup import loaded
from . import options


@click.command("serve")
@click.option(
    "--watch",
    "watched",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Grade what is saved in this folder, and show it in the open page.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="The port; 0 for any that is free.  [default: 8417, or the next that is free]",
)
@click.option("--no-open", is_flag=True, help="Print the link, and open no browser.")
@options.isolation()
@options.layer
def command(watched: Path | None, port: int | None, no_open: bool, require: str, layer: str | None) -> int:
    """Work, practise and sit exams in the browser. Only this machine can reach it, with the link that is printed."""
    from .work.serve import serve

    loaded()
    return serve(watched, port, not no_open, require, layer)
