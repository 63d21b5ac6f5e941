"""Batch normalisation of one channel with numbers, in training and in evaluation (Ioffe and Szegedy 2015)."""

from itertools import combinations_with_replacement
from math import isqrt

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number, table

# Four numbers with mean 0 whose standard deviation is whole.
CENTRED = [list(z) for z in combinations_with_replacement(range(-6, 7), 4) if sum(z) == 0 and len(set(z)) > 2
           and sum(v * v for v in z) % 4 == 0 and isqrt(sum(v * v for v in z) // 4) ** 2 == sum(v * v for v in z) // 4]


@about("batch normalisation", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=3)
@drawn(mode=["training", "evaluation"], mean=range(-3, 7),
       x=lambda draw, mean: [v + mean for v in draw.shuffled(draw.pick(CENTRED))],
       running=lambda draw, mean: [draw.pick([m for m in range(-2, 6) if m != mean]), draw.pick([1, 2, 4])],
       gamma=[2, 3, -1, -2], beta=[-3, -1, 1, 2, 4],
       where=lambda x, mean, running: sum((v - mean) ** 2 for v in x) != 4 * running[1] ** 2)
def question(mode: str, mean: int, x: list[int], running: list[int], gamma: int, beta: int) -> Ask:
    own, stored = (mean, isqrt(sum((v - mean) ** 2 for v in x) // 4)), (running[0], running[1])
    training = mode == "training"
    (m, s), other = (own, stored) if training else (stored, own)

    def layer(m: int, s: int, gamma: int = gamma, beta: int = beta) -> list[Fraction]:
        return [Fraction(gamma * (v - m), s) + beta for v in x]

    key = layer(m, s)
    return Ask(
        f"In a batch of four images of one pixel a channel has the values {table(x)}. Batch normalisation has the "
        f"scale γ = {number(gamma)}, the shift β = {number(beta)}, the running mean {number(running[0])} and the "
        f"running variance {running[1] ** 2}; take ε = 0 and, in the batch, the variance that divides by 4. What does "
        f"the layer give in {mode} mode? (Fractions or decimals.)",
        key, [f"In {mode} the {'batch' if training else 'running'} statistics are used: mean {number(m)}, standard "
         f"deviation √{s * s} = {s}.",
         f"The first value: $({gamma}) \\cdot ({x[0]} - ({m}))/{s} + ({beta}) = {key[0]}$.", f"All: {table(key)}."],
        [
            Wrong(layer(*other), "modes-confused", f"You took the {'running' if training else 'batch'} statistics."),
            Wrong(layer(m, s * s) if s > 1 else None, "variance-not-rooted", f"You divided by the variance {s * s}."),
            Wrong(layer(m, s, 1, 0), "not-scaled", "You normalised only; scale and shift come after it."),
            Wrong(layer(m, s, gamma, 0), "shift-forgotten", "You left out the shift β."),
            Wrong([gamma * (Fraction(v - m, s) + beta) for v in x], "shift-before-scale",
                  "γ multiplies first, then add β."),
            Wrong(layer(0, s), "mean-kept", "You did not subtract the mean."),
            Wrong(layer(m, 1) if s > 1 else None, "not-divided", f"You did not divide by the standard deviation {s}."),
        ],
    )
