"""Two steps of gradient descent with momentum (PyTorch's rule: v ← μ v + g, w ← w − η v)."""

from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, number


def walk(w: int, gradients: list[int], mu: Fraction, rate: Fraction, fresh: Fraction | int = 1) -> Fraction:
    """The weight after a step for each gradient, from rest; a gradient enters v with the factor `fresh`."""
    at, v = Fraction(w), Fraction(0)
    for g in gradients:
        v = mu * v + fresh * g
        at -= rate * v
    return at


@about("optimisers", "Apply", "intermediate", kinds="NAT MCQ", marks=2, minutes=2.5)
@drawn(w=[-2, -1, 1, 2, 3, 5], mu=[5, 8, 9], rate=[1, 2, 5, 10],
       g=lambda draw: draw.sample([-4, -3, -2, 2, 3, 4, 5, 6], 2))
def question(w: int, mu: int, rate: int, g: list[int]) -> Ask:
    m, r = Fraction(mu, 10), Fraction(rate, 100)
    first, key, v = walk(w, g[:1], m, r), walk(w, g, m, r), m * g[0] + g[1]
    return Ask(
        f"Gradient descent with momentum keeps v ← μ v + g and w ← w − η v, with μ = {decimal(m)}, η = {decimal(r)} "
        f"and v = 0 at the start. The weight is {number(w)}; the gradients of the first two steps are {number(g[0])} "
        f"and {number(g[1])}. What is the weight after the second step?",
        key,
        [f"Step 1: v = {number(g[0])}, w = {number(w)} − {decimal(r)} · ({number(g[0])}) = {decimal(first)}.",
         f"Step 2: v = {decimal(m)} · ({number(g[0])}) + ({number(g[1])}) = {decimal(v)}, w = {decimal(first)} − "
         f"{decimal(r)} · ({decimal(v)}) = {decimal(key)}."],
        [
            Wrong(walk(w, g, Fraction(0), r), "no-momentum", "You forgot the old v: this is plain gradient descent."),
            Wrong(first, "one-step", "This is the weight after the first step."),
            Wrong(walk(w, g, m, r, 1 - m), "averaged-gradient", "You took (1 − μ) g; here g enters v whole."),
            Wrong(walk(w, g, m, -r), "uphill", "You added η v; the step goes against the gradient."),
            Wrong(walk(w, g, Fraction(1), r), "no-friction", f"You kept all of v; μ = {decimal(m)} of it stays."),
            Wrong(w - r * v, "first-step-lost",
                  "You took the second step from the start; the first moved the weight too."),
            Wrong(first - r * m * v, "momentum-on-all", "You multiplied the new gradient by μ too."),
            Wrong(first - v, "rate-forgotten", f"You forgot the learning rate {decimal(r)} in step 2."),
        ],
        digits=3,
    )
