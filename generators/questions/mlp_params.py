"""Parameters of a multi-layer perceptron."""

from itertools import pairwise
from math import prod

from generators.authoring import Ask, Wrong, about, drawn, number


@about("multi-layer perceptron", "Apply", "beginner", kinds="NAT MCQ", minutes=1.5)
@drawn(inputs=[2, 3, 4, 8, 10, 13, 20, 30, 64, 784],
       hidden=lambda draw: [draw.pick([3, 4, 5, 6, 8, 10, 16, 32]) for _ in range(draw.integer(1, 3))],
       out=[1, 2, 3, 5, 10], where=lambda inputs, hidden: inputs != hidden[0])
def question(inputs: int, hidden: list[int], out: int) -> Ask:
    widths = [inputs, *hidden, out]
    parts = [(a + 1) * b for a, b in pairwise(widths)]
    key, weights, units = sum(parts), sum(a * b for a, b in pairwise(widths)), sum(widths[1:])
    said = "a hidden layer" if len(hidden) == 1 else f"{len(hidden)} hidden layers"
    return Ask(
        f"A feed-forward network has {inputs} inputs, {said} of {' and '.join(map(str, hidden))} units and {out} output"
        f"{'s' * (out > 1)}; neighbouring layers are fully connected, every unit has a bias. How many parameters does "
        "it learn?",
        key,
        [*(f"From {a} to {b}: $({a} + 1) \\cdot {b} = {(a + 1) * b}$." for a, b in pairwise(widths)),
         f"Together {number(key)}."],
        [
            Wrong(weights, "bias-forgotten", f"You left out the biases, one for each of {units} units."),
            Wrong(weights + len(parts), "bias-per-layer", "You gave every layer one bias; every unit has one."),
            Wrong(weights + units + inputs, "inputs-with-bias", "Inputs compute nothing: they have no bias."),
            Wrong(weights + units - out, "last-bias-forgotten", f"The outputs have biases too, {out}."),
            Wrong(key - parts[-1], "output-layer-forgotten", f"You left out the output layer, {parts[-1]}."),
            Wrong(key - parts[0], "first-layer-forgotten", f"You left out the first layer's {parts[0]}."),
            Wrong(weights + inputs + sum(hidden), "bias-of-sources",
                  "A bias belongs to the unit that weights lead to."),
            Wrong(prod(widths), "widths-multiplied",
                  "You multiplied all widths; each two neighbours have their weights."),
            Wrong(sum(widths), "units-counted", "You counted units, not what they learn."),
        ],
    )
