"""Depthwise separable convolution (Howard et al. 2017, section 3.1)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn

SAID = {"none": "no biases", "pointwise": "biases in the pointwise convolution only", "both": "biases in both"}


@about("depthwise separable convolution", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5, version=4)
@drawn(ask=["params", "ratio"], F=[3, 5], Ci=[8, 16, 32, 64, 128, 256], Co=[8, 16, 32, 64, 128, 256],
       bias=["none", "none", "pointwise", "both"], where=lambda Ci, Co: Ci != Co)
def question(ask: str, F: int, Ci: int, Co: int, bias: str) -> Ask:
    one, two, ratio = int(bias == "both"), int(bias != "none"), ask == "ratio"
    deep, point, dense = (F * F + one) * Ci, (Ci + two) * Co, (F * F * Ci + two) * Co
    biases = {"none": 0, "pointwise": Co, "both": Ci + Co}
    asked = f"How many times as many parameters does an ordinary convolution with{'' if two else 'out'} biases have"
    steps = [
        f"Depthwise: one {F}×{F} filter per input channel, {deep} parameters.",
        f"Pointwise: {Co} filters of 1×1×{Ci}, {point} parameters. Together ${deep} + {point} = {deep + point}$.",
        *[f"Ordinary: {dense} parameters. {dense} / {deep + point} ≈ {dense / (deep + point):.2f}."] * ratio,
    ]
    slips = [
        ((F * F * Ci + one) * Ci + point, "depthwise-as-dense",
         f"You gave each depthwise filter {F}·{F}·{Ci} weights; it sees one channel: {F}·{F}."),
        ((F * F + one) * Co + point, "depthwise-per-output",
         f"You took {Co} depthwise filters; there is one for each of the {Ci} input channels."),
        (point, "depthwise-forgotten", f"You counted the pointwise layer alone; the depthwise one has {deep} more."),
        (deep, "pointwise-forgotten", f"You counted the depthwise layer alone; the pointwise one has {point} more."),
        ((F + one) * Ci + point, "kernel-not-squared", f"You gave a depthwise filter {F} weights; it has {F}·{F}."),
        *((deep + point + biases[name] - biases[bias], f"biases-as-if-{name}",
           f"You counted {biases[name]} biases ({SAID[name]}); there are {biases[bias]}: {SAID[bias]}.")
          for name in SAID),
    ]
    last = Wrong(Fraction(deep + point, dense), "ratio-inverted",
                 f"You divided {deep + point} by {dense}; it is the other way round.") if ratio else Wrong(
        dense, "dense-convolution", f"This is an ordinary convolution, {F}·{F} weights per channel pair.")
    return Ask(
        f"A depthwise separable convolution with {F}×{F} filters turns {Ci} channels into {Co}, with {SAID[bias]}. "
        f"{asked if ratio else 'How many parameters does it have'}?",
        Fraction(dense, deep + point) if ratio else deep + point,
        steps,
        [*(Wrong(Fraction(dense, value) if ratio else value, slug, why) for value, slug, why in slips), last],
        digits=2 if ratio else None, possible=(1, None) if ratio else None,
    )
