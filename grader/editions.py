"""Which edition of something graded: a digest of its files, another one as soon as somebody changes one of them.

An exercise has an edition (`Exercise.edition`), the grader's own code has one (`grader_edition`), and all that an
installation grades with has one (`standard`): two machines with the same standard give the same marks.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from .root import ROOT

CODE = Path(__file__).parent


def files_of(folder: Path, pattern: str = "*") -> list[Path]:
    """The files below a folder that somebody wrote: Python's own and hidden ones come and go."""
    return [path for path in folder.rglob(pattern) if _is_own(path.relative_to(folder)) and path.is_file()]


def _is_own(path: Path) -> bool:
    return not any(part == "__pycache__" or part.startswith(".") for part in path.parts)


def installed(library: str) -> str | None:
    """The version that is installed; None where the library is not there."""
    from importlib import metadata  # takes 15 ms

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def digest_of(files: Iterable[Path], root: Path) -> str:
    """SHA-256 over the names below `root` and the bytes of files, in whatever order they come; 64 digits."""
    ordered = sorted(files, key=Path.as_posix)
    return digest_of_parts(p for f in ordered for p in (f.relative_to(root).as_posix().encode(), f.read_bytes()))


def digest_of_parts(parts: Iterable[bytes]) -> str:
    """SHA-256 over parts, each with its length before it: where one ends and the next begins counts; 64 digits."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


@functools.cache
def grader_edition() -> str:
    """Of the grader's own code, as it was when this process first asked."""
    return digest_of(files_of(CODE, "*.py"), CODE)


def standard() -> str:
    """Of all that a submission is judged by here: the grader's code, the exercises and their references."""
    parts = [grader_edition()]
    parts += [digest_of(files_of(ROOT / folder), ROOT) for folder in ("exercises", "solutions")]
    return hashlib.sha256("".join(parts).encode()).hexdigest()
