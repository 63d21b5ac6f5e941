"""`grade start`: a file to work in."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("start")
@click.argument("slug")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def command(slug: str, force: bool) -> int:
    """Write my_SLUG.py to work in, and show the statement."""
    from .work.start import start

    loaded()
    return start(slug, force)
