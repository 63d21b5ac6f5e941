"""The derivative through a chain of residual blocks with linear branches, including blocks that cancel."""

from math import prod

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number

HALVES = [-2, *[-1] * 4, 0, 1, 1, *[2] * 4, *[4] * 3, 6, 6, -4, -6]


@about("residual networks", "Apply", "intermediate", kinds="NAT MCQ", marks=2, minutes=2, version=2)
@drawn(halves=lambda draw: [draw.pick(HALVES) for _ in range(draw.integer(2, 4))])
def question(halves: list[int]) -> Ask:
    a = [Fraction(h, 2) for h in halves]
    key = prod((1 + x for x in a), start=Fraction(1))
    slips = [
        (prod(a, start=Fraction(1)), "identity-forgotten", "The shortcut adds 1 to every factor."),
        (Fraction(1), "identity-only", "The branches have derivatives too."),
        (sum((1 + x for x in a), Fraction(0)), "factors-added", "Chained blocks multiply their derivatives."),
        (1 + prod(a, start=Fraction(1)), "one-shortcut", "Every block has its own shortcut: multiply the 1 + a."),
        (prod((abs(1 + x) for x in a), start=Fraction(1)), "signs-dropped", "A factor 1 + a may be negative or zero."),
        (prod((max(1 + x, Fraction(1)) for x in a), start=Fraction(1)), "at-least-one",
         "1 + a is below 1 where a < 0."),
        (-key, "sign-reversed", "Two negative factors give a positive product, one a negative one."),
        (1 + sum(a), "first-order-only", "The product of the factors has more terms than the first order."),
    ]
    shown = ", ".join(f"a_{i} = {number(x)}" for i, x in enumerate(a, 1))
    factors = r" \cdot ".join(f"(1 + ({number(x)}))" for x in a).replace("−", "-")
    return Ask(
        "Residual blocks $y = F(x) + x$ are chained, without an activation after the addition; the scalar branch of "
        f"block l is $F(x) = a_l x$, with {shown}. What is the derivative of the last output with respect to the "
        "first input? (Fractions or decimals.)",
        key,
        ["Each block has the derivative $1 + a_l$; the chain rule multiplies them.",
         f"${factors} = {number(key)}$.".replace("−", "-")],
        [Wrong(value, slug, why) for value, slug, why in slips],
    )
