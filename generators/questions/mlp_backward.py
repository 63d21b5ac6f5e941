"""One step of backpropagation in a 2-2-1 network by hand."""

from generators.arrays import Rows, dot, transposed
from generators.authoring import Ask, Wrong, about, drawn, integers, number, table
from generators.diagrams import mlp


@about("multi-layer perceptron", "Apply", "advanced", kinds="MATRIX", marks=2, minutes=5)
@drawn(x=lambda draw: draw.sample([-2, -1, 1, 2, 3], 2), W=integers(-2, 3, 2, 2), b=integers(-2, 2, 2),
       v=lambda draw: draw.sample([-3, -2, -1, 1, 2, 3], 2), c=[-2, -1, 0, 1], error=[-3, -2, -1, 1, 2, 3],
       where=lambda x, W, b: all(dot(row, x) + shift for row, shift in zip(W, b, strict=True))
       and any(dot(row, x) + shift > 0 for row, shift in zip(W, b, strict=True)))
def question(x: list[int], W: Rows, b: list[int], v: list[int], c: int, error: int) -> Ask:
    z = [dot(row, x) + shift for row, shift in zip(W, b, strict=True)]
    h, on = [max(entry, 0) for entry in z], [int(entry > 0) for entry in z]
    y = dot(v, h) + c
    delta = [error * w * live for w, live in zip(v, on, strict=True)]

    def outer(rows: list[int], columns: list[int]) -> Rows:
        return [[r * k for k in columns] for r in rows]

    key, k = outer(delta, x), on.index(1)
    return Ask(
        f"A 2-2-1 network computes h = ReLU(W x + b), y = v · h + c, with W = {table(W)}, b = {table(b)}, v = "
        f"{table(v)}, c = {number(c)}. The loss is L = (y − t)²/2. For x = {table(x)} and t = {number(y - error)}, "
        "compute the gradient of L with respect to W (row i: the weights of hidden unit i).",
        key, [f"Forwards: W x + b = {table(z)}, h = {table(h)}, y = {number(y)}, so dL/dy = y − t = {number(error)}.",
         f"dL/dz = dL/dy · v where z is positive, else 0: {table(delta)}.",
         f"dL/dW: each entry of dL/dz times each of x; in row {k + 1}, ({delta[k]})({x[0]}) = {number(key[k][0])} and "
         f"({delta[k]})({x[1]}) = {number(key[k][1])}."],
        [
            Wrong(outer([error * w for w in v], x), "relu-ignored",
                  "A hidden unit that ReLU sets to 0 passes no gradient."),
            Wrong(transposed(key), "transposed", "Row i belongs to hidden unit i, column j to input j."),
            Wrong([[-entry for entry in row] for row in key], "sign-reversed", "dL/dy is y − t, not t − y."),
            Wrong(outer([2 * d for d in delta], x), "factor-two", "The loss has a half: its derivative is y − t."),
            Wrong(outer([error * live for live in on], x), "output-weights-forgotten", "Going back, v multiplies."),
            Wrong(outer([w * live for w, live in zip(v, on, strict=True)], x), "error-forgotten",
                  "dL/dy multiplies too."),
            Wrong(outer(delta, h), "hidden-for-input", "The gradient of a weight takes what goes into it: x, not h."),
            Wrong(outer(delta, [1, 1]), "bias-gradient", "This is the gradient of b; a weight's takes its input too."),
        ],
        picture=mlp(2, 2, 1),
    )
