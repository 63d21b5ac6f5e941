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


@about("1x1 convolution", "Apply", "beginner", kinds="MCQ NAT", version=2)
@drawn(ask=list(ASKS), Ci=[64, 128, 192, 256, 512], Co=[16, 32, 48, 64, 128], H=[7, 14, 28, 56], where=lambda Ci,
       Co: Ci > Co)
def question(ask: str, Ci: int, Co: int, H: int) -> Ask:
    one, three, macs, pair = (Ci + 1) * Co, (9 * Co + 1) * Ci, H * H * Ci * Co, ask == "pair"
    key = {"params": one, "macs": macs, "pair": one + three}[ask]
    work = {"params": rf"$({times(1, 1, Ci)} + 1) \cdot {Co} = {key}$.", "macs": f"${times(H, H, Ci, Co)} = {key}$.",
            "pair": rf"$({Ci} + 1) \cdot {Co} + (9 \cdot {Co} + 1) \cdot {Ci} = {one} + {three} = {key}$."}[ask]
    slips = {
        "params": ((9 * Ci + 1) * Co, Ci * Co, Ci + Co, H * H * one, (Co + 1) * Ci, Ci * Co + 1),
        "macs": (9 * macs, Ci * Co, H * H * (Ci + Co), 2 * macs, H * H * Ci, H * Ci * Co),
        "pair": ((9 * Ci + 1) * Co + three, 10 * Ci * Co, 2 * (Ci + Co), three, one, (9 * Ci + 1) * Ci),
    }[ask]
    names = {
        "params": ("three-by-three", "bias-forgotten", "channels-added", "no-weight-sharing", "channels-swapped",
                   "one-bias-per-layer"),
        "macs": ("three-by-three", "positions-forgotten", "channels-added", "flops-for-macs", "one-filter", "one-axis"),
        "pair": ("both-three-by-three", "bias-forgotten", "channels-added", "second-only", "first-only", "unreduced"),
    }[ask]
    why = "Per position: " * (ask == "macs") + f"{Co} filters with {Ci} weights each" + (
        f", then {Ci} filters with 9 · {Co} weights; a bias each." if pair else ", a bias each." * (ask == "params")
        or f"; there are {H} · {H} positions.")
    return Ask(ASKS[ask].format(Ci=Ci, Co=Co, H=H) + "?", key, [f"A 1×1 filter weighs the {Ci} channels of one pixel.",
               work], [Wrong(value, slug, why) for value, slug in zip(slips, names, strict=True)])
