"""Fully connected layers after a feature map: their size, their share, and what global average pooling saves."""

from generators.authoring import Ask, Wrong, about, drawn, times


@about("parameters", "Apply", "beginner", kinds="MCQ NAT", version=2)
@drawn(
    ask=["flatten", "flatten", "gap"], H=range(2, 9), C=[8, 16, 32, 64, 128, 256, 512],
    N=[10, 64, 100, 128, 256, 1000, 4096],
)
def question(ask: str, H: int, C: int, N: int) -> Ask:
    gap = ask == "gap"
    inputs = C if gap else H * H * C
    key = (inputs + 1) * N
    how = "averaged over its positions (global average pooling)" if gap else "flattened"
    return Ask(
        f"The last pooling (2×2, stride 2) leaves {H}×{H}×{C} values, which are {how} and go into a fully connected "
        f"layer with {N} units and biases. "
        "How many parameters does the layer learn?",
        key,
        [
            f"The layer sees {inputs} values: " + ("one mean per channel." if gap else f"${times(H, H, C)}$."),
            rf"Each unit has {inputs} weights and a bias: ${times(inputs + 1, N)} = {key}$.",
        ],
        [
            Wrong(inputs * N, "bias-forgotten", "Each unit has a bias too."),
            Wrong(inputs * N + inputs, "bias-per-input", "Biases belong to units, not to inputs."),
            Wrong(inputs * N + 1, "one-bias-per-layer", "Each unit has its own bias."),
            Wrong((H * H + 1) * N, "channels-forgotten", "All channels are connected, not one."),
            Wrong((H * H * C + 1) * N if gap else (C + 1) * N, "pooling-confused", f"The values are {how}."),
            Wrong((4 * H * H * C + 1) * N, "size-before-pooling", "Take the size that reaches the layer."),
            Wrong((H * C + 1) * N if not gap else None, "one-axis", "Both height and width count."),
        ],
    )
