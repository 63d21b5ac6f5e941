"""1×1 convolutions: parameters, multiply-adds, and what they save in front of a 3×3 convolution."""

from generators.authoring import Ask, Wrong, about, drawn, times

ASKS = {
    "params": "How many parameters (one bias per filter) does a 1×1 convolution from {Ci} to {Co} channels have on a "
    "{H}×{H} map",
    "macs": "How many multiply-adds (MACs; biases not counted) does a 1×1 convolution from {Ci} to {Co} channels need "
    "on a {H}×{H} map",
    "pair": "A 1×1 convolution reduces {Ci} to {Co} channels, then a 3×3 convolution goes back to {Ci}; one bias per "
    "filter. How many parameters do both have together",
}


@about("1x1 convolution", "Apply", "beginner", kinds="MCQ NAT", version=3)
@drawn(ask=list(ASKS), Ci=[64, 128, 192, 256, 512], Co=[16, 32, 48, 64, 128], H=[7, 14, 28, 56],
       where=lambda Ci, Co: Ci > Co)
def question(ask: str, Ci: int, Co: int, H: int) -> Ask:
    one, three, macs, wide = (Ci + 1) * Co, (9 * Co + 1) * Ci, H * H * Ci * Co, (9 * Ci + 1) * Co
    key = {"params": one, "macs": macs, "pair": one + three}[ask]
    work = {"params": rf"$({times(1, 1, Ci)} + 1) \cdot {Co} = {key}$.", "macs": f"${times(H, H, Ci, Co)} = {key}$.",
            "pair": rf"$({Ci} + 1) \cdot {Co} + (9 \cdot {Co} + 1) \cdot {Ci} = {one} + {three} = {key}$."}[ask]
    wrong = {"params": [
        Wrong(wide, "three-by-three", f"You gave a filter 9 · {Ci} weights, as in 3×3; a 1×1 filter has {Ci}."),
        Wrong(Ci * Co, "bias-forgotten", f"These are the weights alone; the {Co} filters have a bias each."),
        Wrong(Ci + Co, "channels-added", f"You added {Ci} + {Co}; each of the {Co} filters has {Ci} weights."),
        Wrong(H * H * one, "no-weight-sharing", f"You counted each filter {H} · {H} times; all positions share it."),
        Wrong((Co + 1) * Ci, "channels-swapped", f"You took {Ci} filters of depth {Co}; it is the other way round."),
    ], "macs": [
        Wrong(9 * macs, "three-by-three", f"You took 9 · {Ci} MACs a value, as in 3×3; here one value costs {Ci}."),
        Wrong(Ci * Co, "positions-forgotten", f"{Ci} · {Co} is the cost of one position; the map has {H} · {H}."),
        Wrong(H * H * (Ci + Co), "channels-added", f"You took {Ci} + {Co} per position; {Co} values cost {Ci} each."),
        Wrong(2 * macs, "flops-for-macs", "You counted multiplications and additions (FLOPs); a pair is one MAC."),
        Wrong(H * H * Ci, "one-filter", f"This is the cost of one filter; there are {Co}."),
    ], "pair": [
        Wrong(wide + three, "both-three-by-three", f"You made both 3×3; the filters that reduce have {Ci} weights."),
        Wrong(10 * Ci * Co, "bias-forgotten", f"These are the weights; {Co} + {Ci} biases are missing."),
        Wrong(three, "second-only", f"This is the 3×3 convolution alone; the 1×1 in front of it adds {one}."),
        Wrong(one, "first-only", f"This is the 1×1 convolution alone; the 3×3 after it adds {three}."),
        Wrong((9 * Ci + 1) * Ci, "unreduced", f"This is 3×3 from {Ci} to {Ci}; after the 1×1, filters see {Co}."),
    ]}[ask]  # fmt: skip
    return Ask(ASKS[ask].format(Ci=Ci, Co=Co, H=H) + "?", key, [f"A 1×1 filter weighs the {Ci} channels of one pixel.",
               work], wrong)
