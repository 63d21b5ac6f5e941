"""The gradient of pooling by hand."""

from generators.arrays import Rows, mapped, spread
from generators.authoring import Ask, Fraction, Wrong, about, distinct, drawn, table
from generators.pictures import pooled_backward


@about("backpropagation", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=3, version=4)
@drawn(mode=["max", "average"], X=distinct(0, 20, 4, 4), dout=distinct(-8, 9, 2, 2),
       where=lambda dout: 0 not in dout[0] + dout[1])
def question(mode: str, X: Rows, dout: Rows) -> Ask:
    largest, quarters = spread(X, dout, "max"), spread(X, dout, "quarter")
    key, rule = {"max": (largest, "the largest entry of a window gets the whole gradient, the others 0"),
                 "average": (quarters, "each of a window's four entries gets a quarter of the gradient")}[mode]
    corner, entries = [*X[2][2:], *X[3][2:]], [row[2:] for row in key[2:]]
    slips = {"max": [
        (quarters, "modes-confused", "You gave a quarter to each entry, as average pooling does"),
        (spread(X, dout, "min"), "minimum", "You passed the gradient to the smallest entry of each window"),
        (spread(X, dout, "corner"), "corner", "You passed the gradient to the upper left corner of each window"),
        (mapped(lambda x, g: x if g else 0, X, largest), "value-for-gradient", "You passed back the maxima of X"),
    ], "average": [
        (largest, "modes-confused", "You gave all to the largest entry, as max pooling does"),
        (spread(X, dout, "half"), "side-for-area", "You divided by the window's side 2, not by its 2 · 2 entries"),
        (spread(X, dout, "corner"), "corner", "You passed the gradient to the upper left corner of each window"),
    ]}[mode] + [
        (spread(X, dout, "all"), "gradient-to-all", "You gave the whole gradient to all four entries of a window"),
        (mapped(lambda g: Fraction(g, 4), largest), "quarter-to-max", "You gave the largest entry a quarter"),
    ]  # fmt: skip
    return Ask(
        f"2×2 {mode} pooling with stride 2 is applied to X = {table(X)}. The loss has the gradient {table(dout)} with "
        "respect to the output. Compute its gradient with respect to X.",
        key,
        [f"In {mode} pooling {rule}.",
         f"The window at the lower right holds {', '.join(map(str, corner))}, its gradient is {dout[1][1]}: it becomes "
         f"{table(entries)}.", f"Window by window: {table(key)}."],
        [Wrong(value, slug, f"{did}; in {mode} pooling {rule}.") for value, slug, did in slips],
        picture=pooled_backward(X, dout),
    )
