"""Convolution of two channels by hand."""

from generators.arrays import Rows, correlate, flat, mapped, turned
from generators.authoring import Ask, Wrong, about, drawn, integers, table
from generators.pictures import channels


@about("convolution", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=4, version=2)
@drawn(
    X=integers(0, 4, 2, 3, 3), K=integers(-1, 2, 2, 2, 2), b=[-2, -1, 1, 2, 3],
    where=lambda K: all(k != turned(k) for k in K) and K[0] != K[1],
)
def question(X: list[Rows], K: list[Rows], b: int) -> Ask:
    def add(*maps: Rows, bias: int = b) -> Rows:
        return mapped(lambda *cell: sum(cell) + bias, *maps)

    parts = [correlate(x, k) for x, k in zip(X, K, strict=True)]
    key = add(*parts)
    window = flat([row[1:] for row in X[1][1:]])
    terms = " + ".join(f"({x})({k})" for x, k in zip(window, flat(K[1]), strict=True))
    flipped = [correlate(x, turned(k)) for x, k in zip(X, K, strict=True)]
    crossed = [correlate(x, k) for x, k in zip(X, K[::-1], strict=True)]
    return Ask(
        f"An input with two channels X₁ = {table(X[0])}, X₂ = {table(X[1])} meets one filter with slices K₁ = "
        f"{table(K[0])}, K₂ = {table(K[1])} and bias {b}. Cross-correlation, no padding, stride 1. Compute the "
        f"output map.", key,
        [
            f"Channel 1 with K₁: {table(parts[0])}.",
            f"Channel 2 with K₂: {table(parts[1])}; the marked window: ${terms} = {parts[1][1][1]}$.",
            f"Add the channels and the bias {b} once; last entry: ${parts[0][-1][-1]} + ({parts[1][-1][-1]}) + ({b}) = "
            f"{key[-1][-1]}$. {table(key)}.",
        ],
        [
            Wrong(add(*parts, bias=0), "bias-forgotten", "The filter's bias is added to every entry."),
            Wrong(add(*parts, bias=2 * b), "bias-per-channel", "A filter has one bias, not one per channel."),
            Wrong(add(*flipped), "kernel-flipped", "Layers correlate: the filter is not flipped."),
            Wrong(add(*crossed), "channels-crossed", "Slice c of the filter belongs to channel c."),
            Wrong(add(parts[0]), "first-channel-only", "The filter spans all channels; their results are added."),
            Wrong([*parts[0], *parts[1]], "channels-kept-apart", "One filter gives one map: the channels are summed."),
        ],
        picture=channels(X, K, (1, 1)),
    )
