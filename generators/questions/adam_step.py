"""Adam's first or second step with numbers (Kingma and Ba 2015, algorithm 1)."""

from generators.arrays import root
from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, equals, number


def averages(g: list[int], beta: Fraction, power: int) -> Fraction:
    """The moving average of the gradients to this power, from 0, without correction."""
    value = Fraction(0)
    for entry in g:
        value = beta * value + (1 - beta) * entry**power
    return value


@about("optimisers", "Apply", "advanced", kinds="NAT", marks=2, minutes=4)
@drawn(steps=[1, 2, 2], b1=[90, 80], b2=[999, 990, 900], rate=[10, 50, 100], w=[-2, 1, 2, 3],
       g=lambda draw, steps: draw.sample([-6, -4, -3, -2, 2, 3, 4, 5, 6, 8], steps))
def question(steps: int, b1: int, b2: int, rate: int, w: int, g: list[int]) -> Ask:
    beta, gamma, eta, square = Fraction(b1, 100), Fraction(b2, 1000), Fraction(rate, 1000), "²" * (steps > 1)
    m, v = averages(g, beta, 1), averages(g, gamma, 2)
    mean, spread = m / (1 - beta**steps), v / (1 - gamma**steps)
    step = eta * mean / root(spread)
    told = f"gradient is {number(g[0])}" if steps == 1 else f"first two gradients are {number(g[0])} and {number(g[1])}"
    slips = [
        (m / root(v), "not-corrected", "You left out the correction of m and v."),
        (mean / spread, "variance-not-rooted", "You divided by v; Adam divides by its root."),
        (Fraction(g[-1]), "plain-descent", "This is gradient descent: Adam divides by the root of v."),
        (mean, "momentum-only", "You did not divide by the root of v."),
        (mean / root(v), "v-not-corrected", "You corrected m alone."),
        (m / root(spread), "m-not-corrected", "You corrected v alone."),
        (g[-1] / root(spread), "no-momentum", "You took the gradient itself for m."),
        (-mean / root(spread), "uphill", "You added the step; it goes against the gradient."),
    ]
    return Ask(
        f"Adam has β₁ = {decimal(beta)}, β₂ = {decimal(gamma)}, η = {decimal(eta)} and ε = 0; m and v begin at 0 and "
        f"are corrected for it. A weight's {told}. Before step {steps} the weight is {number(w)}. What is it after "
        f"this step?",
        w - step,
        [f"m {equals(m)}, v {equals(v)}.",
         f"Corrected: m/(1 − β₁{square}) {equals(mean)}, v/(1 − β₂{square}) {equals(spread)}.",
         f"w − η · m/√v with these {equals(w - step)}."],
        [Wrong(w - eta * value, slug, why) for value, slug, why in slips],
        digits=4,
    )
