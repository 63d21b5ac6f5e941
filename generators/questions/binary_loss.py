"""Sigmoid and binary cross-entropy of one logit with numbers."""

from math import exp, log

from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, number


@about("loss", "Apply", "beginner", kinds="NAT MCQ", minutes=2)
@drawn(tenths=[-30, -25, -20, -15, -12, -10, -8, -6, -4, 4, 6, 8, 10, 12, 15, 20, 25, 30], y=[0, 1])
def question(tenths: int, y: int) -> Ask:
    z = Fraction(tenths, 10)
    p = 1 / (1 + exp(-float(z)))
    right = p if y else 1 - p
    slips = [
        (-log(1 - right), "label-reversed", f"You took the logarithm of {'1 − p' if y else 'p'}; the label is {y}."),
        (1 - right, "no-logarithm", "This is how far p is from the label; the loss is a logarithm."),
        (-log(right) / log(2), "base-two", "You took the logarithm to the base 2."),
        (-log(right) / log(10), "base-ten", "You took the logarithm to the base 10."),
        ((1 - right) ** 2, "squared-error", "This is the squared error of p."),
        (right, "probability", f"This is the probability of label {y}; take its negative logarithm."),
        (-log(p) - log(1 - p), "both-terms", f"For the label {y} one of the two terms is 0."),
        (-log(right) / 2, "halved", "Two classes, but one example: nothing is divided."),
    ]
    return Ask(
        f"A network with one output gives the logit {decimal(z)} for an image whose label is {y}. What is the binary "
        "cross-entropy of its sigmoid (natural logarithm)?",
        Fraction(round(-log(right) * 10**13), 10**13),
        [f"p = 1/(1 + exp({number(-z) if z.denominator == 1 else decimal(-z)})) ≈ {p:.4f}.",
         f"The label is {y}: −ln {'p' if y else '(1 − p)'} = −ln {right:.4f} ≈ {-log(right):.3f}."],
        [Wrong(Fraction(round(value * 10**13), 10**13), slug, why) for value, slug, why in slips],
        digits=3, possible=(0, None),
    )
