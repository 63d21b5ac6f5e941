"""The bottleneck block against two 3×3 convolutions at full width (He et al. 2016, section 4.1)."""

from generators.authoring import Ask, Fraction, Wrong, about, carried, drawn
from generators.diagrams import columns
from generators.shapes import filters

ASKS = {"bottleneck": "How many parameters does the bottleneck have", "plain": "How many parameters does the pair have",
        "ratio": "How many times as many parameters does the pair have as the bottleneck"}


@about("residual networks", "Analyze", "advanced", kinds="MCQ NAT", marks=2, minutes=3, version=3)
@drawn(ask=list(ASKS), m=[16, 24, 32, 48, 64, 96, 128], bn=[False, True])
def question(ask: str, m: int, bn: bool) -> Ask:
    w, (own, owned, left_out) = 4 * m, (2, "scales and shifts", "norm") if bn else (1, "biases", "bias")
    layers = [(1, w, m), (3, m, m), (1, m, w)]
    parts = [filters(*layer, own) for layer in layers]
    neck, plain = sum(parts), 2 * filters(3, w, w, own)
    extra = "You counted biases besides batch norm" if bn else "You counted a scale and a shift for the one bias"
    necks = [Wrong(neck - own * (2 * m + w), f"{left_out}-forgotten", f"You left out the bottleneck's {owned}."),
             Wrong(plain // 2 + 2 * filters(1, w, w, own), "full-width",
                   f"You gave all of the bottleneck's layers {w} channels; its 3×3 works on {m}."),
             Wrong(neck + parts[1], "two-in-the-middle", "You gave the bottleneck two 3×3; it has one."),
             Wrong(neck - parts[2], "expansion-forgotten", f"You left out the last 1×1, from {m} back to {w}."),
             Wrong(parts[1], "middle-only", "You counted the bottleneck's 3×3 alone, without the two 1×1.")]
    plains = [Wrong(plain - own * 2 * w, f"pair-{left_out}-forgotten", f"You left out the pair's {owned}."),
              Wrong(plain + 2 * w, "bias-and-norm" if bn else "norm-for-bias", f"{extra} in the pair."),
              Wrong(plain // 2, "one-layer-counted", "You counted one 3×3 of the plain pair; it has two."),
              Wrong(plain // 2 * 3, "three-layers", "You gave the pair three layers as in a bottleneck; it has two."),
              Wrong(2 * filters(3, m, m, own), "narrow-width", f"You gave the pair {m} channels; it works on {w}."),
              Wrong(filters(5, w, w, own), "one-5x5", "You counted a 5×5, which sees as far; count two 3×3.")]
    ratios = [Wrong(Fraction(neck, plain), "ratio-inverted", "You divided the bottleneck by the pair; swap them."),
              *carried(necks, lambda size: Fraction(plain, size)), *carried(plains, lambda size: Fraction(size, neck))]
    rule = "no biases, but batch norm (scale and shift per channel) after each" if bn else "biases and no batch norm"
    return Ask(
        f"A bottleneck has 1×1 ({w}→{m}), 3×3 ({m}→{m}) and 1×1 ({m}→{w}) convolutions; a plain pair has two 3×3 "
        f"({w}→{w}). All convolutions have {rule}. {ASKS[ask]}?",
        {"bottleneck": neck, "plain": plain, "ratio": Fraction(plain, neck)}[ask],
        [f"Bottleneck: {' + '.join(map(str, parts))} = {neck}.", f"Plain: 2 · {plain // 2} = {plain}."]
        + [f"{plain} / {neck} ≈ {plain / neck:.1f}."] * (ask == "ratio"),
        {"bottleneck": necks, "plain": plains, "ratio": ratios}[ask],
        digits=1 if ask == "ratio" else None, possible=(1, None) if ask == "ratio" else None,
        picture=columns(bottleneck=[f"{F}×{F}, {a} → {b}" for F, a, b in layers], plain_pair=[f"3×3, {w} → {w}"] * 2),
    )
