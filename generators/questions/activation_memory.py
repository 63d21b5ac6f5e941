"""Memory of all activations in a part of a well-known network (1 MB = 10^6 bytes)."""

from math import prod

from generators.architectures import PARTS
from generators.authoring import Ask, Fraction, Wrong, about, drawn, number
from generators.shapes import trace, written


@about("memory and compute", "Apply", "intermediate", kinds="NAT MCQ", marks=2, minutes=3)
@drawn(part=list(PARTS), B=[1, 8, 16, 32], size=[4, 2])
def question(part: str, B: int, size: int) -> Ask:
    C, H, layers = PARTS[part]
    stages = trace(layers, (C, H, H))
    values, unit = [prod(stage.shape) for stage in stages], Fraction(B * size, 10**6)
    key, params = sum(values), sum(stage.params for stage in stages)
    return Ask(
        f"Training keeps the output of every layer for the backward pass. In {part}, with input {H}×{H}×{C} (filters, "
        f"window, stride s, padding p; `dw`: depthwise; sizes round down), these are "
        f"{'; '.join(map('`{}`'.format, layers))}. How many megabytes (10⁶ bytes) do these outputs take for a batch of "
        f"{B} in float{8 * size}? The input and what activations and normalisation keep are not counted.",
        key * unit,
        [*(f"`{stage.layer}`: {written(stage.shape)}, {number(prod(stage.shape))} values." for stage in stages),
         f"{number(key)} values of {size} bytes, {B} image{'s' * (B > 1)}: {number(key * B * size)} bytes."],
        [
            Wrong((key + C * H * H) * unit, "input-counted", f"You counted the input too, {number(C * H * H)} values."),
            Wrong(values[-1] * unit, "last-layer-only", "You counted the last output; the others are kept as well."),
            Wrong(max(values) * unit, "largest-layer-only", "You counted the largest output; all are kept."),
            Wrong(key * unit / B if B > 1 else None, "batch-forgotten", f"This is one image of {B}."),
            Wrong(key * unit / size, "numbers-for-bytes", f"You counted numbers; each takes {size} bytes."),
            Wrong(key * unit * 8, "bits-for-bytes", "These are megabits."),
            Wrong(params * Fraction(size, 10**6), "parameters-for-activations",
                  "This is the memory of the parameters."),
            Wrong(key * Fraction(B * (6 - size), 10**6), "other-type",
                  f"You took {6 - size} bytes a number; float{8 * size} has {size}."),
        ],
        digits=2, unit="MB",
    )
