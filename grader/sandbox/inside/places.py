"""How a file of the submission's is called: by its path below the folder, with slashes on every system."""

from __future__ import annotations

import os


def shown(file: str | os.PathLike[str], folder: str) -> str:
    """The file's path below the folder."""
    return os.path.relpath(file, folder).replace(os.sep, "/")
