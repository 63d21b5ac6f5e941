"""Modules of the student's own that lie in the folder of a single file: what it imports of them is graded with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from .files import SubmissionError, read_source
from .kinds import MAX_FILES, SOURCES
from .load import Submission, with_beside
from .scan import Facts, scan


def with_modules(submission: Submission, path: Path) -> Submission:
    """A submission, one file, with the modules that it imports from its own folder, and those that these import.

    For someone's own folder alone: where many students' files lie side by side, it would take those of others.
    """
    if path.suffix.lower() not in SOURCES or not path.is_file():
        return submission
    folder = path.parent
    found: dict[str, bytes] = {}
    facts: dict[str, Facts] = {}
    waiting = _imported([submission.facts])
    while len(found) <= MAX_FILES and (new := _modules(folder, waiting, {*submission.files, *found})):
        found |= new
        facts |= (seen := scan(new))
        waiting = _imported(seen.values())
    if not 0 < len(found) <= MAX_FILES:
        return submission
    return replace(with_beside(submission, found, facts), notes=[*submission.notes, _note(sorted(found))])


def taken_along(submission: Submission, path: Path) -> set[Path]:
    """The files that are graded as modules of one file."""
    return {(path.parent / name).resolve() for name in submission.files if name != submission.main}


def _note(names: list[str]) -> str:
    beside = f"{', '.join(names)} from the same folder {'is' if len(names) == 1 else 'are'} graded with it."
    return f"{beside} Hand {'it' if len(names) == 1 else 'them'} in, too."


def _imported(facts: Iterable[Facts]) -> set[str]:
    """First parts of the dotted names that are imported."""
    return {name.partition(".")[0] for own in facts for name in own.imports}


def _modules(folder: Path, names: Iterable[str], known: set[str]) -> dict[str, bytes]:
    """Those of these modules and packages that lie in the folder, by their path in it."""
    paths = (path for name in sorted(names) if name.isidentifier() for path in _files(folder, name))
    read = {path.relative_to(folder).as_posix(): path for path in paths if not path.is_symlink()}
    return {name: data for name, path in read.items() if name not in known and (data := _read(path)) is not None}


def _files(folder: Path, name: str) -> list[Path]:
    package = folder / name
    if (package / "__init__.py").is_file():
        return sorted(package.rglob("*.py"))
    return [path] if (path := folder / f"{name}.py").is_file() else []


def _read(path: Path) -> bytes | None:
    try:
        return read_source(path)
    except SubmissionError:  # it is then missing, which is said where it is used
        return None
