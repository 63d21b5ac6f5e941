"""Small exact arithmetic on nested lists, for questions that are solved by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

Rows = list[list[Any]]


def correlate(X: Rows, K: Rows, stride: int = 1) -> Rows:
    """Valid cross-correlation: Y[i][j] = Σ X[i·stride + m][j·stride + n] · K[m][n]."""
    return windows(X, len(K), len(K[0]), stride, lambda window: dot(window, flat(K)))


def windows(X: Rows, height: int, width: int, stride: int, reduce: Callable[[list[Any]], Any]) -> Rows:
    """`reduce` of each window's entries (rows first); windows that do not fit are dropped."""
    return [
        [reduce([X[i + m][j + n] for m in range(height) for n in range(width)])
         for j in range(0, len(X[0]) - width + 1, stride)]
        for i in range(0, len(X) - height + 1, stride)
    ]  # fmt: skip


def dot(left: Sequence[Any], right: Sequence[Any]) -> Any:
    """Σ left · right."""
    return sum(a * b for a, b in zip(left, right, strict=True))


def flat(X: Rows) -> list[Any]:
    """All entries, rows first."""
    return [entry for row in X for entry in row]


def turned(K: Rows) -> Rows:
    """Turned by 180 degrees: flipped along both axes."""
    return [row[::-1] for row in K[::-1]]


def transposed(X: Rows) -> Rows:
    """Rows and columns exchanged."""
    return [list(column) for column in zip(*X, strict=True)]


def mapped(function: Callable[..., Any], *matrices: Rows) -> Rows:
    """`function` of the entries at the same place."""
    return [[function(*cell) for cell in zip(*rows, strict=True)] for rows in zip(*matrices, strict=True)]


def weighted(maps: Sequence[Rows], weights: Sequence[Any]) -> Rows:
    """Σ weights[k] · maps[k]."""
    return mapped(lambda *cell: dot(weights, cell), *maps)


def padded(X: Rows, border: int) -> Rows:
    """With a border of zeros."""
    width = len(X[0]) + 2 * border
    rows = [[0] * border + row + [0] * border for row in X]
    return [[0] * width for _ in range(border)] + rows + [[0] * width for _ in range(border)]


def dilated(K: Rows, D: int) -> Rows:
    """With D − 1 zeros between neighbours, in both directions."""
    height, width = (D * (side - 1) + 1 for side in (len(K), len(K[0])))
    return [[K[i // D][j // D] if i % D == j % D == 0 else 0 for j in range(width)] for i in range(height)]


def stamped(X: Rows, K: Rows, stride: int) -> Rows:
    """Transposed convolution without padding, K square: every entry of X lays its multiple of K down, overlaps add."""
    return correlate(padded(dilated(X, stride), len(K) - 1), turned(K))


def root(square: int | Fraction) -> Fraction:
    """The square root, cut off after 14 decimals; the same on every machine."""
    return Fraction(isqrt(int(square * 10**28)), 10**14)


def spread(X: Rows, dout: Rows, share: str) -> Rows:
    """dX of 2×2 pooling with stride 2: all to the largest, smallest or first entry; a quarter, half or all to each."""
    dX: Rows = [[0] * len(X[0]) for _ in X]
    for i, row in enumerate(dout):
        for j, gradient in enumerate(row):
            cells = [(2 * i + m, 2 * j + n) for m in (0, 1) for n in (0, 1)]
            by_value = sorted(cells, key=lambda c: X[c[0]][c[1]])
            hit = {"max": by_value[-1:], "min": by_value[:1], "corner": cells[:1]}.get(share, cells)
            for m, n in hit:
                dX[m][n] = gradient * {"quarter": Fraction(1, 4), "half": Fraction(1, 2)}.get(share, 1)
    return dX
