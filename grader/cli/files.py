"""Files that commands write: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import click

from . import USAGE


def write_whole(path: Path, content: str | bytes) -> None:
    """Write aside, then rename: an existing file is replaced by a whole one or not at all.

    What is no file, as /dev/stdout, is written to and never replaced. A file that cannot be written ends the command.
    """
    aside = path.with_name(f".grade-{os.getpid()}-{os.urandom(4).hex()}")
    data = content.encode() if isinstance(content, str) else content
    try:
        special = path.exists() and not path.is_file()
        with open(path if special else aside, "wb" if special else "xb") as file:
            file.write(data)
        if not special:
            aside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        click.echo(printable(f"grade: cannot write {path}: {error.strerror}"), err=True)
        sys.exit(USAGE)


def printable(text: str) -> str:
    """The text with a mark in place of each character that a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
