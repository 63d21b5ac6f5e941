"""How commands open a gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ...gradebook import Gradebook


@contextmanager
def opened(where: str, *, create: bool = False) -> Iterator[Gradebook]:
    """The gradebook at this path or URL. Raises GradebookError."""
    from ...gradebook import Gradebook

    with Gradebook.open(where, create=create) as book:
        if book.backup is not None:
            click.echo(f"an older gradebook was brought up to date; it is kept as {book.backup}", err=True)
        yield book
