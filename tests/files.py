"""Files that a test hands in: how each is made in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Build = Callable[[Path], Path]


def written(path: Path, data: str | bytes) -> Path:
    """The file, made with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def one_file(data: str | bytes, name: str) -> Build:
    """One file of this name."""
    return lambda folder: written(folder / name, data)
