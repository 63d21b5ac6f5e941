"""When files are saved, by any editor: editors replace files, so what is watched are their folders."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import GraderError
from .beside import taken_along, with_modules
from .files import SubmissionError
from .load import load

STEP = 2  # ms without another change after which a save is complete
LOOK = 50  # ms for which each look waits


def saves(files: Sequence[str | Path], ended: Callable[[], bool]) -> Iterator[set[Path]]:
    """Now (an empty set), and after every change until it has `ended`: the files of these, or in these folders.

    What a single file imports of its folder counts as well.
    """
    from watchfiles import Change, DefaultFilter
    from watchfiles import watch as changes

    paths = [Path(file).resolve() for file in files]
    folders = {path if path.is_dir() else path.parent for path in paths}
    if absent := next((path for path in paths if not (path.is_dir() or path.parent.is_dir())), None):
        raise SubmissionError(f"{absent.parent}: there is no such folder, so nothing can be saved in it.")
    usual = DefaultFilter()

    def is_own(path: Path) -> bool:
        return any(path == own or own in path.parents for own in paths)

    def may_matter(change: Change, name: str) -> bool:
        return (is_own(Path(name)) or name.endswith(".py")) and usual(change, name)

    deep = any(path.is_dir() for path in paths)
    looks = changes(
        *folders, watch_filter=may_matter, recursive=deep, step=STEP, rust_timeout=LOOK, yield_on_timeout=True
    )
    emptied: set[Path] = set()  # to be written anew, most probably: the next look tells
    for number, changed in enumerate(looks):  # the first look starts to watch: no save is missed from then on
        if ended():
            return
        saved = {Path(name) for _, name in changed} | emptied
        if number == 0 or any(map(is_own, saved)) or (saved and saved & modules(paths)):
            emptied = set() if emptied else set(filter(_is_empty, saved))
            if not emptied:
                yield saved


def _is_empty(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.stat().st_size == 0
    return False


def modules(paths: Iterable[Path]) -> set[Path]:
    """The modules of their own that these files import of their folders."""
    found: set[Path] = set()
    for path in paths:
        with contextlib.suppress(GraderError):
            found |= taken_along(with_modules(load(path), path), path)
    return found
