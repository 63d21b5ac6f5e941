"""`grade batch` asks whose a hand-in is, where there is somebody to ask."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ...clean import clean
from ...errors import INTERRUPTED, GraderError

if TYPE_CHECKING:
    from ...batch.joining import Ask
    from ...batch.who import Member
    from ...gradebook.records import Person


def asker() -> Ask:
    """Asks on a terminal; elsewhere nobody is asked, and what is open stays open."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return lambda *_: None
    return _Asker()


class _Asker:
    def __init__(self) -> None:
        self._tired = False

    def __call__(self, who: Person, members: Sequence[Member]) -> Member | None:
        """The student that is chosen, or None. Raises GraderError at Ctrl-C: nothing has been written yet."""
        if self._tired:
            return None
        click.echo(f"\nWhose is '{clean(who.key, 200)}'?", err=True)
        for number, member in enumerate(members, 1):
            section = f", {member.person.section}" if member.person.section else ""
            click.echo(f"  {number}  {clean(member.shown, 200)}{clean(section, 60)}", err=True)
        return self._choice(members)

    def _choice(self, members: Sequence[Member]) -> Member | None:
        while True:
            try:
                said = click.prompt(
                    "Number, Enter: nobody of these, q: ask no more", default="", show_default=False, err=True
                )
            except click.Abort as stop:
                raise GraderError("interrupted. Nothing was graded", INTERRUPTED) from stop
            if said.isdecimal() and 1 <= int(said) <= len(members):
                return members[int(said) - 1]
            self._tired = said.strip().lower() == "q"
            if self._tired or not said.strip():
                return None
