"""`grade start`: a file to work in."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("start")
@click.argument("slug")
@click.option("--notebook", is_flag=True, help="Write my_SLUG.ipynb instead, with the statement in it.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option("--open", "opened", is_flag=True, help="Show the statement in the browser: with formulas and figures.")
def command(slug: str, notebook: bool, force: bool, opened: bool) -> int:
    """Write my_SLUG.py to work in, and show the statement.

    With --open, a file that exists is left as it is, and the statement is shown all the same.
    """
    from .work.start import start

    loaded()
    return start(slug, notebook, force, opened)
