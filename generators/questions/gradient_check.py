"""A numerical gradient across the kink of max pooling: why a gradient check can fail where nothing is wrong."""

from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, number


@about("backpropagation", "Analyze", "advanced", kinds="NAT MCQ", marks=2, minutes=3)
@drawn(top=range(2, 9), gap=[-6, -4, -3, -2, -1, 1, 2, 3, 4, 6], h=[5, 8, 10], low=[-3, -1, 0, 1], g=[-4, -2, 3, 5],
       where=lambda gap, h: abs(gap) < h)
def question(top: int, gap: int, h: int, low: int, g: int) -> Ask:
    step, rival = Fraction(h, 100), Fraction(top) + Fraction(gap, 100)
    up, down = max(top + step, rival), max(top - step, rival)
    key, forward, backward = g * (up - down) / (2 * step), g * (up - max(Fraction(top), rival)) / step, None
    backward = g * (max(Fraction(top), rival) - down) / step
    exact = Fraction(g if gap < 0 else 0)
    return Ask(
        f"A window of max pooling holds a = {top}, {decimal(rival)}, {number(low)} and {number(low - 2)}; the loss is "
        f"{number(g)} times the output. A gradient check changes a alone and takes (L(a + h) − L(a − h))/(2h) with "
        f"h = {decimal(step)}. What does it find? (Backpropagation gives {number(exact)}.)",
        key,
        [f"With a + h the maximum is {decimal(up)}, with a − h it is {decimal(down)}: another entry takes over.",
         f"{number(g)} · ({decimal(up)} − {decimal(down)})/{decimal(2 * step)} = {decimal(key)}.",
         "The check disagrees although both are right: the step crosses a kink. A smaller h would agree."],
        [
            Wrong(exact, "analytic", "This is the derivative at a; the check's step crosses the kink."),
            Wrong(Fraction(g) - exact, "other-entry", "This is the derivative were the other entry's turn."),
            Wrong(2 * key, "divided-by-h", f"The two points are 2h = {decimal(2 * step)} apart."),
            Wrong(Fraction(g, 2), "always-half", "It is the mean of both sides only where the two entries are equal."),
            Wrong(key / g, "loss-forgotten", f"The loss is {number(g)} times the maximum."),
            Wrong(forward, "forward-difference", "You took (L(a + h) − L(a))/h."),
            Wrong(backward, "backward-difference", "You took (L(a) − L(a − h))/h."),
            Wrong(-key, "sign-reversed", "L(a − h) is what is subtracted."),
        ],
        digits=2,
    )
