"""Depthwise separable convolution (Howard et al. 2017, section 3.1)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn

SAID = {"none": "no biases", "pointwise": "biases in the pointwise convolution only", "both": "biases in both"}


@about("depthwise separable convolution", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5, version=2)
@drawn(
    ask=["params", "ratio"], F=[3, 5], Ci=[8, 16, 32, 64, 128, 256], Co=[8, 16, 32, 64, 128, 256],
    bias=["none", "none", "pointwise", "both"], where=lambda Ci, Co: Ci != Co,
)
def question(ask: str, F: int, Ci: int, Co: int, bias: str) -> Ask:
    deep, point = F * F * Ci + (bias == "both") * Ci, Ci * Co + (bias != "none") * Co
    ratio, dense, bare = ask == "ratio", F * F * Ci * Co + (bias != "none") * Co, F * F * Ci + Ci * Co
    counts = {"none": bare, "pointwise": bare + Co, "both": bare + Ci + Co}
    with_ = "with" if bias != "none" else "without"
    asked = f"How many times as many parameters does an ordinary convolution {with_} biases have" if ratio else (
        "How many parameters does it have")
    steps = [
        f"Depthwise: one {F}×{F} filter per input channel, {deep} parameters.",
        f"Pointwise: {Co} filters of 1×1×{Ci}, {point} parameters. Together ${deep} + {point} = {deep + point}$.",
        *[f"Ordinary: {dense} parameters. {dense} / {deep + point} ≈ {dense / (deep + point):.2f}."] * ratio,
    ]
    slips = [
        (F * F * Ci * Ci + point, "depthwise-as-dense", "A depthwise filter sees one channel only."),
        (F * F * Co + point, "depthwise-per-output", "There is one depthwise filter per input channel."),
        (point, "depthwise-forgotten", "The depthwise filters count too."),
        (F * Ci + point, "kernel-not-squared", "A depthwise filter is F wide and F high."),
        *((count, f"biases-as-if-{name}", f"There are {SAID[bias]}.") for name, count in counts.items()),
    ]
    wrong = [Wrong(Fraction(dense, count) if ratio else count, slug, why) for count, slug, why in slips]
    return Ask(
        f"A depthwise separable convolution with {F}×{F} filters turns {Ci} channels into {Co}, with {SAID[bias]}. "
        f"{asked}?",
        Fraction(dense, deep + point) if ratio else deep + point,
        steps,
        [*wrong, Wrong(Fraction(deep + point, dense), "ratio-inverted", "The ordinary one has more.") if ratio
         else Wrong(dense, "dense-convolution", "An ordinary convolution has a slice for each channel pair.")],
        digits=2 if ratio else None,
    )
