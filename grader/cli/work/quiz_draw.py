"""The papers that a command's options ask for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from generators.blueprint import Blueprint, BlueprintError, load_blueprint, practice
from generators.draw import DrawError
from generators.paper import Paper, make_papers

from ...errors import GraderError

COUNT = 10
FILTERS = {"generators": "--generator", "topics": "--topic", "kinds": "--kind", "count": "--count"}


@dataclass(frozen=True)
class Selection:
    """Which questions: by filters or by a blueprint; ten of all without either."""

    generators: tuple[str, ...]
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    blueprint: str | None
    count: int | None
    seed: int | None

    @property
    def given(self) -> bool:
        """Whether the command line has any of these options."""
        names = (*FILTERS, "blueprint", "seed")
        return any(getattr(self, name) not in (None, ()) for name in names)


def draw(selection: Selection, papers: int = 1, shuffle: bool | None = None) -> list[Paper]:
    """Draw the papers that the options ask for, with a random seed if there is none.

    Raises:
        GraderError: if the options contradict each other, name something unknown, or too few questions fit.
    """
    seed = selection.seed if selection.seed is not None else secrets.randbelow(100_000)
    try:
        blueprint = _blueprint(selection)
        if shuffle is not None:
            blueprint = replace(blueprint, shuffle=shuffle)
        return make_papers(blueprint, seed, papers)
    except (BlueprintError, DrawError) as error:
        raise GraderError(str(error)) from error


def _blueprint(selection: Selection) -> Blueprint:
    s = selection
    if s.blueprint is None:
        return practice(s.count or COUNT, generators=s.generators, topics=s.topics, kinds=s.kinds)
    for name, option in FILTERS.items():
        if getattr(s, name):
            raise GraderError(f"a blueprint already selects the questions: leave out {option} or --blueprint")
    return load_blueprint(s.blueprint)
