"""A group whose commands are imported when they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import click


class LazyGroup(click.Group):
    """The commands `names`, in this order; each is `command` in the module `prefix` + name beside this one."""

    def __init__(self, *args: Any, names: Sequence[str] = (), prefix: str = "", **attributes: Any):
        super().__init__(*args, **attributes)
        self.names, self.prefix = names, prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        return list(self.names)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name, or None."""
        return self.load(name) if name in self.names else None

    def load(self, name: str) -> click.Command:
        """Import a command."""
        command: click.Command = importlib.import_module(f"{__package__}.{self.prefix}{name}").command
        return command
