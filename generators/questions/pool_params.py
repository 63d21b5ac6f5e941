"""Parameters of max and average pooling: none."""

from generators.authoring import Ask, Wrong, about, drawn


@about("parameters", "Remember", "beginner", kinds="NAT MCQ", minutes=0.5)
@drawn(mode=["max", "average"], F=[2, 3], C=[16, 32, 64, 128, 256, 512], H=[14, 28, 56, 112])
def question(mode: str, F: int, C: int, H: int) -> Ask:
    return Ask(
        f"How many parameters does a {F}×{F} {mode}-pooling layer with stride 2 learn when its input is {H}×{H}×{C}?",
        0,
        [f"The {'largest value' if mode == 'max' else 'mean'} of a window is a fixed function: nothing is learned."],
        [
            Wrong(F * F, "pooling-weights", "A maximum or a mean has no weights."),
            Wrong(F * F * C, "pooling-as-depthwise",
                  "A depthwise convolution would have these weights; pooling has none."),
            Wrong((F * F * C + 1) * C, "pooling-as-convolution", "This is the count of a convolution."),
            Wrong(C, "pooling-bias", "Pooling has no bias either."),
        ],
    )
