"""Which of a submission's files are sources, what a file is whatever it is called, and how much data may lie beside."""

from __future__ import annotations

import re

MAX_FILES = 200
SOURCES = (".py", ".ipynb")
JSON_OBJECT = re.compile(rb"(\xef\xbb\xbf)?\s*\{")  # how one begins
MAX_DATA = 8 << 20  # of other files, all together: half of what a submission may write


def data_among(files: dict[str, bytes]) -> dict[str, bytes]:
    """Those that are no sources."""
    return {name: content for name, content in files.items() if not name.endswith(SOURCES)}


def has_room(data: dict[str, bytes], size: int) -> bool:
    """Whether so many more bytes may lie beside the sources."""
    return len(data) < MAX_FILES and sum(map(len, data.values())) + size <= MAX_DATA


def is_notebook(data: bytes) -> bool:
    """Whether a file is a notebook by what it holds."""
    return JSON_OBJECT.match(data) is not None and b'"nbformat"' in data


def is_archive(data: bytes) -> bool:
    """Whether a file is a zip archive by what it holds."""
    return data.startswith(b"PK\3\4")


def seems_no_notebook(data: bytes) -> bool:
    """Whether a file holds text that is no JSON object: perhaps Python."""
    return bool(data.strip()) and b"\0" not in data and JSON_OBJECT.match(data) is None
