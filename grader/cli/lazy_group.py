"""A group whose commands are imported when they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import click

from generators.closest import did_you_mean

SOURCES = (".py", ".ipynb", ".zip")
OPTIONS = ("--help", "--version")  # that are often taken for commands


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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called. Raises click.UsageError, which asks for the name that may be meant."""
        unknown = args[0] if args and args[0] not in self.names and not args[0].startswith("-") else ""
        if unknown.lower().endswith(SOURCES) and "submit" in self.names:
            ctx.fail(f"'{unknown}' is no command. Did you mean `grade submit {unknown}`?")
        if meant := did_you_mean(unknown, (*self.names, *OPTIONS)):
            ctx.fail(f"No such command '{unknown}'.{meant}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is called. Raises click.UsageError, which asks for the option that may be meant."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            meant = did_you_mean(error.option_name, error.possibilities or ())
            raise click.UsageError(f"{error.message}{meant}", error.ctx) from error

    def load(self, name: str) -> click.Command:
        """Import a command."""
        command: click.Command = importlib.import_module(f"{__package__}.{self.prefix}{name}").command
        return command
