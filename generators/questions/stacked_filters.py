"""n stacked 3×3 convolutions against one large one with the same receptive field (Simonyan and Zisserman 2015, 2.3)."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn


@about("stacked filters", "Analyze", "intermediate", kinds="NAT MCQ", marks=2, minutes=2, version=2)
@drawn(ask=["saving", "weights", "field"], n=[2, 3, 4, 5], C=[16, 32, 64, 128, 256])
def question(ask: str, n: int, C: int) -> Ask:
    wide = 2 * n + 1
    keys: dict[str, int | Fraction] = {"saving": Fraction(100 * (wide * wide - 9 * n), wide * wide),
                                       "weights": 9 * n * C * C, "field": wide}
    asked = {"saving": f"What percentage of the weights of one {wide}×{wide} convolution do they save",
             "weights": "How many weights do they have together",
             "field": "How wide is the receptive field of the last one"}
    slips: Slips = {
        "saving": [(Fraction(100 * (wide * wide - 9 * n), 9 * n), "inverse-percent"),
                   (100 - keys["saving"], "rest-for-saving"), (100 - Fraction(900, wide * wide), "one-layer-counted"),
                   (Fraction(100 * (wide - 3), wide), "not-squared"),
                   (Fraction(wide * wide - 9 * n), "difference-for-percent")],
        "weights": [(9 * C * C, "one-layer-counted"), (9 * n * C, "input-channels-forgotten"),
                    (wide * wide * C * C, "large-filter"), (9**n * C * C, "weights-multiplied"),
                    (9 * n * C * C + n * C, "bias-added"), (3 * n * C * C, "kernel-not-squared")],
        "field": [(3 * n, "sizes-added"), (3**n, "sizes-multiplied"), (3, "last-layer-only"),
                  (wide - 1, "start-forgotten"), (3 * n - 1, "overlap-half"), (wide + 2, "layer-extra")],
    }
    why = f"Each layer has 9 C² weights and widens the field by 2 pixels; {n} layers: {9 * n} C², {wide} pixels."
    return Ask(
        f"{n} convolutions with 3×3 filters, stride 1 and no biases are stacked; every layer has {C} input and {C} "
        f"output channels. {asked[ask]}?",
        keys[ask],
        [
            rf"Receptive field: $1 + 2 \cdot {n} = {wide}$.",
            rf"Weights: ${n} \cdot 9 C^2 = {9 * n} C^2 = {9 * n * C * C}$; one {wide}×{wide} layer: ${wide * wide} "
            r"C^2$.",
            rf"Saved: $100 \cdot (1 - {9 * n}/{wide * wide}) \approx {float(keys['saving']):.1f}$ percent.",
        ][: 1 + ["field", "weights", "saving"].index(ask)],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
        digits=0 if ask == "saving" else None,
        unit="%" if ask == "saving" else "",
    )
