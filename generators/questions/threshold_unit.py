"""Which function of two bits a unit with a threshold computes."""

from generators.authoring import Fraction, Line, Redraw, Which, about, decimal, drawn

NAMES = {"0001": "x₁ AND x₂", "0111": "x₁ OR x₂", "1110": "NOT (x₁ AND x₂)", "1000": "NOT (x₁ OR x₂)",
         "0010": "x₁ AND NOT x₂", "0100": "x₂ AND NOT x₁",
         "1011": "x₁ OR NOT x₂", "1101": "x₂ OR NOT x₁"}
INPUTS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def computed(u: int, v: int, b: int) -> str:
    """The unit's answers to 00, 01, 10 and 11; a sum of 0 does not occur as b is odd and u and v are even."""
    return "".join(str(int(u * x + v * y + b > 0)) for x, y in INPUTS)


@about("multi-layer perceptron", "Apply", "beginner", kinds="MCQ", minutes=2)
@drawn(u=[-6, -4, -2, 2, 4, 6], v=[-6, -4, -2, 2, 4, 6], b=range(-11, 12, 2),
       spare=lambda draw: draw.sample(list(NAMES), 4))
def question(u: int, v: int, b: int, spare: list[str]) -> Which:
    key = computed(u, v, b)
    if key not in NAMES:
        raise Redraw("one input makes no difference")
    slips = {computed(u, v, -b): ("bias-sign", "This is so with the bias taken away instead of added."),
             "".join(str(1 - int(bit)) for bit in key): ("output-reversed", "It gives 1 where the sum is positive."),
             computed(-u, -v, b): ("weights-sign", "This is so with the signs of both weights turned."),
             computed(v, u, b): ("weights-exchanged", "The first weight belongs to x₁.")}
    slips |= {bits: (f"other-function-{bits}", "") for bits in spare if bits not in slips}
    sums = {(x, y): Fraction(u * x + v * y + b, 2) for x, y in INPUTS}
    lines = [Line(NAMES[key])]
    for bits, (slug, why) in slips.items():
        if bits in NAMES and bits != key and len(lines) < 4:
            at = next(i for i in range(4) if bits[i] != key[i])
            told = f"For {INPUTS[at]} the sum is {decimal(sums[INPUTS[at]])}, so it gives {key[at]}."
            lines.append(Line(NAMES[bits], slug, f"{NAMES[bits]} is another function. {told} {why}".strip()))
    return Which(
        f"A unit gives 1 if w₁ x₁ + w₂ x₂ + b > 0, else 0, with w₁ = {decimal(Fraction(u, 2))}, w₂ = "
        f"{decimal(Fraction(v, 2))} and b = {decimal(Fraction(b, 2))}. What does it compute of two bits x₁ and x₂?",
        lines, [*(f"{bits}: the sum is {decimal(z)}, it gives {int(z > 0)}." for bits, z in sums.items()),
                f"This is {NAMES[key]}."])
