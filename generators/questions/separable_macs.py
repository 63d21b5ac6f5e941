"""Multiply-adds of a depthwise separable convolution beside an ordinary one (Howard et al. 2017)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, times


@about("depthwise separable convolution", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=3)
@drawn(H=[14, 28, 56, 112], F=[3, 5], Ci=[16, 24, 32, 64, 96, 128], Co=[16, 24, 32, 64, 96, 128, 256], S=[1, 2],
       where=lambda Ci, Co: Ci != Co)
def question(H: int, F: int, Ci: int, Co: int, S: int) -> Ask:
    side, million = H // S, 10**6
    area = side * side
    deep, point = area * F * F * Ci, area * Ci * Co
    return Ask(
        f"A depthwise separable convolution with {F}×{F} filters, padding {F // 2} on every side and stride {S} (in "
        f"the depthwise part) turns {H}×{H}×{Ci} into {side}×{side}×{Co}. How many million multiply-adds does one "
        "image cost (biases not counted)?",
        Fraction(deep + point, million),
        [f"Depthwise, at every output position one {F}×{F} filter a channel: ${times(side, side, F, F, Ci)} = {deep}$.",
         f"Pointwise: ${times(side, side, Ci, Co)} = {point}$. Together {deep + point}."],
        [
            Wrong(Fraction(area * F * F * Ci * Co, million), "dense-convolution", "This is the ordinary convolution."),
            Wrong(Fraction(point, million), "depthwise-forgotten", f"You left out the depthwise part, {deep}."),
            Wrong(Fraction(deep, million), "pointwise-forgotten", f"You left out the pointwise part, {point}."),
            Wrong(Fraction(2 * (deep + point), million), "flops-for-macs", "You counted a multiply-add twice."),
            Wrong(Fraction(H * H * F * F * Ci + point, million) if S > 1 else None, "input-size",
                  f"The depthwise part too works once per output position, {side} · {side}."),
            Wrong(Fraction(H * H * (F * F * Ci + Ci * Co), million) if S > 1 else None, "stride-forgotten",
                  f"After stride {S} there are {side} · {side} positions."),
            Wrong(Fraction(area * (F * F * Co + Ci * Co), million), "depthwise-per-output",
                  f"The depthwise part has a filter for each of the {Ci} input channels, not for {Co}."),
            Wrong(Fraction(area * (F * Ci + Ci * Co), million), "kernel-not-squared",
                  f"A filter has {F} · {F} weights."),
            Wrong(Fraction(deep + area * Co * Co, million), "pointwise-depth", f"The 1×1 filters see {Ci} channels."),
        ],
        digits=3,
    )
