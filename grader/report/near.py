"""What is said of a name that is missing, where the file has something in its place."""

from __future__ import annotations

from collections.abc import Iterable

from generators.closest import asked

from ..model.near import Near, NearPlace

SIMILAR = {
    NearPlace.FILE: "Your file has `{0.found}`.",
    NearPlace.ATTRIBUTE: "`{0.inside}` has `{0.found}`.",
    NearPlace.PARAMETER: "`{0.inside}` has a parameter `{0.found}`.",
}
ELSEWHERE = {
    NearPlace.METHOD: (
        "is a method of your class `{0.inside}`. Write it as a function: at the left margin, without `self`.",
        "are methods of your class `{0.inside}`. Write them as functions: at the left margin, without `self`.",
    ),
    NearPlace.INNER: (
        "is defined inside `{0.inside}`. Move it out, to the left margin.",
        "are defined inside `{0.inside}`. Move them out, to the left margin.",
    ),
    NearPlace.SCRIPT: (
        'is defined under `if __name__ == "__main__":`, which is not run here. Move it above.',
        'are defined under `if __name__ == "__main__":`, which is not run here. Move them above.',
    ),
}
SELF = {
    NearPlace.TOO_MUCH: "`{0.inside}` is a function, not a method: delete its parameter `self`.",
    NearPlace.LEFT_OUT: "`{0.inside}` is a method: `self` has to be its first parameter.",
}


def sentences(found: Iterable[Near]) -> list[str]:
    """For each of the file's names, where it is, and what may be meant or is to be done."""
    groups: dict[tuple[str, str, str], list[Near]] = {}
    for near in found:
        groups.setdefault((near.place, near.inside, "" if near.place in ELSEWHERE else near.found), []).append(near)
    return [_sentence(group) for group in groups.values()]


def _sentence(group: list[Near]) -> str:
    place = group[0].place
    if place in SELF:
        return SELF[place].format(group[0])
    if place not in ELSEWHERE:
        return SIMILAR[place].format(group[0]) + asked(near.meant for near in group)
    names = [f"`{near.found}`" for near in group]
    one, several = ELSEWHERE[place]
    return f"{' and '.join(names)} {(one if len(names) == 1 else several).format(group[0])}"
