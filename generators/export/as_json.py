"""JSON: all fields of each question with exact numbers, so that the paper can be read again."""

from __future__ import annotations

import json

from ..paper import Paper

SUFFIX = ".json"


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The paper's record; it always holds the key."""
    return (json.dumps(paper.as_json(), ensure_ascii=False, indent=1) + "\n").encode()
