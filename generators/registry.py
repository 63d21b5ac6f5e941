"""Finding generators: every file in `questions/` is one. Nothing is imported before it is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from . import questions
from .authoring import Generator


@cache
def slugs() -> tuple[str, ...]:
    """The names of all generators, in alphabetical order."""
    files = [path.stem for folder in questions.__path__ for path in Path(folder).glob("*.py")]
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
    generator = getattr(import_module(f"{__package__}.questions.{slug}"), "question", None)
    if not isinstance(generator, Generator):
        raise TypeError(f"generators/questions/{slug}.py defines no `question` under @about")
    return generator
