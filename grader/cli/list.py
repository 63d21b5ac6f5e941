"""`grade list`: what there is to work on."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("list")
def command() -> int:
    """Show all exercises, free-text tasks and exam questions."""
    from .work.list import show_exercises

    loaded()
    return show_exercises()
