"""Projection shortcut of a residual block: a 1×1 convolution where shapes differ (He et al. 2016, section 3.3)."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import residual


@about("residual networks", "Apply", "intermediate", kinds="MCQ NAT", minutes=1.5, version=2)
@drawn(Ci=[16, 32, 64, 128, 256, 512], factor=[2, 4], bn=[False, True], S=[1, 2])
def question(Ci: int, factor: int, bn: bool, S: int) -> Ask:
    Co = factor * Ci
    extra = 2 * Co if bn else Co
    key = Ci * Co + extra
    rule = "without biases, but with batch norm (scale and shift) after it" if bn else "with biases and no batch norm"
    return Ask(
        f"The shortcut of a residual block has to turn {Ci} channels into {Co} at stride {S}. It is a 1×1 "
        f"convolution {rule}. "
        "How many parameters does the shortcut learn?",
        key,
        [f"Weights: {Ci} · {Co} = {Ci * Co}; the stride changes nothing.", f"{Ci * Co} + {extra} = {key}."],
        [
            Wrong(9 * Ci * Co + extra, "projection-3x3", "The projection looks at one pixel."),
            Wrong(Ci * Co, "norm-forgotten" if bn else "bias-forgotten", f"It is {rule}."),
            Wrong(0, "projection-free", "Only an identity shortcut is free; here the shapes differ."),
            Wrong(Ci * Co + 3 * Co - extra, "norm-bias-confused", f"It is {rule}."),
            Wrong(Co * Co + extra, "output-depth", "A filter is as deep as the input of the block."),
            Wrong(S * S * key if S > 1 else None, "stride-counted", "The stride skips positions, not weights."),
            Wrong(Ci * Ci + extra, "input-width-twice", f"There are {Co} filters, not {Ci}."),
        ],
        picture=residual(["convolutions"], f"1×1, {Ci} → {Co}"),
    )
