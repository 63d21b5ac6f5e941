"""A 2-2-1 network forwards by hand."""

from generators.arrays import Rows, dot, transposed
from generators.authoring import Ask, Fraction, Wrong, about, drawn, integers, number, table
from generators.diagrams import mlp


@about("multi-layer perceptron", "Apply", "beginner", kinds="NAT MCQ", marks=2, minutes=3)
@drawn(x=lambda draw: draw.sample([-3, -2, -1, 1, 2, 3, 4], 2), W=integers(-3, 3, 2, 2), b=integers(-2, 3, 2),
       v=lambda draw: draw.sample([-3, -2, -1, 1, 2, 3], 2), c=[-3, -2, -1, 1, 2, 3],
       where=lambda x, W, b: W[0][1] != W[1][0]
       and (z := sorted(dot(row, x) + shift for row, shift in zip(W, b, strict=True)))[0] < 0 < z[1])
def question(x: list[int], W: Rows, b: list[int], v: list[int], c: int) -> Ask:
    def hidden(W: Rows, b: list[int] = b) -> list[int]:
        return [dot(row, x) + shift for row, shift in zip(W, b, strict=True)]

    def out(z: list[int], relu: bool = True, v: list[int] = v, c: int = c) -> Fraction:
        return Fraction(dot(v, [max(entry, 0) if relu else entry for entry in z]) + c)

    z = hidden(W)
    h, key = [max(entry, 0) for entry in z], out(z)
    return Ask(
        f"A 2-2-1 network (two inputs, two hidden ReLU units, one output without activation) computes h = ReLU(W x + "
        f"b) and y = v · h + c. W = {table(W)}, b = {table(b)}, v = {table(v)}, c = {number(c)}; x = {table(x)}. What "
        f"is y?",
        key,
        [f"First hidden unit: $({W[0][0]})({x[0]}) + ({W[0][1]})({x[1]}) + ({b[0]}) = {z[0]}$; second: {number(z[1])}.",
         f"ReLU: {h[0]} and {h[1]}. Output: $({v[0]})({h[0]}) + ({v[1]})({h[1]}) + ({c}) = {key}$."],
        [
            Wrong(out(z, relu=False), "no-relu", "You left out ReLU; one hidden unit was negative and gives 0."),
            Wrong(out(hidden(transposed(W))), "weights-transposed", "Row i of W holds the weights of hidden unit i."),
            Wrong(out(hidden(W, [0, 0])), "hidden-bias-forgotten", "You left out b."),
            Wrong(key - c, "output-bias-forgotten", "You left out c."),
            Wrong(out(z, v=v[::-1]), "output-weights-exchanged",
                  "The first entry of v belongs to the first hidden unit."),
            Wrong(max(key, Fraction(0)), "relu-on-output", "The output has no activation."),
            Wrong(out([abs(entry) for entry in z]), "absolute-value", "ReLU sets negative values to 0; it is no |z|."),
            Wrong(Fraction(sum(h) + c), "output-weights-forgotten",
                  "You added h itself; each entry has a weight in v."),
        ],
        picture=mlp(2, 2, 1),
    )
