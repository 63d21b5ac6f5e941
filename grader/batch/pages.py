"""The folder of `--out`: a page and a JSON file for each student and exercise, written aside and renamed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ..atomic import replace_file
from ..errors import OURS, GraderError
from ..gradebook.records import Person
from .work import Outcome


class PagesError(GraderError):
    """The folder cannot be written to. The message says why."""

    exit_code = OURS


class Pages:
    """`students/KEY/EXERCISE.html` and `.json` below a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._made: set[Path] = set()

    def keep(self, person: Person, exercise: str, outcome: Outcome) -> None:
        """Write one student's pages. Raises PagesError."""
        for suffix, text in outcome.pages.items():
            self.write(f"students/{file_name(person.key)}/{exercise}.{suffix}", text)

    def write(self, name: str, text: str) -> None:
        """A whole file or none. Raises PagesError."""
        path = self.folder / name
        try:
            if path.parent not in self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(path.parent)
            replace_file(path, text)
        except OSError as error:
            raise PagesError(f"{path} cannot be written: {error.strerror}") from error


def file_name(key: str) -> str:
    """A student's key as a folder's name: readable, safe, and different for every key."""
    plain = re.sub(r"[^\w.@+-]+", "_", key, flags=re.ASCII).strip("._")[:80]
    if plain == key and plain.lower() == key:
        return plain
    return f"{plain or 'student'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
