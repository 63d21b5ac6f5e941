"""Learned numbers of a convolution layer."""

from generators.authoring import Ask, Wrong, about, drawn, times

CHANNELS = [3, 6, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256]


@about("parameters", "Apply", "beginner", kinds="MCQ NAT")
@drawn(
    F=[3, 5, 7], Ci=CHANNELS, Co=CHANNELS, H=[7, 14, 28, 32, 56], bias=[True, True, False],
    where=lambda Ci, Co: Ci != Co,
)
def question(F: int, Ci: int, Co: int, H: int, bias: bool) -> Ask:
    weights = F * F * Ci * Co
    key = weights + bias * Co
    said = "one bias per filter" if bias else "no biases"
    last = f"One bias for each of the {Co} filters: ${weights} + {Co} = {key}$." if bias else "There are no biases."
    return Ask(
        f"A convolution layer turns {Ci} channels into {Co} with {F}×{F} filters and {said}. Its "
        f"input is {H}×{H} and is padded so that the size stays. How many parameters does the layer learn?",
        key,
        [
            rf"One filter spans all input channels: ${times(F, F, Ci)} = {F * F * Ci}$ weights.",
            rf"{Co} filters: ${times(F * F * Ci, Co)} = {weights}$ weights.",
            last,
        ],
        [
            Wrong(weights + (not bias) * Co, "bias-forgotten" if bias else "bias-added", f"The layer has {said}."),
            Wrong(weights + 1 if bias else None, "one-bias-per-layer", "Every filter has its own bias."),
            Wrong((F * F + bias) * Co, "input-channels-forgotten", "A filter is as deep as its input has channels."),
            Wrong((F * Ci + bias) * Co, "kernel-not-squared", "The filter is F wide and F high."),
            Wrong((F * F * Co + bias) * Ci, "channels-swapped", "As many filters as there are output channels."),
            Wrong((F * F * Co + bias) * Co, "output-depth", "A filter's depth is the number of input channels."),
            Wrong(weights + Ci if bias else None, "bias-per-input-channel", "Biases belong to filters: C_out of them."),
            Wrong(key * H * H, "no-weight-sharing", "The same filter serves all positions; it is counted once."),
        ],
    )
