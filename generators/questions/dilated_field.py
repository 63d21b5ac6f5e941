"""Receptive field of a stack of dilated convolutions (Yu and Koltun 2016)."""

from math import prod

from generators.authoring import Ask, Wrong, about, drawn, many


@about("dilated convolution", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=2)
@drawn(F=[2, 3, 5], n=[3, 4], D=lambda draw, n: [1, *(draw.pick([1, 2, 3, 4, 5, 6, 8]) for _ in range(n - 1))],
       where=lambda D: max(D) > 1)
def question(F: int, n: int, D: list[int]) -> Ask:
    total = sum(D)
    key = 1 + (F - 1) * total
    listed = ", ".join(map(str, D))
    return Ask(
        f"{n} convolutions with {F}×{F} filters and stride 1 are stacked, with dilations {listed} (dilation 1 is an "
        "ordinary convolution). How wide, in input pixels, is the receptive field of one unit of the last layer?",
        key,
        [rf"A layer with dilation d widens the field by $(F - 1) d = {F - 1} d$ pixels.",
         rf"$1 + {F - 1} \cdot ({' + '.join(map(str, D))}) = 1 + {F - 1} \cdot {total} = {key}$."],
        [
            Wrong(1 + (F - 1) * n, "dilation-forgotten", f"You added {F - 1} a layer, as if all dilations were 1."),
            Wrong((F - 1) * total, "start-forgotten", "A unit of the input sees 1 pixel: start with it."),
            Wrong(1 + F * total, "kernel-for-growth", f"A layer adds F − 1 = {many(F - 1, 'step')}, not F = {F}."),
            Wrong(F * total, "spans-added", f"You added F · d; windows overlap: only F − 1 = {F - 1} times d."),
            Wrong(sum((F - 1) * d + 1 for d in D), "windows-added",
                  f"You added the {n} filters' spans; each shares a pixel with the next: {n - 1} too many."),
            Wrong(1 + (F - 1) * prod(D), "dilations-multiplied", "You multiplied the dilations; they add."),
            Wrong((F - 1) * max(D) + 1, "widest-layer-only", "This is the widest filter alone; the others add to it."),
            Wrong(1 + (F - 1) * sum(prod(D[: k + 1]) for k in range(n)), "dilations-as-strides",
                  "You let each dilation lengthen the steps of all layers after it, as strides do."),
            Wrong(1 + 2 * (F - 1) * total, "both-sides-doubled", f"{F - 1} · d are both sides together."),
        ],
    )
