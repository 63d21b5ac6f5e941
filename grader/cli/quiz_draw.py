"""Papers from the options of a command."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generators.blueprint import Blueprint, BlueprintError, load_blueprint, practice
from generators.paper import Paper, make_papers

COUNT = 10
FILTERS = {"generators": "--generator", "topics": "--topic", "kinds": "--kind", "count": "--count"}


def draw(choice: Mapping[str, Any], papers: int = 1, shuffle: bool | None = None) -> list[Paper]:
    """The papers that the options ask for; without a seed, one is drawn.

    Raises:
        BlueprintError: if the options contradict each other, name what there is not, or nothing fits.
        DrawError: if there are not enough different questions.
    """
    blueprint = _blueprint(choice)
    if shuffle is not None:
        blueprint = replace(blueprint, shuffle=shuffle)
    seed = choice["seed"] if choice["seed"] is not None else secrets.randbelow(100_000)
    return make_papers(blueprint, seed, papers)


def _blueprint(choice: Mapping[str, Any]) -> Blueprint:
    if choice["blueprint"] is None:
        filters = {name: choice[name] for name in ("generators", "topics", "kinds")}
        return practice(choice["count"] or COUNT, **filters)
    for name, option in FILTERS.items():
        if choice[name]:
            raise BlueprintError(f"a blueprint says by itself what is asked: leave out {option} or --blueprint")
    return load_blueprint(choice["blueprint"])
