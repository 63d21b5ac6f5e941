"""Receptive field of a stack of layers (r_0 = 1, r_k = r_(k−1) + (F_k − 1) · S_1 ⋯ S_(k−1))."""

from math import prod

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import pyramid


def field(F: list[int], S: list[int]) -> int:
    """Width in input pixels that one unit of the last layer sees."""
    return 1 + sum((f - 1) * prod(S[:k]) for k, f in enumerate(F))


@about("receptive field", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5)
@drawn(
    n=[3, 4], F=lambda draw, n: [draw.pick([2, 3, 5]) for _ in range(n)],
    S=lambda draw, n: [draw.pick([1, 2]) for _ in range(n)],
    where=lambda S: 2 in S[:-1],
)
def question(n: int, F: list[int], S: list[int]) -> Ask:
    key = field(F, S)
    layers = "; ".join(f"layer {k}: {f}×{f}, stride {s}" for k, (f, s) in enumerate(zip(F, S, strict=True), 1))
    steps = ["Before the first layer: $r = 1$, distance between neighbours 1."]
    for k in range(n):
        now, jump = field(F[: k + 1], S), prod(S[:k])
        steps.append(rf"Layer {k + 1}: $r = {field(F[:k], S)} + ({F[k]} - 1) \cdot {jump} = {now}$.")
    late = 1 + sum((f - 1) * prod(S[: k + 1]) for k, f in enumerate(F))
    last = 1 + sum((f - 1) * (S[k - 1] if k else 1) for k, f in enumerate(F))
    return Ask(
        f"Layers without dilation are stacked; {layers}. How wide, in input pixels, is the receptive field of one "
        "unit of the last layer (a unit of the input has $r_0 = 1$)?",
        key,
        steps,
        [
            Wrong(late, "own-stride-included", "A layer's own stride acts only on the layers after it."),
            Wrong(1 + sum(f - 1 for f in F), "strides-forgotten", "After a stride, one step is several input pixels."),
            Wrong(sum(F), "sizes-added", "Neighbouring windows overlap: a layer adds F − 1 steps, not F."),
            Wrong(prod(F), "sizes-multiplied", "Windows overlap; sizes do not multiply."),
            Wrong(key - 1, "start-forgotten", "A single unit sees one pixel: start with 1."),
            Wrong(1 + sum(f - 1 for f in F) * prod(S), "all-strides-everywhere",
                  "Only strides of earlier layers count."),
            Wrong(last, "previous-stride-only", "All earlier strides multiply, not just the last one."),
        ],
        picture=pyramid(F),
    )
