"""The way of a gradient back through max pooling and ReLU."""

from generators.arrays import Rows, mapped, spread, windows
from generators.authoring import Ask, Fraction, Wrong, about, distinct, drawn, table
from generators.pictures import pooled_backward


@about("backpropagation", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=3)
@drawn(X=distinct(-12, 9, 4, 4), dout=distinct(-8, 9, 2, 2),
       where=lambda X, dout: 0 not in dout[0] + dout[1] and all(0 not in row for row in X)
       and sorted(v > 0 for row in windows(X, 2, 2, 2, max) for v in row) == [False, True, True, True])
def question(X: Rows, dout: Rows) -> Ask:
    def masked(gradient: Rows) -> Rows:
        return mapped(lambda x, g: g if x > 0 else 0, X, gradient)

    routed, everywhere = spread(X, dout, "max"), spread(X, dout, "all")
    key, high = masked(routed), windows(X, 2, 2, 2, max)
    slips = [
        (routed, "relu-forgotten", "In one window all are negative: ReLU's derivative there is 0, nothing passes."),
        (masked(everywhere), "pooling-forgotten", "You let all positive entries pass; only the largest of a window."),
        (everywhere, "gradient-to-all", "You gave the whole gradient to all entries of a window."),
        (masked(spread(X, dout, "quarter")), "average-pooling", "You gave a quarter to each, as average pooling does."),
        (mapped(lambda x, g: g if x < 0 else 0, X, routed), "mask-reversed", "ReLU passes gradients where X > 0."),
        (mapped(lambda g: max(g, 0), routed), "gradient-clipped", "ReLU looks at X, not at the gradient's sign."),
        (masked(mapped(lambda x, g: x if g else 0, X, routed)), "value-for-gradient", "You passed back X's maxima."),
        (masked(spread(X, dout, "corner")), "corner", "You passed the gradient to each window's upper left corner."),
        (mapped(lambda g: Fraction(g, 4), key), "quarter-to-max", "You gave the largest entry a quarter."),
    ]
    return Ask(
        f"X = {table(X)} passes through ReLU and then through 2×2 max pooling with stride 2. The loss has the gradient "
        f"{table(dout)} with respect to the output of the pooling. Compute its gradient with respect to X (the "
        "derivative of ReLU is 0 at 0).",
        key,
        [f"The largest entries of the windows of X: {table(high)}. Pooling passes gradients only to them.",
         f"ReLU passes it on where X is positive: in the first window, whose largest entry is {high[0][0]}, "
         + (f"{dout[0][0]} arrives there." if high[0][0] > 0 else "nothing arrives."),
         f"Window by window: {table(key)}."],
        [Wrong(*slip) for slip in slips],
        picture=pooled_backward(X, dout),
    )
