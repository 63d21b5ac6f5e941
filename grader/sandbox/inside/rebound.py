"""Keeps what a file defines under the names that are asked for, where a later statement takes the name away from it.

`conv2d = conv2d(image, kernel)` works where it stands, once; what is graded is the function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


class Definitions:
    """The functions and classes of these names in one namespace, and where their names were taken away."""

    def __init__(self, wanted: Iterable[str], names: dict[str, Any]):
        self.wanted, self.names = wanted, names
        self._defined: dict[str, Any] = {}
        self._taken: dict[str, Any] = {}

    def look(self, statement: Any) -> None:
        """See what the names stand for after this statement."""
        for name in self.wanted:
            value, before = self.names.get(name), self._defined.get(name)
            if callable(value) and before not in type(value).__mro__:  # an object of a class does not replace it
                self._defined[name] = value
                self._taken.pop(name, None)
            elif before is not None:
                self._taken.setdefault(name, statement)

    def restore(self) -> Iterator[tuple[str, Any]]:
        """Give the names back; each with the statement that had taken it."""
        for name, statement in self._taken.items():
            self.names[name] = self._defined[name]
            yield name, statement
        self._taken.clear()
