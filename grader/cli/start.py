"""`grade start`: a file to work in."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("start")
@click.argument("slug")
@click.option("--notebook", is_flag=True, help="Write my_SLUG.ipynb instead, with the statement in it.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def command(slug: str, notebook: bool, force: bool) -> int:
    """Write my_SLUG.py to work in, and show the statement."""
    from .work.start import start

    loaded()
    return start(slug, notebook, force)
