"""Standard deviation of the first weights before ReLU (He et al. 2015, equation 10)."""

import math

from generators.authoring import Ask, Fraction, Wrong, about, drawn, many

WIDTHS = [3, 8, 16, 32, 64, 128, 256, 512]


def root(value: Fraction) -> Fraction:
    """The square root, as exact as a float."""
    return Fraction(math.sqrt(value))


@about("initialisation", "Apply", "intermediate", kinds="MCQ NAT", minutes=2)
@drawn(F=[1, 3, 5, 7], Ci=WIDTHS, Co=[16, 24, 48, 96, 192, 384], where=lambda Ci, Co: Ci != Co)
def question(F: int, Ci: int, Co: int) -> Ask:
    fan, area = F * F * Ci, F * F
    key = root(Fraction(2, fan))
    return Ask(
        f"A convolution with {Co} filters of {F}×{F} sees {Ci} channels and is followed by ReLU. Its weights are drawn "
        "around 0 so that the mean square of the values stays the same from layer to layer in the forward pass. What "
        "is the standard deviation of the weights?",
        key,
        [f"Each output is a sum of C · k² = {Ci} · {F}² = {fan} products; ReLU halves the mean square.",
         f"The variance is 2/{fan}, its root {float(key):.4f}."],
        [
            Wrong(Fraction(2, fan), "variance-for-deviation", f"2/{fan} is the variance; the deviation is its root."),
            Wrong(root(Fraction(1, fan)), "relu-forgotten", f"You took 1/{fan}; ReLU halves the mean square: 2/{fan}."),
            Wrong(root(Fraction(2, Ci)), "window-forgotten", f"You took {Ci} inputs; there are {area} pixels of each."),
            Wrong(root(Fraction(2, area)), "channels-forgotten",
                  f"You took {many(area, 'input')}; there are {Ci} channels."),
            Wrong(root(Fraction(2, F * Ci)), "side-for-area", f"You took {F} · {Ci} inputs; the window is {F}×{F}."),
            Wrong(root(Fraction(2, area * Co)), "outputs-for-inputs",
                  f"You counted the {Co} filters; forwards, the {fan} inputs of one sum count."),
            Wrong(root(Fraction(2, fan + area * Co)), "both-directions",
                  f"You averaged over both directions; forwards, the {fan} inputs of one sum count."),
            Wrong(root(Fraction(fan, 2)), "inverted", "The more inputs, the smaller the weights have to be."),
        ],
        digits=4,
    )  # fmt: skip
