"""Drawing parameters: reproducible on every machine, independent of what else the program draws.

Each field of each question has a stream of its own, named by generator, version, seed, field and attempt, so a new
field or a new option never moves the others. The bits come from SHA-256 in counter mode.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard, TypeVar

T = TypeVar("T")
Params = dict[str, Any]
Domain = Sequence[Any] | Callable[..., Any]
"""Where a field's value comes from: options, a function of earlier fields that gives them, or a recipe."""
ATTEMPTS = 1000


class DrawError(Exception):
    """The constraints of a generator could not be met: the generator is wrong, not the seed."""


class Redraw(Exception):
    """These parameters make no good question (too few different wrong answers, an empty choice)."""


class Stream:
    """Uniform draws from the stream with this name."""

    def __init__(self, *name: object):
        self._name = "/".join(map(str, name)).encode()
        self._blocks = 0
        self._words: list[int] = []

    def _word(self) -> int:
        """The next 64 bits."""
        if not self._words:
            self._words = list(struct.unpack(">4Q", hashlib.sha256(b"%s#%d" % (self._name, self._blocks)).digest()))
            self._blocks += 1
        return self._words.pop()

    def below(self, n: int) -> int:
        """One of 0 … n − 1, exactly uniform (words in the incomplete last interval are thrown away)."""
        if not 0 < n <= 2**64:
            raise DrawError(f"cannot draw below {n}")
        while True:
            word = self._word()
            left = word % n
            if word - left <= 2**64 - n:
                return left

    def integer(self, low: int, high: int) -> int:
        """One of low … high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All items in random order (Fisher and Yates)."""
        deck = list(items)
        for i in range(len(deck) - 1, 0, -1):
            j = self.below(i + 1)
            deck[i], deck[j] = deck[j], deck[i]
        return deck

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items in random order."""
        return self.shuffled(items)[:count]


def arguments(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's positional parameters."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def call(function: Callable[..., T], params: Mapping[str, Any], *first: Any) -> T:
    """Call a function with those of the parameters that it names."""
    return function(*first, *(params[name] for name in arguments(function)[len(first) :]))


def _is_recipe(domain: Domain) -> TypeGuard[Callable[..., Any]]:
    """A domain that makes its value itself, from the stream: `lambda draw, …: value`."""
    return callable(domain) and arguments(domain)[:1] == ("draw",)


def draw_value(domain: Domain, stream: Stream, params: Params) -> Any:
    """A value of this domain, given the fields drawn before."""
    if _is_recipe(domain):
        return call(domain, params, stream)
    options = call(domain, params) if callable(domain) else domain
    if not len(options):
        raise Redraw("nothing to choose from")
    return stream.pick(options)


def draw_params(
    name: tuple[object, ...], space: Mapping[str, Domain], where: Callable[..., Any], attempt: int
) -> Params:
    """One attempt at all fields, in order.

    Raises:
        Redraw: if the constraint does not hold.
    """
    params: Params = {}
    for field, domain in space.items():
        params[field] = draw_value(domain, Stream(*name, field, attempt), params)
    if not call(where, params):
        raise Redraw("the constraint does not hold")
    return params


def first_good(name: tuple[object, ...], attempt: Callable[[int], T]) -> T:
    """The first attempt that does not ask to be redrawn.

    Raises:
        DrawError: after `ATTEMPTS` attempts, with the last reason.
    """
    reason = ""
    for number in range(ATTEMPTS):
        try:
            return attempt(number)
        except Redraw as again:
            reason = str(again)
    raise DrawError(f"{'/'.join(map(str, name))}: no good question in {ATTEMPTS} attempts ({reason})")


def enumerate_space(space: Mapping[str, Domain], where: Callable[..., Any]) -> Iterator[Params] | None:
    """All parameters of a finite space, or None where a field is made by a recipe."""
    if any(_is_recipe(domain) for domain in space.values()):
        return None
    return (params for params in _walk(list(space.items()), {}) if call(where, params))


def _walk(fields: list[tuple[str, Domain]], params: Params) -> Iterator[Params]:
    if not fields:
        yield dict(params)
        return
    (name, domain), *rest = fields
    for value in call(domain, params) if callable(domain) else domain:
        yield from _walk(rest, {**params, name: value})


def integers(low: int, high: int, *shape: int) -> Callable[[Stream], Any]:
    """Recipe: nested lists of this shape with entries in low … high."""

    def recipe(draw: Stream) -> Any:
        return fold([draw.integer(low, high) for _ in range(math.prod(shape))], shape)

    return recipe


def distinct(low: int, high: int, *shape: int) -> Callable[[Stream], Any]:
    """Recipe: as `integers`, no value twice."""

    def recipe(draw: Stream) -> Any:
        return fold(draw.sample(range(low, high + 1), math.prod(shape)), shape)

    return recipe


def fold(flat: list[Any], shape: tuple[int, ...]) -> Any:
    """A flat list as nested lists of this shape (rows first)."""
    if len(shape) <= 1:
        return flat
    step = len(flat) // shape[0]
    return [fold(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]
