"""`grade doctor`: what this machine offers."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("doctor")
def command() -> int:
    """Show what isolation and libraries this machine offers."""
    from .work.doctor import examine

    loaded()
    return examine()
