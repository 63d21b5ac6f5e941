"""Softmax and cross-entropy with numbers."""

from math import exp, log

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number


def real(value: float) -> Fraction:
    """To 13 decimals: the same on every machine."""
    return Fraction(round(value * 10**13), 10**13)


@about("loss", "Apply", "intermediate", kinds="NAT MCQ", marks=2, minutes=3)
@drawn(ask=["probability", "loss"], z=lambda draw: draw.sample(range(-2, 5), 3), label=range(3),
       where=lambda z, label: max(z) - z[label] <= 3)
def question(ask: str, z: list[int], label: int) -> Ask:
    powers, other = [exp(v) for v in z], (label + 1) % 3
    p = [v / sum(powers) for v in powers]
    asked = {"probability": f"What probability does softmax give to class {label}",
             "loss": f"The right class is {label}. What is the cross-entropy loss (natural logarithm)"}[ask]
    steps = [f"The powers of e are {', '.join(f'{v:.4f}' for v in powers)}, together {sum(powers):.4f} (rounded).",
             f"Class {label}: {powers[label]:.4f} / {sum(powers):.4f} ≈ {p[label]:.4f}."]
    wrong = {"probability": [
        (p[other], "other-class", f"This is class {other}; classes are counted from 0."),
        (1 - p[label], "complement", f"This is the probability that it is not class {label}."),
        (1 / (1 + exp(-z[label])), "sigmoid-for-softmax", "You took the sigmoid of this logit alone."),
        (exp(z[label] - max(z)), "largest-for-sum", "You divided by the largest exponential; divide by their sum."),
        (2.0 ** z[label] / sum(2.0**v for v in z), "base-two", "You took powers of 2; softmax takes those of e."),
        (powers[label] / (sum(powers) - powers[label]), "odds", "You left the class itself out of the sum: odds."),
    ], "loss": [
        (-log(p[other]), "other-class", f"This is the loss for class {other}; classes are counted from 0."),
        (-log(p[label]) / log(2), "base-two", "You took the logarithm to the base 2."),
        (-log(p[label]) / log(10), "base-ten", "You took the logarithm to the base 10."),
        (-log(p[label]) / 3, "mean-over-classes", "The loss of an example is not divided by the number of classes."),
        (-log(1 - p[label]), "complement", "You took the logarithm of the other classes' probability."),
        (log(1 + exp(-z[label])), "sigmoid-for-softmax", "You took the sigmoid of this logit alone."),
        (-sum(map(log, p)), "all-classes", "Only the right class counts: one-hot has 0 at the others."),
    ]}[ask]
    return Ask(
        f"A network gives the logits {', '.join(map(number, z))} for the classes 0, 1, 2. {asked}?",
        real(p[label] if ask == "probability" else -log(p[label])),
        steps if ask == "probability" else [*steps, f"−ln {p[label]:.4f} ≈ {-log(p[label]):.3f}."],
        [Wrong(real(value), slug, why) for value, slug, why in wrong], digits=3,
        possible=(0, 1 if ask == "probability" else None))
