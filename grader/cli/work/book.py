"""How commands open a gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ...errors import GraderError

if TYPE_CHECKING:
    from ...gradebook import Gradebook

MISSING = "the gradebook needs more libraries: pip install 'cnn-grader[class]'"


@contextmanager
def opened(where: str, *, create: bool = False) -> Iterator[Gradebook]:
    """The gradebook at this path or URL. Raises GraderError if its libraries are missing, and GradebookError."""
    try:
        from ...gradebook import Gradebook
    except ImportError as error:
        raise GraderError(f"{MISSING} ({error.name} is missing)") from error
    with Gradebook.open(where, create=create) as book:
        if book.backup is not None:
            click.echo(f"an older gradebook was brought up to date; it is kept as {book.backup}", err=True)
        yield book
