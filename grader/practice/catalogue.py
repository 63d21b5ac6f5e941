"""What can be asked: the topics of questions, and the generators of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generators.registry import load, slugs

ESSAY = "ESSAY"


@cache
def generators() -> Mapping[str, list[str]]:
    """The generators of each topic, without those whose answers a person reads."""
    found: dict[str, list[str]] = {}
    for slug in slugs():
        if ESSAY not in (generator := load(slug)).kinds:
            found.setdefault(generator.topic, []).append(slug)
    return found
