"""The bottleneck block against two 3×3 convolutions at full width (He et al. 2016, section 4.1)."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn
from generators.diagrams import columns

ASKS = {"bottleneck": "How many parameters does the bottleneck have", "plain": "How many parameters does the pair have",
        "ratio": "How many times as many parameters does the pair have as the bottleneck"}


@about("residual networks", "Analyze", "advanced", kinds="MCQ NAT", marks=2, minutes=3, version=2)
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
        "bottleneck": [(bare, "norm-forgotten" if bn else "bias-forgotten"), (wide, "middle-at-full-width"),
                       (neck + 2 * m + w, "bias-and-norm"), (neck - parts[2], "expansion-forgotten"),
                       (parts[1], "middle-only"), (sum(parts[:2]) + conv(1, m, m), "expansion-to-m")],
        "plain": [(plain // 2, "one-layer-counted"), (18 * w * w, "norm-forgotten" if bn else "bias-forgotten"),
                  (2 * conv(3, m, m), "narrow-width"), (plain + 2 * w, "bias-and-norm"),
                  (plain // 2 * 3, "three-layers"), (2 * conv(3, 1, w), "input-channels-forgotten")],
        "ratio": [(Fraction(neck, plain), "ratio-inverted"), (Fraction(plain, 2 * neck), "one-layer-counted"),
                  (Fraction(plain, wide), "middle-at-full-width"), (Fraction(3 * plain, 2 * neck), "three-layers"),
                  (Fraction(plain, neck - parts[2]), "expansion-forgotten"), (Fraction(plain, parts[1]), "middle")],
    }
    rule = "no biases, but batch norm (scale and shift per channel) after each" if bn else "biases and no batch norm"
    chain = [f"1×1, {w} → {m}", f"3×3, {m} → {m}", f"1×1, {m} → {w}"]
    why = f"1×1 ({w}→{m}), 3×3 ({m}→{m}), 1×1 ({m}→{w}) against twice 3×3 ({w}→{w}); convolutions with {rule}."
    return Ask(
        f"A bottleneck has 1×1 ({w}→{m}), 3×3 ({m}→{m}) and 1×1 ({m}→{w}) convolutions; a plain pair has two 3×3 "
        f"({w}→{w}). All convolutions have {rule}. {ASKS[ask]}?",
        keys[ask],
        [f"Bottleneck: {' + '.join(map(str, parts))} = {neck}.", f"Plain: 2 · {plain // 2} = {plain}.",
         *[f"{plain} / {neck} ≈ {plain / neck:.1f}."] * (ask == "ratio")],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
        digits=1 if ask == "ratio" else None,
        picture=columns(bottleneck=chain, plain_pair=[f"3×3, {w} → {w}"] * 2),
    )
