"""When files are saved, by any editor: editors replace files, so what is watched are their folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

STEP = 10  # ms without another change after which a save is complete
LOOK = 50  # ms for which each look waits


def saves(files: Sequence[str | Path], ended: Callable[[], bool]) -> Iterator[set[Path]]:
    """Now (an empty set), and after every change until it has `ended`: the files of these, or in these folders."""
    from watchfiles import Change, DefaultFilter
    from watchfiles import watch as changes

    paths = [Path(file).resolve() for file in files]
    folders = {path if path.is_dir() else path.parent for path in paths}
    usual = DefaultFilter()

    def ours(change: Change, name: str) -> bool:
        path = Path(name)
        return any(path == own or own in path.parents for own in paths) and usual(change, name)

    deep = any(path.is_dir() for path in paths)
    looks = changes(*folders, watch_filter=ours, recursive=deep, step=STEP, rust_timeout=LOOK, yield_on_timeout=True)
    for number, changed in enumerate(looks):  # the first look starts to watch: no save is missed from then on
        if ended():
            return
        if changed or number == 0:
            yield {Path(name) for _, name in changed}
