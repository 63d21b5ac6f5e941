"""How deep, or how wide, stride-1 stacks look."""

from generators.authoring import Ask, Slips, Wrong, about, drawn


@about("receptive field", "Apply", "beginner", kinds="MCQ NAT", version=2)
@drawn(ask=["width", "depth"], F=[3, 5, 7], n=[*range(2, 13), 16, 20, 32, 50],
       W=[28, 32, 48, 64, 96, 112, 128, 160, 224, 256])
def question(ask: str, F: int, n: int, W: int) -> Ask:
    wide = ask == "width"
    key = 1 + n * (F - 1) if wide else -(-(W - 1) // (F - 1))
    asked = f"How wide is the receptive field of a unit after {n} layers" if wide else (
        f"What is the smallest number of layers whose receptive field is at least {W} pixels wide")
    step = rf"$1 + {n} \cdot ({F} - 1) = {key}$." if wide else rf"$1 + n ({F} - 1) \ge {W}$ gives $n = {key}$."
    slips: Slips = {
        "width": [(n * F, "overlap-forgotten"), (n * (F - 1), "start-forgotten"), (F ** min(n, 6), "sizes-multiplied"),
                  (1 + n * F, "kernel-for-growth"), (key - F + 1, "layer-missed"), (key + F - 1, "layer-extra"),
                  (1 + n * (F // 2), "one-side-only")],
        "depth": [(W // F, "overlap-forgotten"), ((W - 1) // (F - 1), "rounded-down"),
                  (-(-W // (F - 1)), "start-forgotten"),
                  (-(-W // F), "kernel-for-growth"), (W - F + 1, "one-pixel-a-layer"), (key - 1, "layer-missed"),
                  (key + 1, "layer-extra"), (-(-(W - 1) // (F // 2)), "one-side-only")],
    }
    why = f"Each layer adds F − 1 = {F - 1} pixels to the 1 pixel that a unit of the input sees."
    return Ask(
        f"{F}×{F} convolutions with stride 1 and dilation 1 are stacked; a unit of the input sees $r_0 = 1$ pixel. "
        f"{asked}?",
        key,
        [f"Every layer widens the field by $F - 1 = {F - 1}$.", step],
        [Wrong(value, slug, why) for value, slug in slips[ask]],
    )
