"""Parameters of a transposed convolution: its filters belong to input channels, its biases to output channels."""

from generators.authoring import Ask, Wrong, about, drawn, times


@about("transposed convolution", "Apply", "beginner", kinds="MCQ NAT", minutes=1)
@drawn(F=[2, 3, 4, 5], Ci=[16, 32, 64, 128, 256, 512], Co=[1, 3, 8, 16, 32, 64, 128], S=[2, 4],
       where=lambda Ci, Co: Ci != Co)
def question(F: int, Ci: int, Co: int, S: int) -> Ask:
    weights = F * F * Ci * Co
    return Ask(
        f"A decoder enlarges a map of {Ci} channels to one of {Co} by a transposed convolution with {F}×{F} filters, "
        f"stride {S} and a bias for every output channel. How many parameters does it learn?",
        weights + Co,
        [f"Every pair of an input and an output channel has an {F}×{F} stamp: ${times(F, F, Ci, Co)} = {weights}$.",
         f"Biases: {Co}. Together ${weights} + {Co} = {weights + Co}$; the stride changes no parameter."],
        [
            Wrong(weights, "bias-forgotten", f"You left out the biases, {Co}."),
            Wrong(weights + Ci, "bias-per-input", f"You added {Ci} biases, one per input channel."),
            Wrong((F * F + 1) * Co, "input-channels-forgotten", f"You gave each output channel one {F}×{F} stamp."),
            Wrong((F * F + 1) * Ci, "output-channels-forgotten", f"You gave each input channel one {F}×{F} stamp."),
            Wrong(weights * S * S + Co, "stride-in-weights", f"Stride {S} moves the stamps and adds no weights."),
            Wrong((F * Ci + 1) * Co, "kernel-not-squared", f"A stamp has {F} · {F} weights, not {F}."),
            Wrong((F * F * Ci + 1) * Ci, "output-as-deep", f"You gave the output {Ci} channels; it has {Co}."),
            Wrong((F * F * Ci + Ci) * Co, "bias-per-pair", f"You added a bias for each of {Ci} · {Co} pairs."),
        ],
    )
