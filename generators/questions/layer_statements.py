"""Statements about the sizes and counts of one convolution layer, some of them spoiled by a misconception."""

from generators.authoring import Line, Redraw, Stream, Which, about, drawn, number

SAID = {
    "width": "The output is {} pixels wide.", "channels": "The output has {} channels.",
    "filter": "One filter has {} weights.", "params": "The layer learns {} parameters.",
    "values": "The output has {} values.", "macs": "One image takes {} multiply-adds (without biases).",
}


def picked(draw: Stream) -> list[list[object]]:
    """Four of the statements; one to three of them are right."""
    right = draw.integer(1, 3)
    return [[name, i < right] for i, name in enumerate(draw.sample(list(SAID), 4))]


@about("convolution", "Analyze", "intermediate", kinds="MSQ", marks=2, minutes=3)
@drawn(W=[16, 20, 28, 32, 56, 64], F=[3, 5], P=[0, 1, 2], S=[1, 2], Ci=[3, 8, 16, 32], Co=[6, 24, 48, 64], lines=picked)
def question(W: int, F: int, P: int, S: int, Ci: int, Co: int, lines: list[list[object]]) -> Which:
    out, weights = (W - F + 2 * P) // S + 1, F * F * Ci
    up = -(-(W - F + 2 * P) // S) + 1
    facts = {
        "width": (out, out - 1 if up == out else up, "size-wrong", f"⌊({W} − {F} + 2·{P})/{S}⌋ + 1 = {out}"),
        "channels": (Co, Ci, "channels-kept", f"there is one per filter: {Co}"),
        "filter": (weights, F * F, "input-channels-forgotten", f"{F}·{F}·{Ci} = {weights}, for all input channels"),
        "params": ((weights + 1) * Co, weights * Co, "bias-forgotten", f"({weights} + 1)·{Co} = {(weights + 1) * Co}"),
        "values": (out * out * Co, out * out * Ci, "channels-kept", f"{out}·{out}·{Co} = {out * out * Co}"),
        "macs": (out * out * Co * weights, W * W * Co * weights, "input-size", f"{out}·{out}·{Co}·{weights}"),
    }
    if any(facts[str(name)][0] == facts[str(name)][1] for name, _ in lines):
        raise Redraw("the misconception makes no difference")
    shown, steps = [], []
    for name, right in lines:
        value, slip, slug, work = facts[str(name)]
        text = SAID[str(name)].format(number(value if right else slip))
        shown.append(Line(text, "" if right else slug, f"It is not so: {work}."))
        steps.append(f"{'Right' if right else 'Wrong'}: {text} ({work}.)")
    return Which(f"A convolution with {Co} filters of {F}×{F} and one bias per filter, padding {P} on every side and "
                 f"stride {S} runs on {W}×{W}×{Ci}; sizes round down. Which statements are true?", shown, steps)
