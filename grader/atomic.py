"""Replaces files atomically."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a new file beside the old one, then rename it. Raises OSError; then only the old one is left."""
    data = content.encode() if isinstance(content, str) else content
    aside = path.with_name(f".grade-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        with open(aside, "xb") as file:
            file.write(data)
        aside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
