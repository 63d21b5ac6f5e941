"""Which of a submission's files are sources, and how much data may lie beside them."""

from __future__ import annotations

MAX_FILES = 200
SOURCES = (".py", ".ipynb")
MAX_DATA = 8 << 20  # of other files, all together: half of what a submission may write


def data_among(files: dict[str, bytes]) -> dict[str, bytes]:
    """Those that are no sources."""
    return {name: content for name, content in files.items() if not name.endswith(SOURCES)}


def has_room(data: dict[str, bytes], size: int) -> bool:
    """Whether so many more bytes may lie beside the sources."""
    return len(data) < MAX_FILES and sum(map(len, data.values())) + size <= MAX_DATA
