"""Files are replaced by whole ones, or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def replace_file(path: Path, content: str | bytes) -> None:
    """Write aside, then rename: what was there stays until it can be replaced. Raises OSError, leaving nothing."""
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
