"""The derivative through a chain of residual blocks with linear branches, including blocks that cancel."""

from math import prod

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number

HALVES = [-2, *[-1] * 4, 0, 1, 1, *[2] * 4, *[4] * 3, 6, 6, -4, -6]


@about("residual networks", "Apply", "intermediate", kinds="NAT MCQ", marks=2, minutes=2, version=3)
@drawn(halves=lambda draw: [draw.pick(HALVES) for _ in range(draw.integer(2, 4))])
def question(halves: list[int]) -> Ask:
    a = [Fraction(h, 2) for h in halves]
    key = prod((1 + x for x in a), start=Fraction(1))
    plain, sums = prod(a, start=Fraction(1)), [1 + x for x in a]
    each, low = ", ".join(map(number, sums)), number(min(sums))
    slips = [
        (plain, "identity-forgotten", f"You multiplied the $a_l$; the shortcut adds 1 to each: {each}."),
        (Fraction(1), "identity-only", f"You followed the shortcuts alone; the branches change the factors to {each}."),
        (sum(sums, Fraction(0)), "factors-added", f"You added {each}; blocks in a chain multiply their derivatives."),
        (1 + plain, "one-shortcut", f"You added 1 to the product of all $a_l$; each block adds its own: {each}."),
        (prod(map(abs, sums), start=Fraction(1)), "signs-dropped", f"You left out the signs of {each}."),
        (prod((max(x, Fraction(1)) for x in sums), start=Fraction(1)), "at-least-one",
         f"You took 1 for smaller factors; $1 + a_l$ is below 1 where $a_l$ is negative, here {low}."),
        (prod((1 + abs(x) for x in a), start=Fraction(1)), "branch-signs-dropped",
         f"You dropped the signs of the $a_l$; the factors are {each}."),
        (1 + sum(a), "first-order-only", f"You added the $a_l$ to 1; the product of {each} has their products too."),
    ]
    shown = ", ".join(f"$a_{i} = {number(x)}$" for i, x in enumerate(a, 1)).replace("−", "-")
    factors = r" \cdot ".join(f"(1 + ({number(x)}))" for x in a).replace("−", "-")
    return Ask(
        "Residual blocks $y = F(x) + x$ are chained, without an activation after the addition; the scalar branch of "
        f"block $l$ is $F(x) = a_l x$, with {shown}. What is the derivative of the last output with respect to the "
        "first input? (Fractions or decimals.)",
        key,
        ["Each block has the derivative $1 + a_l$; the chain rule multiplies them.",
         f"${factors} = {number(key)}$.".replace("−", "-")],
        [Wrong(value, slug, why) for value, slug, why in slips],
    )
