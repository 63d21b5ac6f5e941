"""Sandboxes that stay, for gradings one after the other."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .launch import Sandbox
from .zygotes import Zygotes

if TYPE_CHECKING:
    from ..exercise import Exercise
    from ..model import Limits
    from .inside.ops import Op

MOST = 3  # at once: with torch, one takes some 300 MB
Key = tuple[str, "Limits", tuple[str, ...], tuple[str, ...], tuple[str, ...], str | None]


class WarmSandboxes:
    """One for each kind of exercise, those used last."""

    def __init__(self, zygotes: Zygotes | None = None) -> None:
        self._zygotes = zygotes
        self._used: dict[Key, Exercise] = {}  # since `ahead`
        self._kept: OrderedDict[Key, Sandbox] = OrderedDict()  # the one used last at the end

    def of(self, exercise: Exercise, layer: str | None = None) -> Sandbox:
        """What an exercise's submissions run in: one that is there already, or a new one."""
        key = _key(exercise, layer)
        self._used.setdefault(key, exercise)
        self._kept[key] = sandbox = self._kept.pop(key, None) or Sandbox.of(exercise, self._zygotes, layer)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)[1].close()
        return sandbox

    def begin(self, files: dict[str, bytes], require: str) -> None:
        """See `Sandbox.begin`: in the one that was used last."""
        if self._kept:
            next(reversed(self._kept.values())).begin(files, require)

    def ahead(self, questions: Callable[[Exercise], Sequence[Op]] = lambda _: ()) -> None:
        """Have a worker wait in each of them, which knows the questions of the exercise that it was used for first."""
        for key, sandbox in self._kept.items():
            sandbox.ahead(questions(self._used[key]) if key in self._used else ())
        self._used.clear()

    def drop(self, exercise: Exercise, layer: str | None = None) -> None:
        """Keep it no longer: something went wrong in it."""
        if sandbox := self._kept.pop(_key(exercise, layer), None):
            sandbox.close()

    def close(self) -> None:
        """End all of them."""
        while self._kept:
            self._kept.popitem()[1].close()


def _key(exercise: Exercise, layer: str | None) -> Key:
    own = (exercise.framework, exercise.limits, exercise.preload, exercise.hidden, exercise.banned_operators)
    return (*own, layer)
