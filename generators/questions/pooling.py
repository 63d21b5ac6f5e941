"""Max and average pooling by hand."""

from typing import Any

from generators.arrays import Rows, flat, windows
from generators.authoring import Ask, Fraction, Wrong, about, distinct, drawn, many, table
from generators.pictures import pooled


def pool(X: Rows, F: int, S: int, mode: str) -> Rows:
    """Valid max, min, sum or average pooling."""
    reduce: Any = {"max": max, "min": min, "sum": sum, "average": lambda w: Fraction(sum(w), len(w))}[mode]
    return windows(X, F, F, S, reduce)


@about("pooling", "Apply", "beginner", kinds="MATRIX", minutes=2, version=2)
@drawn(
    mode=["max", "average"], F=lambda mode: [2, 2, 3] if mode == "max" else [2], S=lambda F: [2] if F == 2 else [1, 2],
    X=lambda draw, F, S: distinct(0, 30, *[4 if F == 2 else 5] * 2)(draw),
)
def question(mode: str, F: int, S: int, X: Rows) -> Ask:
    key = pool(X, F, S, mode)
    last = windows(X, F, F, S, list)[-1][-1]
    other = "average" if mode == "max" else "max"
    return Ask(
        f"Compute {F}×{F} {mode} pooling with stride {S} and without padding of {table(X)}. (Fractions or decimals.)",
        key,
        [
            f"Windows start every {many(S, 'pixel')}: {len(key)}×{len(key[0])} of them.",
            f"The last one, marked, holds {', '.join(map(str, last))}; its {mode} is {key[-1][-1]}.",
            f"The other windows likewise: {table(key)}.",
        ],
        [
            Wrong(pool(X, F, S, other), "modes-confused", f"This is {other} pooling."),
            Wrong(pool(X, F, S, "min"), "minimum", "The largest value is kept, not the smallest."),
            Wrong(pool(X, F, S, "sum") if mode == "average" else None, "sum-for-average", "Divide by the F² entries."),
            Wrong([[Fraction(v, F) for v in row] for row in pool(X, F, S, "sum")] if mode == "average" else None,
                  "divided-by-F", "A window has F² entries, not F."),
            Wrong(pool(X, F, 3 - S, mode), "stride-wrong", f"The window moves {many(S, 'pixel')} at a time."),
            Wrong(pool(X, F, F, mode) if F != S else None, "stride-is-window",
                  f"The stride is {S}, so windows overlap."),
            Wrong([[max(flat(X))]], "global-pooling", "Pooling works window by window."),
        ],
        picture=pooled(X, F, S),
    )
