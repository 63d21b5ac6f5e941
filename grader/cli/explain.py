"""`grade explain`: why an answer is wrong, searched for thoroughly."""

from __future__ import annotations

from typing import Any

import click

from . import options

FORMATS = ("text", "json")


@click.command("explain")
@click.argument("file")
@options.exercise(options.FOUND)
@click.option("--check", metavar="NAME", help="Only why points were lost in this check.")
@options.seed("Replay the inputs of an earlier run.")
@options.layer
@options.format_(FORMATS)
def command(file: str, **choices: Any) -> int:
    """Say why points are lost: the smallest wrong case, a rule, and the line, for which small edits are tried.

    Takes up to a quarter of a minute.

    Exit code 0: full marks. 1: less. 2: nothing to grade. 3: the grader itself failed.
    """
    from ..sandbox.zygotes import Zygotes

    with Zygotes(choices["layer"]) as zygotes:  # before anything else is imported or read
        from .work.explain import ExplainOptions, explain

        return explain(file, ExplainOptions(**choices), zygotes)
