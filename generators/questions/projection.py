"""Projection shortcut of a residual block: a 1×1 convolution where shapes differ (He et al. 2016, section 3.3)."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import residual


@about("residual networks", "Apply", "intermediate", kinds="MCQ NAT", minutes=1.5, version=3)
@drawn(Ci=[16, 32, 64, 128, 256, 512], factor=[2, 4], bn=[False, True], S=[1, 2])
def question(Ci: int, factor: int, bn: bool, S: int) -> Ask:
    Co = factor * Ci
    weights, extra = Ci * Co, 2 * Co if bn else Co
    key = weights + extra
    rule = "without biases, but with batch norm (scale and shift) after it" if bn else "with biases and no batch norm"
    return Ask(
        f"The shortcut of a residual block has to turn {Ci} channels into {Co} at stride {S}. It is a 1×1 "
        f"convolution {rule}. "
        "How many parameters does the shortcut learn?",
        key,
        [f"Weights: {Ci} · {Co} = {weights}; the stride changes nothing.", f"{weights} + {extra} = {key}."],
        [
            Wrong(9 * weights + extra, "projection-3x3",
                  f"You gave each filter 9 · {Ci} weights, as in 3×3; a 1×1 filter has {Ci}."),
            Wrong(weights, "norm-forgotten" if bn else "bias-forgotten",
                  f"You counted the weights alone; each of the {Co} channels has a "
                  f"{'scale and a shift' if bn else 'bias'} too."),
            Wrong(0, "projection-free", f"You took an identity shortcut; it cannot turn {Ci} channels into {Co}."),
            Wrong(weights + 3 * Co - extra, "bias-for-norm" if bn else "norm-for-bias",
                  f"You added {Co} biases; there are none, batch norm learns 2 · {Co} numbers instead." if bn else
                  f"You added scale and shift of batch norm, 2 · {Co}; there is none, but {Co} biases."),
            Wrong(weights + 3 * Co if bn else None, "bias-added",
                  f"You counted {Co} biases besides batch norm; its shift takes their place."),
            Wrong(weights + 4 * Co if bn else None, "statistics-counted",
                  "You counted the running mean and variance too; batch norm stores these, it does not learn them."),
            Wrong(Co * Co + extra, "output-depth", f"You made the filters {Co} deep; the input has {Ci} channels."),
            Wrong(S * S * key if S > 1 else None, "stride-counted",
                  f"You multiplied by {S} · {S}; a stride skips positions and adds no weights."),
            Wrong(Ci * Ci + extra, "input-width-twice", f"You took {Ci} filters; {Co} channels need {Co} of them."),
        ],
        picture=residual(["convolutions"], f"1×1, {Ci} → {Co}"),
    )  # fmt: skip
