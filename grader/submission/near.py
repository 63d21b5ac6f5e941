"""What a file has in place of names that are missing, as far as its source says."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from generators.closest import closest, likeness

from ..model.near import Near, NearPlace
from .outline import SCRIPT
from .scan import Facts

MOST_NAMES = 200  # of a file that are compared: a file of many thousand is not a student's


def near_names(facts: Facts, missing: Iterable[str], known: Iterable[str]) -> tuple[Near, ...]:
    """What stands for missing functions and classes: the same name where it is not found, or a similar one.

    `known` are all names that are asked for: what is one of them, or is closer to another, stands for nothing else.
    """
    known = tuple(known)
    absent = [name for name in missing if name not in facts.defined]
    renamed = similar([own for own in facts.signatures if "." not in own], absent, known, NearPlace.FILE)
    found = [_elsewhere(name, facts, known) or renamed.get(name) for name in absent]
    return tuple(near for near in found if near is not None)


def similar(
    own: Iterable[str], missing: Iterable[str], known: Iterable[str], place: NearPlace, inside: str = ""
) -> dict[str, Near]:
    """For each missing name, the most similar of the file's own names to which no other known name is closer."""
    known = tuple(dict.fromkeys([*known, *missing]))
    names = islice((name for name in own if name not in known), MOST_NAMES)
    meant = {name: closest(name, known) for name in names}
    found = {}
    for wanted in missing:
        if candidates := [name for name, its in meant.items() if wanted in its]:
            best = max(candidates, key=lambda name: likeness(name, wanted))
            found[wanted] = Near(wanted, best, place, inside)
    return found


def _elsewhere(name: str, facts: Facts, known: Iterable[str]) -> Near | None:
    """The same name inside something that nothing asks for."""
    for own in facts.signatures:
        inside, _, last = own.rpartition(".")
        if inside and last == name and inside.partition(".")[0] not in known:
            return Near(name, name, _place(inside, facts), inside)
    return None


def _place(inside: str, facts: Facts) -> NearPlace:
    if inside == SCRIPT:
        return NearPlace.SCRIPT
    return NearPlace.METHOD if inside in facts.attributes else NearPlace.INNER
