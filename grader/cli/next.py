"""`grade next`: what to do now."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("next")
def command() -> int:
    """Show what to do now, and why: go on with what is begun, or begin what is next in the chapter."""
    from .work.progress import show_next

    loaded()
    return show_next()
