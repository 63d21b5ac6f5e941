"""JSON: everything there is of each question, exact, so that the paper can be made again from it."""

from __future__ import annotations

import json

from ..paper import Paper

SUFFIX = ".json"


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The paper's record; it always holds the key."""
    return (json.dumps(paper.as_json(), ensure_ascii=False, indent=1) + "\n").encode()
