"""How sparse the connections of a convolution are: pixels that one output depends on, among all."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, many, times

ASKS = {"share": "What percentage of the input's values does one output value depend on",
        "connections": "How many connections (pairs of an output value and an input value it depends on) are there"}


@about("why convolution", "Understand", "beginner", kinds="NAT MCQ", minutes=1.5)
@drawn(ask=list(ASKS), W=[8, 10, 12, 16, 20, 28, 32], F=[3, 5, 7], C=[1, 3, 8], K=[4, 6, 16, 32])
def question(ask: str, W: int, F: int, C: int, K: int) -> Ask:
    side, share = W - F + 1, ask == "share"
    seen, outputs, inputs = F * F * C, (W - F + 1) ** 2 * K, W * W * C
    wrong = [
        Wrong(Fraction(100 * F, W), "one-axis", f"You compared the widths {F} and {W}; compare areas."),
        Wrong(Fraction(100 * F * F, W * W * C) if C > 1 else None, "one-channel",
              f"The filter spans all {C} channels."),
        Wrong(100 - Fraction(100 * seen, inputs), "rest-for-share", "This is the share that it does not depend on."),
        Wrong(Fraction(100 * seen, inputs * K), "all-filters", f"One output value belongs to one of {K} filters."),
        Wrong(Fraction(100), "dense", "So it is in a fully connected layer."),
        Wrong(Fraction(100 * seen, side * side * C), "share-of-output",
              f"You divided by the output's {side} · {side}."),
        Wrong(Fraction(100 * F * F * K, inputs), "filters-for-channels", f"{many(C, 'channel')} each, not {K}."),
    ] if share else [
        Wrong(seen * K, "weights-for-connections", f"These are the weights; each joins {side} · {side} pairs."),
        Wrong(inputs * outputs, "dense", "So many has a fully connected layer."),
        Wrong(outputs, "one-per-output", f"Each output value has {seen} connections."),
        Wrong(W * W * K * seen, "same-padding", f"Without padding there are {side} · {side} positions."),
        Wrong(outputs * F * F if C > 1 else None, "one-channel", f"The filter spans all {C} channels."),
        Wrong(outputs * F * C, "one-axis", f"A window has {F} · {F} pixels."),
        Wrong(outputs * seen // K, "one-filter", f"There are {K} filters."),
    ]
    return Ask(
        f"{K} filters of {F}×{F}×{C} run over a {W}×{W}×{C} image, without padding, stride 1. {ASKS[ask]}?",
        Fraction(100 * seen, inputs) if share else outputs * seen,
        [f"One output value depends on a window: ${times(F, F, C)} = {seen}$ values.",
         f"The image has ${times(W, W, C)} = {inputs}$: {seen}/{inputs} ≈ {seen / inputs:.4f}." if share else
         f"There are ${times(side, side, K)} = {outputs}$ output values: ${times(outputs, seen)} = {outputs * seen}$."],
        wrong, digits=2 if share else None, unit="%" if share else "")
