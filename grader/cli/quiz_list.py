"""`grade quiz list`: what can be asked."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("list")
def command() -> int:
    """Show what can be asked: generators by topic, and blueprints."""
    from .work.quiz_list import show_generators

    loaded()
    return show_generators()
