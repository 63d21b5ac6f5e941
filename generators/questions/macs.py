"""Multiply-adds of a convolution."""

from generators.authoring import Ask, Wrong, about, drawn, times


@about("memory and compute", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2, version=2)
@drawn(
    H=[14, 16, 28, 32, 56, 112], F=[3, 5, 7], Ci=[3, 16, 32, 64, 128], Co=[16, 32, 64, 128], S=[1, 2],
    unit=["MAC", "MAC", "FLOP"],
)
def question(H: int, F: int, Ci: int, Co: int, S: int, unit: str) -> Ask:
    out, double = (H - 1) // S + 1, 2 if unit == "FLOP" else 1
    macs = out * out * F * F * Ci * Co
    key = double * macs
    means = "1 MAC = one multiplication and one addition" if unit == "MAC" else "1 MAC = 2 FLOPs"
    return Ask(
        f"A convolution with {Co} filters of {F}×{F}, stride {S} and padding {F // 2} on every side runs on a "
        f"{H}×{H}×{Ci} map. How many {unit}s does one image cost ({means}; biases not counted)?",
        key,
        [
            rf"Output: $\lfloor ({H} - {F} + 2 \cdot {F // 2})/{S} \rfloor + 1 = {out}$ pixels wide.",
            f"One output value costs ${times(F, F, Ci)} = {F * F * Ci}$ MACs; there are ${times(out, out, Co)}$ "
            f"values: {macs} MACs.",
            f"In {unit}s: {key}.",
        ],
        [
            Wrong(double * H * H * F * F * Ci * Co, "input-size",
                  "The cost grows with the output's size, not the input's."),
            Wrong(3 * macs - key, "mac-flop-confused", f"Here {means}."),
            Wrong(key // (F * F), "window-forgotten", "Every output value needs a whole window."),
            Wrong(key // Ci, "input-channels-forgotten", "A filter spans all input channels."),
            Wrong(key // Co, "output-channels-forgotten", "Every filter runs over the map."),
            Wrong(double * F * F * Ci * Co, "positions-forgotten",
                  "These are the weights; each is used at every position."),
            Wrong(double * out * out * F * F * Co * Co, "output-depth", "A filter is as deep as its input."),
            Wrong(double * (H + F - 1) ** 2 * F * F * Ci * Co, "padded-size", "Values are per output position."),
            Wrong(key * Ci, "depth-squared", "F is squared, the number of channels is not."),
            Wrong(key // F, "kernel-not-squared", "The filter is F wide and F high."),
        ],
    )
