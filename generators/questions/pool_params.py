"""Parameters of max and average pooling: none, alone or after a convolution."""

from generators.authoring import Ask, Wrong, about, drawn, times


@about("parameters", "Remember", "beginner", kinds="NAT MCQ", minutes=1, version=4)
@drawn(ask=["pooling", *["both"] * 11], mode=["max", "average"], F=[2, 3], C=[24, 32, 48, 64, 128],
       H=[14, 28, 56, 112], K=[16, 32, 64, 128])
def question(ask: str, mode: str, F: int, C: int, H: int, K: int) -> Ask:
    both, conv = ask == "both", (9 * C + 1) * K
    key, inputs = (conv, K) if both else (0, C)
    fixed = f"The {'maximum' if mode == 'max' else 'mean'} of a window is a fixed function: pooling learns nothing."
    layer = f"a {F}×{F} {mode}-pooling layer with stride 2"
    asked = (f"On an input of {H}×{H}×{C}, a convolution with {K} filters of 3×3 and one bias per filter is followed "
             f"by {layer}. How many parameters do both layers have together?") if both else (
        f"How many parameters does {layer} learn when its input is {H}×{H}×{C}?")
    return Ask(
        asked,
        key,
        [fixed, *[rf"The convolution: $({times(3, 3, C)} + 1) \cdot {K} = {conv}$."] * both],
        [
            Wrong(key + F * F, "pooling-weights", "A maximum or a mean has no weights."),
            Wrong(key + F * F * inputs, "pooling-as-depthwise", "These weights are a depthwise convolution's."),
            Wrong(key + (F * F * inputs + 1) * inputs, "pooling-as-convolution", "Pooling is not a convolution."),
            Wrong(key + inputs, "pooling-bias", "Pooling has no bias either."),
            Wrong(9 * C * K if both else None, "bias-forgotten", "Every filter has a bias."),
            Wrong((9 + 1) * K if both else None, "input-channels-forgotten", "A filter spans all input channels."),
            Wrong(9 * C * K + 1 if both else None, "one-bias-per-layer", "Every filter has its own bias."),
        ],
    )
