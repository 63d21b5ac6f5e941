"""What is said of how a file was read: what of it is no Python, and what it defines more than once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST = 3  # lines that are listed


def strange(left_out: Sequence[int], changed: Sequence[int]) -> Iterator[str]:
    """Of lines that were left out because they are no Python, and of those with characters that were read as plain."""
    if left_out:
        be, they = ("is", "it was") if len(left_out) == 1 else ("are", "they were")
        yield (
            f"{_lines(left_out)} {be} not Python (copied from a notebook or a page?): {they} left out, and all else "
            f"was graded. Python itself cannot run this file."
        )
    if changed:
        have, they = ("has", "it was") if len(changed) == 1 else ("have", "they were")
        yield (
            f"{_lines(changed)} {have} quotes or spaces of a typeset page: {they} read with plain ones, and graded. "
            f"Python itself cannot run this file."
        )


def repeated(lines: Mapping[str, Sequence[int]], names: Iterable[str]) -> Iterator[str]:
    """Of those of these names that are defined more than once: which definition counts."""
    for name in names:
        if name in lines:
            *first, last = lines[name]
            often = "twice" if len(first) == 1 else f"{len(first) + 1} times"
            yield f"`{name}` is defined {often}: that in line {last} counts, not that in {_lines(first).lower()}."


def _lines(lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return f"Line {lines[0]}"
    if len(lines) > MOST + 1:
        return f"Lines {', '.join(map(str, lines[:MOST]))} and {len(lines) - MOST} more"
    return f"Lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
