"""Depthwise separable convolution (Howard et al. 2017, section 3.1)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn

SAID = {"none": "no biases", "pointwise": "biases in the pointwise convolution only", "both": "biases in both"}


@about("depthwise separable convolution", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5)
@drawn(
    ask=["params", "ratio"], F=[3, 5], Ci=[8, 16, 32, 64, 128, 256], Co=[8, 16, 32, 64, 128, 256],
    bias=["none", "none", "pointwise", "both"], where=lambda Ci, Co: Ci != Co,
)
def question(ask: str, F: int, Ci: int, Co: int, bias: str) -> Ask:
    deep, point = F * F * Ci + (bias == "both") * Ci, Ci * Co + (bias != "none") * Co
    ratio, dense = ask == "ratio", F * F * Ci * Co + (bias != "none") * Co
    key = Fraction(dense, deep + point) if ratio else deep + point
    with_ = "with" if bias != "none" else "without"
    asked = f"By what factor has an ordinary convolution {with_} biases more parameters" if ratio else (
        "How many parameters does it have")
    steps = [
        f"Depthwise: one {F}×{F} filter per input channel, {deep} parameters.",
        f"Pointwise: {Co} filters of 1×1×{Ci}, {point} parameters. Together ${deep} + {point} = {deep + point}$.",
    ]
    steps += [f"Ordinary: {dense} parameters. {dense} / {deep + point} ≈ {float(key):.2f}."] * ratio
    slips = [
        (dense, F * F, "dense-convolution", "One slice per channel, not per pair of channels."),
        (F * F * Ci * Ci + point, Co, "depthwise-as-dense", "A depthwise filter sees one channel only."),
        (F * F * Co + point, Fraction(dense, F * F * Co + point), "depthwise-per-output",
         "One filter per input channel."),
        (F * F * Ci + F * F * Ci * Co, Fraction(deep + point, dense), "pointwise-window", "Pointwise filters are 1×1."),
        (Ci * Co, Fraction(dense, Ci * Co), "depthwise-forgotten", "The depthwise filters count too."),
        (deep + point + Ci + 2 * Co, Fraction(1, Co) + Fraction(1, F * F), "biases-wrong", f"There are {SAID[bias]}."),
        (deep + point + Co if bias == "none" else deep + Ci * Co, None, "biases-miscounted",
         f"There are {SAID[bias]}."),
    ]
    return Ask(
        f"A depthwise separable convolution with {F}×{F} filters turns {Ci} channels into {Co}, with {SAID[bias]}. "
        f"{asked}?",
        key,
        steps,
        [Wrong(value if not ratio else factor, slug, why) for value, factor, slug, why in slips],
        digits=2 if ratio else None,
    )
