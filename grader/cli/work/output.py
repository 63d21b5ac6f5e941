"""What commands write: text to the terminal, and files whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...atomic import replace_file
from ...errors import GraderError, unwritten

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ...report.layout import TextLine


def write_whole(path: Path, content: str | bytes) -> None:
    """Write aside, then rename: an existing file is replaced by a whole one or not at all.

    Whatever is not a regular file, such as /dev/stdout, is written to and never replaced. Raises GraderError.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        else:
            replace_file(path, content)
    except OSError as error:
        raise GraderError(f"cannot write {path}: {error.strerror}", unwritten(error)) from error


def deliver(text: str, output: str | None) -> None:
    """Write to stdout, or a whole file; what UTF-8 cannot encode becomes `?`."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    if output is None:
        click.echo(text)
        return
    write_whole(Path(output), text)
    click.echo(f"written to {output}", err=True)


def show_lines(lines: Iterable[TextLine], output: str | None = None) -> None:
    """Print paragraphs in the terminal, or write them to a file as plain text."""
    from ...report import layout

    if output is None:
        layout.print_lines(lines)
    else:
        deliver(layout.lines_to_text(lines), output)


def show_tables(*parts: RenderableType) -> None:
    """Print what rich lays out, as far as the terminal can show it."""
    from rich.console import Console

    from ...report.layout import KEPT, PLAIN

    console = Console()
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    text = captured.get().replace(KEPT, " ")
    click.echo(text if console.encoding.lower().startswith("utf") else text.translate(PLAIN), nl=False, color=True)


def printable(text: str) -> str:
    """Replace each control character, which a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
