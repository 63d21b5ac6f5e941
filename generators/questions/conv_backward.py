"""Backward pass of a convolution by hand."""

from generators.arrays import Rows, correlate, dot, flat, padded, turned
from generators.authoring import Ask, Fraction, Wrong, about, drawn, integers, table
from generators.pictures import matrices

RULES = {"dX": "dX: lay K turned by 180° over dout with a border of zeros (full correlation)",
         "dK": "dK: correlate X with dout", "db": "db: the sum of dout"}


@about("backpropagation", "Apply", "advanced", kinds="MATRIX", marks=2, minutes=4, version=4)
@drawn(
    ask=["dX", "dX", "dK", "dK", "db"], X=integers(-2, 3, 3, 3), K=integers(-2, 2, 2, 2), dout=integers(-2, 2, 2, 2),
    where=lambda X, K, dout: turned(K) != K and dout != turned(dout) and turned(X) != X and all(map(any, (*K, *dout))),
)
def question(ask: str, X: Rows, K: Rows, dout: Rows) -> Ask:
    full, own, total = correlate(padded(dout, 1), turned(K)), correlate(X, dout), sum(flat(dout))
    wrong = {
        "dX": [Wrong(correlate(padded(dout, 1), K), "kernel-not-flipped", "You left K as it is; turn it by 180°."),
               Wrong(correlate(dout, turned(K)), "valid-for-full", "You left out the border; X has 3×3 pixels."),
               Wrong(correlate(padded(K, 1), dout), "dout-not-flipped", "You slid dout over K; then turn dout."),
               Wrong(own, "answers-dK", "You correlated X with dout; this is the gradient of K.")],
        "dK": [Wrong(correlate(turned(X), dout), "input-flipped", "You turned X; for K nothing is turned."),
               Wrong(correlate(X, turned(dout)), "gradient-flipped", "You turned dout; slide it over X as it is."),
               Wrong(correlate(X, K), "answers-output", "You slid K over X, which gives Y − b; slide dout over X."),
               Wrong(dout, "chain-rule-stopped", "You stopped at Y's gradient; multiply it by the pixels.")],
        "db": [Wrong([[Fraction(total, 4)]], "mean-for-sum", "You took the mean; b is part of 4 outputs, so add."),
               Wrong([[4]], "dout-ignored", "You added 1 for each output; add its entry of dout."),
               Wrong(dout, "not-summed", "You kept 4 entries; one b serves all outputs, so their gradients are added."),
               Wrong([[0]], "bias-constant", "You took b for a constant; every output grows with it.")],
    }[ask]
    key, factors, place, mark = {
        "dX": (full, flat(turned(K)), "dX[1][1], of the marked pixel,", {"X": (1, 1, 1, 1)}),
        "dK": (own, flat([row[1:] for row in X[1:]]), "dK[1][1], from the marked window,", {"X": (1, 1, 2, 2)}),
        "db": ([[total]], [1] * 4, "db", {})}[ask]
    terms, value = " + ".join(f"({a})({b})" for a, b in zip(factors, flat(dout), strict=True)), dot(factors, flat(dout))
    return Ask(
        f"A layer computes Y = X ⋆ K + b (cross-correlation, no padding, stride 1) with X = {table(X)}, K = "
        f"{table(K)}. The loss has the gradient dout = {table(dout)} with respect to Y. Compute its gradient with "
        f"respect to {'b (a 1×1 matrix)' if ask == 'db' else ask[1]}.",
        key, [f"{RULES[ask]}.", f"{place} is {terms} = {value}.", f"{ask} = {table(key)}."],
        wrong, picture=matrices(mark, X=X, K=K, dout=dout),
    )
