"""Files that commands write: whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..atomic import replace_file
from . import USAGE


def write_whole(path: Path, content: str | bytes) -> None:
    """Write aside, then rename: an existing file is replaced by a whole one or not at all.

    What is no file, as /dev/stdout, is written to and never replaced. A file that cannot be written ends the command.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        else:
            replace_file(path, content)
    except OSError as error:
        click.echo(printable(f"grade: cannot write {path}: {error.strerror}"), err=True)
        sys.exit(USAGE)


def printable(text: str) -> str:
    """The text with a mark in place of each character that a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
