"""The gradient of pooling by hand."""

from generators.arrays import Rows, mapped
from generators.authoring import Ask, Fraction, Wrong, about, distinct, drawn, table
from generators.pictures import pooled_backward


def spread(X: Rows, dout: Rows, share: str) -> Rows:
    """dX of 2×2 pooling with stride 2: all to the largest ("max"), the smallest ("min"), a quarter or all to each."""
    dX: Rows = [[0] * len(X[0]) for _ in X]
    for i, row in enumerate(dout):
        for j, gradient in enumerate(row):
            cells = [(2 * i + m, 2 * j + n) for m in (0, 1) for n in (0, 1)]
            chosen = {"max": max, "min": min}.get(share)
            hit = [chosen(cells, key=lambda c: X[c[0]][c[1]])] if chosen else cells[:1] if share == "corner" else cells
            for m, n in hit:
                dX[m][n] = Fraction(gradient, 4) if share == "quarter" else gradient
    return dX


@about("backpropagation", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=3, version=2)
@drawn(mode=["max", "average"], X=distinct(0, 20, 4, 4), dout=distinct(-8, 9, 2, 2),
       where=lambda dout: 0 not in dout[0] + dout[1])
def question(mode: str, X: Rows, dout: Rows) -> Ask:
    share, other = ("max", "quarter") if mode == "max" else ("quarter", "max")
    key = spread(X, dout, share)
    why = f"In {mode} pooling " + ("the largest entry of a window receives the whole gradient, the others 0."
                                   if mode == "max" else "each of the four entries receives a quarter of the gradient.")
    return Ask(
        f"2×2 {mode} pooling with stride 2 is applied to X = {table(X)}. The loss has the gradient {table(dout)} with "
        "respect to the output. Compute its gradient with respect to X.",
        key,
        [why, f"Window by window: {table(key)}."],
        [
            Wrong(spread(X, dout, other), "modes-confused", why),
            Wrong(spread(X, dout, "all"), "gradient-to-all", why),
            Wrong(spread(X, dout, "min"), "minimum", "The largest entry was passed on."),
            Wrong(spread(X, dout, "corner"), "corner", "The place of the maximum decides, not the window's corner."),
            Wrong(mapped(lambda x, g: x if g else 0, X, spread(X, dout, "max")), "value-for-gradient",
                  "Pass on gradients, not X."),
            Wrong(mapped(lambda g: Fraction(g, 4), spread(X, dout, "max")), "quarter-to-max", why),
        ],
        picture=pooled_backward(X, dout),
    )
