"""Convolution by hand, as the field means it: cross-correlation, no flip."""

from generators.arrays import Rows, correlate, flat, mapped, transposed, turned
from generators.authoring import Ask, Wrong, about, drawn, integers, table
from generators.pictures import correlation


@about("convolution", "Apply", "beginner", kinds="MATRIX", marks=2, minutes=4, version=2)
@drawn(
    X=lambda draw: integers(0, 4, 4, 4)(draw) if draw.below(2) else integers(-2, 9, 5, 5)(draw),
    K=lambda draw, X: integers(-1, 2, *draw.pick([(2, 2), (3, 3)]))(draw), b=[0, 0, 1, -2],
    S=lambda X, K: [1, 2] if len(X) - len(K) >= 2 else [1],
    where=lambda X, K: turned(K) != K and transposed(K) != K and any(v < 0 for v in flat(K))
    and max(abs(v) for v in flat(correlate(X, K))) <= 48,
)
def question(X: Rows, K: Rows, b: int, S: int) -> Ask:
    def layer(K: Rows, X: Rows = X) -> Rows:
        return [[entry + b for entry in row] for row in correlate(X, K, S)]

    key = layer(K)
    i, j = (len(key) - 1) * S, (len(key[0]) - 1) * S
    window = flat([row[j : j + len(K[0])] for row in X[i : i + len(K)]])
    terms = " + ".join(f"({x})({k})" for x, k in zip(window, flat(K), strict=True))
    cells = [rf"Y[{i}][{j}] = {v}" for i, row in enumerate(key) for j, v in enumerate(row)]
    return Ask(
        f"Compute Y = X ⋆ K + b by cross-correlation (the filter is not flipped), without padding, stride {S}, b = "
        f"{b}. X = {table(X)}, K = {table(K)}.",
        key, [f"Y has {len(key)}×{len(key[0])} entries. The last one comes from the marked window.",
              f"$Y[{len(key) - 1}][{len(key[0]) - 1}] = {terms} + ({b}) = {key[-1][-1]}$.", f"${', '.join(cells)}$."],
        [
            Wrong(layer(turned(K)), "kernel-flipped", "Layers correlate: the filter is laid on as it is written."),
            Wrong(layer(transposed(K)), "kernel-transposed", "Row m of the filter meets row i + m of the input."),
            Wrong(layer(mapped(abs, K)), "signs-dropped", "Negative weights subtract."),
            Wrong(mapped(lambda v: v - b, layer([[-k for k in row] for row in K])), "sign-reversed", "Mind the signs."),
            Wrong(transposed(key), "output-transposed", "Rows of Y come from rows of X."),
            Wrong(layer(K, [[*row[1:], 0] for row in X[1:]] + [[0] * len(X[0])]), "window-offset",
                  "The first window starts in the corner, at X[0][0]."),
            Wrong(correlate(X, K, S), "bias-forgotten", "Add b to every entry."),
            Wrong(mapped(lambda v: v + b * (len(K) ** 2 - 1), key), "bias-per-product", "b is added once per entry."),
            Wrong(correlate(X, K, 1) if S > 1 else None, "stride-forgotten", f"The window moves {S} pixels at a time."),
        ],
        picture=correlation(X, K, at=(i, j)),
    )
