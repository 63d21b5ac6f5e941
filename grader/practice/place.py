"""Where the grader keeps files of its own on a learner's machine: in `GRADE_HOME`, or where the system has them."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "GRADE_HOME"  # of the environment
NAME = "cnn-grader"


def kept() -> Path:
    """The folder of what is to be kept, whether it is there or not."""
    if folder := os.environ.get(HOME):
        return Path(folder)
    import platformdirs

    return platformdirs.user_data_path(NAME, appauthor=False)


def made_again() -> Path:
    """The folder of what can be made again at any time."""
    if folder := os.environ.get(HOME):
        return Path(folder) / "cache"
    import platformdirs

    return platformdirs.user_cache_path(NAME, appauthor=False)
