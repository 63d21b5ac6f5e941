"""Backward pass of a convolution by hand."""

from generators.arrays import Rows, correlate, flat, padded, turned
from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn, integers, table
from generators.pictures import matrices

RULES = {
    "dX": "dX: lay K turned by 180° over dout with a border of zeros (full correlation)",
    "dK": "dK: correlate X with dout",
    "db": "db: the sum of dout",
}


@about("backpropagation", "Apply", "advanced", kinds="MATRIX", marks=2, minutes=4, version=2)
@drawn(
    ask=["dX", "dX", "dK", "dK", "db"], X=integers(-2, 3, 3, 3), K=integers(-2, 2, 2, 2), dout=integers(-2, 2, 2, 2),
    where=lambda X, K, dout: turned(K) != K and dout != turned(dout) and turned(X) != X and all(map(any, (*K, *dout))),
)
def question(ask: str, X: Rows, K: Rows, dout: Rows) -> Ask:
    full = correlate(padded(dout, 1), turned(K))
    total = sum(flat(dout))
    keys = {"dX": full, "dK": correlate(X, dout), "db": [[total]]}
    slips: Slips = {
        "dX": [(correlate(padded(dout, 1), K), "kernel-not-flipped"), (correlate(dout, turned(K)), "valid-for-full"),
               (correlate(padded(K, 1), dout), "roles-swapped"), (correlate(X, dout), "answers-dK"), (X, "answers-X")],
        "dK": [(correlate(turned(X), dout), "input-flipped"), (correlate(X, turned(dout)), "gradient-flipped"),
               (correlate(X, K), "answers-output"), (full, "answers-dX"), (dout, "answers-dout")],
        "db": [([[Fraction(total, 4)]], "mean-for-sum"), ([[1]], "one"), ([[4]], "count"), (dout, "not-summed"),
               ([[0]], "zero")],
    }
    terms = {"dX": zip([K[0][0]], [dout[0][0]], strict=True), "db": zip(flat(dout), [1] * 4, strict=True),
             "dK": zip(flat([row[:2] for row in X[:2]]), flat(dout), strict=True)}[ask]
    first = " + ".join(f"({a})({b})" for a, b in terms)
    return Ask(
        f"A layer computes Y = X ⋆ K + b (cross-correlation, no padding, stride 1) with X = {table(X)}, K = "
        f"{table(K)}. The loss has the gradient dout = {table(dout)} with respect to Y. Compute its gradient with "
        f"respect to {'b (a 1×1 matrix)' if ask == 'db' else ask[1]}.",
        keys[ask],
        [f"{RULES[ask]}.", f"Its first entry is {first} = {flat(keys[ask])[0]}.", f"{ask} = {table(keys[ask])}."],
        [Wrong(value, slug, f"{RULES[ask]}.") for value, slug in slips[ask]],
        picture=matrices(X=X, K=K, dout=dout),
    )
