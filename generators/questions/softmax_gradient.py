"""The gradient of softmax cross-entropy with respect to the logits, with logits ln 1, ln 2, … so that it is "
"rational."""

from generators.arrays import Rows, mapped
from generators.authoring import Ask, Fraction, Wrong, about, drawn, table


@about("loss", "Apply", "advanced", kinds="MATRIX", marks=2, minutes=3)
@drawn(
    n=[1, 1, 2], weights=lambda draw, n: [draw.sample(range(1, 8), 3) for _ in range(n)], labels=lambda draw,
    n: [draw.below(3) for _ in range(n)],
)
def question(n: int, weights: Rows, labels: list[int]) -> Ask:
    p = [[Fraction(w, sum(row)) for w in row] for row in weights]
    hot = [[int(j == label) for j in range(3)] for label in labels]
    key = mapped(lambda a, b: (a - b) / n, p, hot)
    logits = "; ".join(f"({', '.join(f'ln {w}' for w in row)})" for row in weights)
    why = "dL/dz = (softmax(z) − onehot)/N."
    return Ask(
        f"Logits of {'one example' if n == 1 else 'a batch of two examples'}, classes 0, 1, 2: {logits}. Right class"
        f"{'' if n == 1 else 'es'}: {', '.join(map(str, labels))}. The loss is the mean cross-entropy (natural "
        "logarithm) of the softmax over the batch. Compute its gradient with respect to the logits, one row per "
        "example (fractions, or "
        "three decimals).",
        key,
        [f"Softmax: exp(ln w) = w, so p = {table(p)}.", f"Minus one-hot, divided by N = {n}: {table(key)}."],
        [
            Wrong(p, "probabilities-only", why),
            Wrong(mapped(lambda v: -v, key), "sign-reversed", why),
            Wrong(mapped(lambda v: v * n, key), "not-averaged", why),
            Wrong(mapped(lambda a: a * (1 - a), p), "sigmoid-derivative", why),
            Wrong(mapped(lambda a: 1 - a, p), "one-minus-p", why),
            Wrong(mapped(lambda w, b: (Fraction(w, w + 1) - b) / n, weights, hot), "sigmoid-for-softmax", why),
        ],
    )
