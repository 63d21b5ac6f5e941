"""How deep, or how wide, stride-1 stacks look."""

from generators.authoring import Ask, Wrong, about, drawn


@about("receptive field", "Apply", "beginner", kinds="MCQ NAT", version=3)
@drawn(ask=["width", "depth"], F=[3, 5, 7], n=[*range(2, 13), 16, 20, 32, 50],
       W=[28, 32, 48, 64, 96, 112, 128, 160, 224, 256])
def question(ask: str, F: int, n: int, W: int) -> Ask:
    grow, half, wide = F - 1, F // 2, ask == "width"
    key = 1 + n * grow if wide else -(-(W - 1) // grow)
    asked = f"How wide is the receptive field of a unit after {n} layers" if wide else (
        f"What is the smallest number of layers whose receptive field is at least {W} pixels wide")
    step = rf"$1 + {n} \cdot ({F} - 1) = {key}$." if wide else rf"$1 + n ({F} - 1) \ge {W}$ gives $n = {key}$."
    below = f"{key - 1} layers see {1 + (key - 1) * grow} pixels"
    wrong = {"width": [
        Wrong(n * F, "sizes-added", f"You added {n} windows of {F}; they overlap, each layer adds only {grow}."),
        Wrong(n * grow, "start-forgotten", f"{n} · {grow} is the growth; $r_0 = 1$ comes on top."),
        Wrong(F**n if n < 7 else None, "sizes-multiplied", f"You multiplied the sizes; each layer *adds* {grow}."),
        Wrong(1 + n * F, "kernel-for-growth", f"You added F = {F} pixels per layer; one of them was seen before."),
        Wrong(1 + (n - 1) * grow, "first-layer-forgotten", f"You let layer 1 see 1 pixel; it sees {F}."),
        Wrong(F + n * grow, "first-layer-twice", f"You started with layer 1's {F} pixels and added layer 1 again."),
        Wrong(1 + n * half, "one-side-only", f"You added {half} per layer; the window reaches {half} to both sides."),
    ], "depth": [
        Wrong(-(-W // F), "sizes-added", f"You divided {W} by {F}; windows overlap, a layer adds only {grow}."),
        Wrong((W - 1) // grow, "rounded-down", f"You rounded ({W} − 1)/{grow} down; {below}."),
        Wrong(-(-W // grow), "start-forgotten", f"You divided {W} by {grow}; 1 pixel is seen without any layer."),
        Wrong(W - F + 1, "one-pixel-a-layer", f"You let each layer after the first add 1 pixel; it adds {grow}."),
        Wrong(key - 1, "first-layer-not-counted", f"You counted the layers after the first one; {below}."),
        Wrong(key + 1, "first-layer-forgotten", f"You let layer 1 see 1 pixel; it sees {F}: {key} layers do."),
        Wrong(-(-(W - 1) // half), "one-side-only",
              f"You added {half} per layer; the window reaches {half} to both sides."),
    ]}[ask]  # fmt: skip
    return Ask(
        f"{F}×{F} convolutions with stride 1 and dilation 1 are stacked; a unit of the input sees $r_0 = 1$ pixel. "
        f"{asked}?", key, [f"Every layer widens the field by $F - 1 = {F - 1}$.", step], wrong)
