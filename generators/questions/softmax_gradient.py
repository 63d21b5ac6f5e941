"""The gradient of softmax cross-entropy with respect to the logits, rational as exp(ln w) = w."""

from generators.arrays import Rows, mapped
from generators.authoring import Ask, Fraction, Wrong, about, drawn, table


@about("loss", "Apply", "advanced", kinds="MATRIX", marks=2, minutes=3, version=3)
@drawn(
    n=[1, 1, 2], weights=lambda draw, n: [draw.sample(range(1, 8), 3) for _ in range(n)],
    labels=lambda draw, n: [draw.below(3) for _ in range(n)],
)
def question(n: int, weights: Rows, labels: list[int]) -> Ask:
    p = [[Fraction(w, sum(row)) for w in row] for row in weights]
    hot = [[int(j == label) for j in range(3)] for label in labels]
    key = mapped(lambda a, b: (a - b) / n, p, hot)
    logits = "; ".join(f"({', '.join(f'ln {w}' for w in row)})" for row in weights)
    w, total = weights[0][0], sum(weights[0])
    return Ask(
        f"Logits of {'one example' if n == 1 else 'a batch of two examples'}, classes 0, 1, 2: {logits}. Right class"
        f"{'' if n == 1 else 'es'}: {', '.join(map(str, labels))}. The loss is the mean cross-entropy (natural "
        "logarithm) of the softmax over the batch. Compute its gradient with respect to the logits, one row per "
        "example (fractions, or three decimals).",
        key, [f"Softmax: exp(ln w) = w, so p = {table(p)}: first {w}/{total}.",
              f"Minus one-hot, divided by {n}; for row 1, ({p[0][labels[0]]} − 1)/{n} at its class: {table(key)}."],
        [
            Wrong(p, "probabilities-only", "These are the probabilities; subtract 1 at the right class of each row"
                  f"{', then divide by 2' * (n > 1)}."),
            Wrong(mapped(lambda v: -v, key), "sign-reversed",
                  "You took one-hot minus p; the loss falls when the right class's logit rises: negative there."),
            Wrong(mapped(lambda v: v * n, key), "not-averaged",
                  f"This is p minus one-hot; the loss is a mean over {n} examples, so divide by {n}."),
            Wrong(mapped(lambda a: a * (1 - a), p), "sigmoid-derivative",
                  "p(1 − p) is the derivative of a probability by its own logit; the loss has the logarithm of it."),
            Wrong(mapped(lambda a: 1 - a, p), "one-minus-p",
                  "You took 1 − p for every class; it is p, p − 1 for the right class"
                  f"{', and both halved' * (n > 1)}."),
            Wrong(mapped(lambda v, b: (Fraction(v, v + 1) - b) / n, weights, hot), "sigmoid-for-softmax",
                  f"You took each logit's sigmoid, first {w}/({w} + 1); softmax divides {w} by the row's sum {total}."),
            Wrong(mapped(lambda v, b: Fraction(v - b, n), weights, hot), "not-normalised",
                  f"You used exp(z) itself; softmax divides the first row by its sum {total}."),
        ],
    )
