"""n stacked 3×3 convolutions against one large one with the same receptive field (Simonyan and Zisserman 2015, 2.3)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number


@about("stacked filters", "Analyze", "intermediate", kinds="NAT MCQ", marks=2, minutes=2, version=3)
@drawn(ask=["saving", "weights", "field"], n=[2, 3, 4, 5], C=[16, 32, 64, 128, 256])
def question(ask: str, n: int, C: int) -> Ask:
    wide, small, pairs = 2 * n + 1, 9 * n, C * C
    large, sides = wide * wide, f"{wide}×{wide}"
    saving, more = 100 - Fraction(100 * small, large), Fraction(100 * large, small) - 100
    key, asked = {"saving": (saving, f"What percentage of the weights of one {sides} convolution do they save"),
                  "weights": (small * pairs, "How many weights do they have together"),
                  "field": (wide, "How wide is the receptive field of the last one")}[ask]
    wrong = {"saving": [
        Wrong(more, "inverse-percent", f"You divided by the stack's {small}; the saving is a share of the {large}."),
        Wrong(100 - saving, "rest-for-saving", f"This is what the stack has, {small}/{large}; the rest is saved."),
        Wrong(100 - Fraction(900, large), "one-layer-counted", f"You took one layer of 9 weights; there are {n}."),
        Wrong(100 - Fraction(300, wide), "not-squared", f"You compared sides, 3 and {wide}, not areas."),
        Wrong(Fraction(large - small), "difference-for-percent", f"{large} − {small} is no percentage; divide it."),
    ], "weights": [
        Wrong(9 * pairs, "one-layer-counted", f"These are the weights of one layer; there are {n}."),
        Wrong(small * C, "input-channels-forgotten", f"You gave each filter 3 · 3 weights; it is {C} channels deep."),
        Wrong(large * pairs, "large-filter", f"This is the one {sides} layer that sees as much; these are {n} of 3×3."),
        Wrong(9**n * pairs, "weights-multiplied", f"You multiplied the layers' 9 weights; add them: {n} · 9 per pair."),
        Wrong(small * pairs + n * C, "bias-added", f"You added {n} · {C} biases; these layers have none."),
        Wrong(small // 3 * pairs, "kernel-not-squared", "You gave a filter 3 weights per channel; it has 3 · 3."),
    ], "field": [
        Wrong(3 * n, "sizes-added", f"You added {n} windows of 3; they overlap, each further layer adds 2 pixels."),
        Wrong(3**n, "sizes-multiplied", f"You multiplied {n} sizes; each further layer *adds* 2 pixels to the 3."),
        Wrong(3, "last-layer-only", f"This is what the last one sees of the map before it; in the input it is {wide}."),
        Wrong(2 * n, "start-forgotten", f"{n} · 2 is the growth; it starts from the 1 pixel of the unit itself."),
        Wrong(3 + 2 * n, "first-layer-twice", f"You added {n} · 2 to the first layer's 3; {n - 1} more follow."),
        Wrong(1 + n, "one-side-only", "You added 1 pixel per layer; a 3×3 window reaches 1 pixel to both sides."),
    ]}[ask]  # fmt: skip
    steps = [rf"Receptive field: $1 + 2 \cdot {n} = {wide}$.",
             rf"Weights: ${n} \cdot 9 C^2 = {small} C^2 = {small * pairs}$; one {sides} layer: ${large} C^2$.",
             rf"Saved: $100 \cdot (1 - {small}/{large}) \approx {number(saving, 1)}$ percent."]
    return Ask(
        f"{n} convolutions with 3×3 filters, stride 1 and no biases are stacked; every layer has {C} input and {C} "
        f"output channels. {asked}?", key, steps[: 1 + ["field", "weights", "saving"].index(ask)], wrong,
        digits=0 if ask == "saving" else None, unit="%" if ask == "saving" else "")
