"""What was asked for one case of a case space, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..checks.log import Entry
from ..sandbox.inside.ops import Inspect, Op


@dataclass(eq=False, repr=False)
class AskedCase:
    """A case, and the log's entries that belong to it, in order."""

    case: Mapping[str, Any]
    entries: list[Entry] = field(default_factory=list)

    @cached_property
    def ops(self) -> list[Op]:
        """What was asked of the submission."""
        return [e.op for e in self.asking if e.op is not None]

    @cached_property
    def asking(self) -> list[Entry]:
        """The entries that asked it something."""
        return [e for e in self.entries if e.op is not None]

    @cached_property
    def failed(self) -> list[Entry]:
        """The entries that were wrong."""
        return [e for e in self.entries if e.failed]

    @property
    def wrong(self) -> bool:
        """Whether any of them was."""
        return any(e.failed for e in self.entries)

    @cached_property
    def answers_only(self) -> bool:
        """Wrong in values that it answered, and in nothing else: no exception, no argument that was changed."""
        return all(e.failure is None and e.judged and not isinstance(e.op, Inspect) for e in self.failed)


def by_case(entries: Iterable[Entry]) -> list[AskedCase]:
    """The entries of each case together."""
    found: dict[int, AskedCase] = {}
    for entry in entries:
        if entry.case is not None:
            found.setdefault(id(entry.case), AskedCase(entry.case)).entries.append(entry)
    return list(found.values())
