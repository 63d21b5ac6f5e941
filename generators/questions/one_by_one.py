"""1×1 convolutions: parameters, multiply-adds, and what they save in front of a 3×3 convolution."""

from generators.authoring import Ask, Wrong, about, drawn, times

ASKS = {
    "params": "How many parameters (one bias per filter) has a 1×1 convolution from {Ci} to {Co} channels on a "
    "{H}×{H} map",
    "macs": "How many multiply-adds (MACs; biases not counted) does a 1×1 convolution from {Ci} to {Co} channels need "
    "on a {H}×{H} map",
    "pair": "A 1×1 convolution reduces {Ci} to {Co} channels, then a 3×3 convolution goes back to {Ci}; one bias per "
    "filter. How many parameters do both have together",
}


@about("1x1 convolution", "Apply", "beginner", kinds="MCQ NAT")
@drawn(ask=list(ASKS), Ci=[64, 128, 192, 256, 512], Co=[16, 32, 48, 64, 128], H=[7, 14, 28, 56], where=lambda Ci,
       Co: Ci > Co)
def question(ask: str, Ci: int, Co: int, H: int) -> Ask:
    one, three = (Ci + 1) * Co, (9 * Co + 1) * Ci
    key = {"params": one, "macs": H * H * Ci * Co, "pair": one + three}[ask]
    work = {
        "params": rf"$({times(1, 1, Ci)} + 1) \cdot {Co} = {key}$.",
        "macs": f"${times(H, H, Ci, Co)} = {key}$.",
        "pair": rf"$({Ci} + 1) \cdot {Co} + (9 \cdot {Co} + 1) \cdot {Ci} = {one} + {three} = {key}$.",
    }[ask]
    bias = f"Weights: {Ci} per filter of the 1×1 convolution, {Co} filters."
    pair = ask == "pair"
    return Ask(
        ASKS[ask].format(Ci=Ci, Co=Co, H=H) + "?",
        key,
        [f"At every position each of the {Co} filters takes a weighted sum of {Ci} channels.", work],
        [
            Wrong((9 * Ci + 1) * Co if not pair else 2 * one, "three-by-three", "The window is one pixel."),
            Wrong(Ci * Co if not pair else 10 * Ci * Co, "bias-forgotten", bias),
            Wrong(Ci + Co, "channels-added", "Every output channel has a weight for every input channel."),
            Wrong(H * H * (Ci + 1) * Co, "no-weight-sharing", "Positions share weights; biases are no multiply-adds."),
            Wrong((Co + 1) * Ci if not pair else one, "channels-swapped", "A bias belongs to each output channel."),
            Wrong((9 * Ci + 1) * Ci if pair else H * Ci * Co, "size-misread", "Read which layer has which size."),
            Wrong(three if pair else 2 * key, "half-counted", "Count one multiply-add per weight and position."),
        ],
    )
