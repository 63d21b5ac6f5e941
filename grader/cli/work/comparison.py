"""What an export would change of what a platform has, in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from .output import printable

if TYPE_CHECKING:
    from rich.table import Table

    from ...gradebook.comparison import Comparison, SettledCell

MOST = 20  # lines and names


def show_comparison(comparison: Comparison) -> None:
    """Print it to stderr: the file may go to stdout."""
    from rich.console import Console

    from ...gradebook.comparison import Fate

    counts = ", ".join(f"{len(comparison.of(fate))} {fate}" for fate in (Fate.NEW, Fate.CHANGED, Fate.ERASED))
    click.echo(f"{comparison.where}: {counts}, {len(comparison.of(Fate.SAME, Fate.KEPT))} stay as they are", err=True)
    if shown := comparison.of(Fate.CHANGED, Fate.ERASED, Fate.KEPT):
        Console(stderr=True).print(_table(shown[:MOST]))
    if len(shown) > MOST:
        click.echo(f"… and {len(shown) - MOST} more", err=True)
    _show_people("found by name alone, as no id is known on both sides", comparison.by_name)
    _show_people(f"in {comparison.where}, not in this gradebook", comparison.only_there)
    _show_people(f"in this gradebook, not in {comparison.where}", comparison.only_here)


def _table(cells: Sequence[SettledCell]) -> Table:
    """A line for each; the column is told where there are several."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    several = len({cell.column for cell in cells}) > 1
    for cell in cells:
        change = f"{cell.old} → {cell.new}" if cell.old != cell.new else f"{cell.old} is kept"
        texts = (cell.who, cell.column, change) if several else (cell.who, change)
        table.add_row(*(Text(printable(text)) for text in texts))
    return table


def _show_people(where: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        click.echo(f"{len(names)} {where}: {printable(', '.join(names[:MOST]))}{more}", err=True)
