"""Finding generators: every file in `questions/` is one. Nothing is imported before it is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from .authoring import Generator

QUESTIONS = f"{__package__}.questions"
"""The folder of question files. They import this package's helpers, so they are found by name only when asked for."""


@cache
def slugs() -> tuple[str, ...]:
    """The names of all generators, in alphabetical order."""
    files = [path.stem for folder in import_module(QUESTIONS).__path__ for path in Path(folder).glob("*.py")]
    return tuple(sorted(stem for stem in files if not stem.startswith("_")))


@cache
def load(slug: str) -> Generator:
    """The generator with this name.

    Raises:
        KeyError: if there is none.
        TypeError: if its file defines no `question` under `@about`.
    """
    if slug not in slugs():
        raise KeyError(slug)
    generator = getattr(import_module(f"{QUESTIONS}.{slug}"), "question", None)
    if not isinstance(generator, Generator):
        raise TypeError(f"generators/questions/{slug}.py defines no `question` under @about")
    return generator
