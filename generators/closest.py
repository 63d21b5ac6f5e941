"""What a mistyped name was meant to be: the one rule for names in files, exercises, commands, topics and all else."""

from __future__ import annotations

from collections.abc import Iterable

ENOUGH = 0.7
"""How alike two names have to be, from 0 to 1, before one is taken for the other."""
SHORT = 2
"""Letters of names that are alike only if they are equal: `W`, `b`, `dW` and `db` are four things."""
LONGEST = 80
"""Letters of a name that is compared at all: comparing takes the square of them."""
STEM, BEGUN = 4, 0.9
"""Letters of a name that is taken for the beginning of a longer one; `gate` is as much `gate-cnn` as `gate-full`."""


def closest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known name that is most like this one, all of those that are equally like it, or none if nothing is close.

    Case, dashes, dots and underscores count for nothing as long as the letters tell names apart.
    """
    if len(name) > LONGEST:
        return ()
    by_name = {other: likeness(name, other) for other in dict.fromkeys(known)}
    most = max(by_name.values(), default=0.0)
    found = [other for other, alike in by_name.items() if alike == most >= ENOUGH]
    return (name,) if name in found else tuple(found)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question, with a space before it: " Did you mean `conv2d`?"; nothing if nothing is close."""
    return asked(closest(name, known))


def asked(found: Iterable[str]) -> str:
    """The question about these names; nothing if there are none."""
    names = " or ".join(f"`{name}`" for name in found)
    return f" Did you mean {names}?" if names else ""


def likeness(name: str, other: str) -> float:
    """From 0 to 1; 1 if both differ at most in case and in what is no letter or digit."""
    from difflib import SequenceMatcher  # needed only once something is wrong

    a, b = _letters(name), _letters(other)
    if a == b:
        return 1.0 if a else float(name == other)
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    if min(len(a), len(b)) <= SHORT:
        return 0.0
    if len(a) >= STEM and b.startswith(a):
        return BEGUN
    begins = len(b) >= STEM and a.startswith(b)
    one_wrong = len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return max(ratio, ENOUGH) if begins or one_wrong else ratio


def _letters(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
