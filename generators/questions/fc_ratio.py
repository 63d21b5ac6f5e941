"""How many times larger one layer is than another."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, times


@about("why convolution", "Analyze", "beginner", kinds="NAT MCQ", minutes=2, version=3)
@drawn(W=[16, 28, 32, 64, 96, 128, 224], C=[1, 3], F=[3, 5], K=[8, 16, 32, 64], bias=[True, False])
def question(W: int, C: int, F: int, K: int, bias: bool) -> Ask:
    dense, conv = (W * W * C + bias) * K, (F * F * C + bias) * K
    key, said = Fraction(dense, conv), "both have biases" if bias else "biases are not counted"
    return Ask(
        f"On a {W}×{W}×{C} image, layer A is fully connected with {K} units, layer B a convolution with {K} filters "
        f"of size {F}×{F}; {said}. How many times as many parameters does A have as B?",
        key,
        [
            rf"A: $({times(W, W, C)} + {int(bias)}) \cdot {K} = {dense}$.",
            rf"B: $({times(F, F, C)} + {int(bias)}) \cdot {K} = {conv}$.",
            rf"${dense} / {conv} \approx {float(key):.2f}$. (A gives {K} numbers, B gives {K} maps.)",
        ],
        [
            Wrong(Fraction(W * W * C + (not bias), F * F * C + (not bias)), "bias-wrong", f"Here {said}."),
            Wrong(Fraction(conv, dense), "ratio-inverted", "A divided by B."),
            Wrong(Fraction(W * W + bias, F * F + bias), "input-channels-forgotten", "Both span all channels."),
            Wrong(Fraction(dense, conv * W * W), "positions-counted", "Positions share the filter's weights."),
            Wrong(Fraction(W, F), "not-squared", "Both axes count."),
            Wrong(Fraction(dense, (F * C + bias) * K), "kernel-not-squared", "The filter is F wide and F high."),
            Wrong(Fraction(dense, F * F * C + bias), "one-filter", f"B has {K} filters."),
            Wrong(Fraction(dense, (F * F + bias) * K) if C > 1 else None, "flat-filter", "Filters span all channels."),
        ],
        digits=2,
        possible=(1, None),
    )
