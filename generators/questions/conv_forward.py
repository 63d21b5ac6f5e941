"""A tiny network forwards by hand: two filters, ReLU, max pooling, one fully connected unit."""

from generators.arrays import Rows, correlate, dot, flat, mapped, padded, turned
from generators.authoring import Ask, Fraction, Redraw, Wrong, about, drawn, fold, integers, number, table
from generators.pictures import matrices


@about("forward pass", "Apply", "intermediate", kinds="NAT", marks=2, minutes=5)
@drawn(P=[0, 1], X=lambda draw, P: integers(-1, 4, 3 - P, 3 - P)(draw),
       b=lambda draw: draw.sample([-2, -1, 0, 1, 2], 2),
       K=lambda draw, P: fold([draw.integer(-2, 2) for _ in range(18 if P else 8)], (2, 2 + P, 2 + P)),
       w=lambda draw: draw.sample([-3, -2, -1, 1, 2, 3], 2), c=[-2, -1, 1, 2, 3])
def question(P: int, X: Rows, b: list[int], K: list[Rows], w: list[int], c: int) -> Ask:
    def unit(values: list[int] | list[Fraction]) -> Fraction:
        return Fraction(dot(w, values) + c)

    maps = [mapped(lambda v, shift=shift: v + shift, correlate(padded(X, P), k)) for k, shift in zip(K, b, strict=True)]
    turns = [max(flat(correlate(padded(X, P), turned(k)))) + shift for k, shift in zip(K, b, strict=True)]
    positive, high = [mapped(lambda v: max(v, 0), m) for m in maps], [max(flat(m)) for m in maps]
    if not min(high) < 0 < max(high):
        raise Redraw("ReLU makes no difference")
    one, two = pools = [max(v, 0) for v in high]
    slips = [
        (unit(high), "no-relu", f"A map's maximum was negative, {number(min(high))}; ReLU gives 0."),
        (unit([Fraction(sum(flat(m)), 4) for m in positive]), "average-pooling", "You pooled by means, not by maxima."),
        (unit([max(v, 0) for v in turns]), "kernel-flipped", "You flipped the filters; layers correlate."),
        (unit(pools) - c, "last-bias-forgotten", f"You left out the unit's own bias, {number(c)}."),
        (unit([max(v - shift, 0) for v, shift in zip(high, b, strict=True)]), "filter-bias-forgotten",
         "You left out the filters' biases; they are added before ReLU."),
        (max(unit(pools), Fraction(0)), "relu-on-output", "The last unit has no activation: it may be negative."),
        (unit([two, one]), "weights-exchanged", "The first weight belongs to K₁."),
    ]
    return Ask(
        f"X = {table(X)} passes through a cross-correlation (padding {P} on every side, stride 1) with "
        f"the filters K₁ = {table(K[0])} and K₂ = {table(K[1])} and the biases {number(b[0])} and {number(b[1])}, ReLU "
        f"and 2×2 max pooling. A fully connected unit without activation has the weights {number(w[0])} (for K₁'s "
        f"value) and {number(w[1])} and the bias {number(c)}. What does it give?", unit(pools),
        [f"The convolution with its biases gives {table(maps[0])} and {table(maps[1])}, ReLU {table(positive[0])} and "
         f"{table(positive[1])}.",
         f"Their maxima: {one}, {two}. $({w[0]})({one}) + ({w[1]})({two}) + ({c}) = {unit(pools)}$."],
        [Wrong(*slip) for slip in slips], picture=matrices(**{"X": X, "K₁": K[0], "K₂": K[1]}))
