"""How many windows of a convolution see a pixel: why the border counts less, and what padding changes."""

from generators.authoring import Ask, Wrong, about, drawn, many, number, times


def covers(i: int, W: int, F: int, P: int) -> int:
    """Windows of a padded row, stride 1, that contain pixel i (from 0)."""
    return min(i + P, W + 2 * P - F) - max(i + P - F + 1, 0) + 1


@about("padding", "Analyze", "intermediate", kinds="MCQ NAT", minutes=2)
@drawn(F=[3, 5, 7, 9], W=lambda F: range(2 * F, 2 * F + 5), P=lambda F: range(F // 2 + 1), i=lambda F: range(F),
       j=lambda F: range(F))
def question(F: int, W: int, P: int, i: int, j: int) -> Ask:
    down, across = covers(i, W, F, P), covers(j, W, F, P)
    key, wide = down * across, W + 2 * P - F + 1
    return Ask(
        f"A {F}×{F} convolution with stride 1 and padding {P} on every side runs over an image of {W}×{W} pixels. How "
        f"many of its windows contain the pixel in row {i} and column {j}, both counted from 0 at the upper left?",
        key,
        [f"A window with this pixel begins in its row or up to {F - 1} rows above, not before row {number(-P)}, the "
         f"padded image's first: {many(down, 'place')}.",
         f"Columns likewise: {many(across, 'place')}. Together ${times(down, across)} = {key}$."],
        [
            Wrong(F * F, "border-ignored", f"{F} · {F} windows see a pixel in the middle, {key} this one."),
            Wrong(down + across, "axes-added", f"You added {down} + {across}; combine each with each: multiply."),
            Wrong(1, "one-window", f"At stride 1 windows overlap: {down} places down, {across} across."),
            Wrong((i + 1) * (j + 1), "padding-forgotten",
                  f"You took {i + 1} · {j + 1}; padding lets windows begin before the edge."),
            Wrong(i * j, "counted-from-zero", f"You multiplied the indices, {i} · {j}; index 0 is a place."),
            Wrong(wide * wide, "all-windows", f"These are all windows; {down} · {across} reach it."),
            Wrong(down * F, "columns-ignored", f"The left border counts too: {many(across, 'place')} across, not {F}."),
            Wrong(across * F, "rows-ignored", f"The upper border counts too: {many(down, 'place')} down, not {F}."),
        ],
    )  # fmt: skip
