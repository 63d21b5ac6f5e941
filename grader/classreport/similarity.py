"""Python texts that share code: winnowed fingerprints by copydetect, without what was given to everybody.

Names, comments, strings and spaces do not count. Whatever is in the starter or the statement, or in many of the texts,
counts for nobody. Small differences of order and of names leave most fingerprints alike.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

GRAM = 25  # characters, after filtering, that have to be alike in a row: copydetect's own default
LEAST = 150  # characters of their own that a text needs to be compared: below, all solutions are alike
MANY, MANY_SHARE = 10, 0.1  # k-grams that more texts have than both of these say nothing
LONGEST = 200_000


@dataclass(frozen=True)
class CodeMatch:
    """Two texts by their positions, each one's share of its own code, and the lines (from 1) that are alike."""

    texts: tuple[int, int]
    shares: tuple[float, float]
    lines: tuple[frozenset[int], frozenset[int]]


def matches(texts: Sequence[str], given: Sequence[str], threshold: float) -> list[CodeMatch]:
    """Pairs of which one has at least `threshold` of its own code in common with the other, most alike first.

    `given` is code that everybody has.
    """
    prints = [_fingerprint(text[:LONGEST]) for text in texts]
    ignored = set().union(*(_fingerprint(text).hashes for text in given), _common(prints))
    for found in prints:
        _forget(found, ignored)
    found = [m for m in _pairs(prints, threshold) if max(m.shares) >= threshold]
    return sorted(found, key=lambda m: (-max(m.shares), -min(m.shares), m.texts))


def _fingerprint(text: str) -> Any:
    """Every k-gram and not only a window's smallest: the result does not depend on Python's random hashes."""
    import numpy as np
    from copydetect import CodeFingerprint

    found = CodeFingerprint("text.py", GRAM, 1, language="python", fp=io.StringIO(text))
    if len(found.offsets):  # copydetect 0.5 enters the offset of a class's name without those before it
        found.offsets[:, 1] = np.maximum.accumulate(found.offsets[:, 1])
    return found


def _common(prints: Sequence[Any]) -> set[int]:
    counts = Counter(value for found in prints for value in found.hashes)
    return {value for value, count in counts.items() if count > max(MANY, MANY_SHARE * len(prints))}


def _forget(found: Any, ignored: set[int]) -> None:
    """Leave out what does not count (copydetect's own way to do this goes wrong where a k-gram comes twice)."""
    from copydetect.utils import get_token_coverage

    found.hashes = found.hashes - ignored
    found.hash_idx = {value: places for value, places in found.hash_idx.items() if value in found.hashes}
    found.token_coverage = get_token_coverage(found.hash_idx, GRAM, len(found.filtered_code))


def _pairs(prints: Sequence[Any], threshold: float) -> Iterator[CodeMatch]:
    """Compare all pairs that may reach the threshold."""
    from copydetect import compare_files

    large = [i for i, found in enumerate(prints) if found.token_coverage >= LEAST]
    for one, other in combinations(large, 2):
        a, b = prints[one], prints[other]
        if len(a.hashes & b.hashes) < threshold / 2 * min(len(a.hashes), len(b.hashes)):
            continue  # common passages are made of common k-grams
        _, shares, slices = compare_files(a, b)
        yield CodeMatch(
            (one, other),
            (float(shares[0]), float(shares[1])),
            (_lines(a.raw_code, slices[0]), _lines(b.raw_code, slices[1])),
        )


def _lines(text: str, slices: Any) -> frozenset[int]:
    """The lines that the passages cover; blank ones and comments belong to none."""
    covered = set()
    for start, end in zip(*slices, strict=True) if len(slices) else ():
        first = text.count("\n", 0, int(start)) + 1
        covered |= set(range(first, first + text.count("\n", int(start), int(end)) + 1))
    shown = text.split("\n")
    return frozenset(n for n in covered if n <= len(shown) and shown[n - 1].strip() and shown[n - 1].strip()[0] != "#")
