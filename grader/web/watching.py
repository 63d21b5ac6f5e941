"""The folder that is watched: what is saved in it is handed in."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from ..errors import GraderError
from ..submission.kinds import SOURCES
from ..submission.saves import modules, saves
from .grading import Desk, expected
from .people import Learner


@contextlib.contextmanager
def watching(folder: Path, desk: Desk, learner: Learner) -> Iterator[None]:
    """Hand in what is saved, as this learner's, as long as the block runs."""
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(folder, desk, learner, ended), daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


def _watch(folder: Path, desk: Desk, learner: Learner, ended: threading.Event) -> None:
    graded: dict[Path, list[str]] = {}  # what each file was last graded to
    for changed in saves([folder], ended.is_set):
        using = {path for path in graded if not changed.isdisjoint(modules([path]))}
        for path in sorted(changed | using):
            if path.suffix.lower() in SOURCES and path.is_file():
                _hand_in(path, desk, learner, graded)


def _hand_in(path: Path, desk: Desk, learner: Learner, graded: dict[Path, list[str]]) -> None:
    """A file that is half written, or gone for a moment, is told where it belongs; other files are not ours."""
    before = graded.get(path) or [slug for slug in [expected(path)] if slug]
    try:
        graded[path] = desk.save(learner, path, before[0] if before else None) or before
    except GraderError as error:
        for slug in before:
            desk.problem(learner, slug, str(error))
