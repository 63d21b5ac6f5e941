"""The bottleneck block against two 3×3 convolutions at full width (He et al. 2016, section 4.1)."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn

ASKS = {
    "bottleneck": "How many parameters has the bottleneck",
    "plain": "How many parameters has the plain pair",
    "ratio": "How many times more parameters has the plain pair than the bottleneck",
}


@about("residual networks", "Analyze", "advanced", kinds="MCQ NAT", marks=2, minutes=3)
@drawn(ask=list(ASKS), m=[16, 24, 32, 48, 64, 96, 128], bn=[False, True])
def question(ask: str, m: int, bn: bool) -> Ask:
    w = 4 * m

    def conv(F: int, Ci: int, Co: int, extra: int = 2 if bn else 1) -> int:
        return F * F * Ci * Co + extra * Co

    parts = [conv(1, w, m), conv(3, m, m), conv(1, m, w)]
    neck, plain = sum(parts), 2 * conv(3, w, w)
    keys: dict[str, int | Fraction] = {"bottleneck": neck, "plain": plain, "ratio": Fraction(plain, neck)}
    bare, wide = neck - (2 if bn else 1) * (2 * m + w), conv(1, w, w) * 2 + conv(3, w, w)
    slips: Slips = {
        "bottleneck": [(bare, "bias-forgotten"), (wide, "middle-at-full-width"), (neck + 2 * m + w, "bias-and-norm"),
                       (neck - parts[2], "expansion-forgotten"), (parts[1], "middle-only"),
                       (sum(parts[:2]) + conv(1, m, m), "expansion-to-m")],
        "plain": [(plain // 2, "one-layer-counted"), (18 * w * w, "bias-forgotten"),
                  (2 * conv(3, m, m), "narrow-width"),
                  (2 * conv(1, w, w), "kernel-forgotten"), (18 * w + 2 * w, "input-channels-forgotten")],
        "ratio": [(Fraction(neck, plain), "ratio-inverted"), (Fraction(plain, 2 * neck), "one-layer-counted"),
                  (Fraction(plain, wide), "middle-at-full-width"),
                  (16, "width-ratio-squared"), (4, "width-ratio"), (Fraction(plain, parts[1]), "middle-only")],
    }
    rule = "no biases, but batch norm (scale and shift per channel) after each" if bn else "biases and no batch norm"
    why = f"1×1 ({w}→{m}), 3×3 ({m}→{m}), 1×1 ({m}→{w}) against twice 3×3 ({w}→{w}); convolutions with {rule}."
    steps = [f"Bottleneck: {parts[0]} + {parts[1]} + {parts[2]} = {neck}.", f"Plain: 2 · {plain // 2} = {plain}."]
    return Ask(
        f"A bottleneck has 1×1 ({w}→{m}), 3×3 ({m}→{m}) and 1×1 ({m}→{w}) convolutions; a plain pair has two 3×3 "
        f"({w}→{w}). All convolutions have {rule}. {ASKS[ask]}?",
        keys[ask],
        [*steps, f"{plain} / {neck} ≈ {float(keys[ask]):.1f}."] if ask == "ratio" else steps,
        [Wrong(value, slug, why) for value, slug in slips[ask]],
        digits=1 if ask == "ratio" else None,
    )
