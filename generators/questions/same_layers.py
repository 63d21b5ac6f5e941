"""Which layers keep the size of their input? The even filter is the trap."""

from generators.authoring import Line, Stream, Which, about, drawn

Layer = tuple[int, int, int]
LAYERS = [(F, P, S) for F in (1, 2, 3, 4, 5, 7, 9) for P in range(5) for S in (1, 2) if P <= F // 2 + 1]
KEEPERS = [(F, P, S) for F, P, S in LAYERS if S == 1 and 2 * P == F - 1]
TRAPS = [(F, P, S) for F, P, S in LAYERS if S == 1 and F % 2 == 0 and P in (F // 2 - 1, F // 2)]


def four(draw: Stream) -> list[Layer]:
    """One to three layers that keep the size, an even filter that almost does, and others that do not."""
    right = draw.sample(KEEPERS, draw.integer(1, 3))
    trap = draw.pick(TRAPS)
    others = [layer for layer in LAYERS if layer not in KEEPERS and layer != trap]
    return [*right, trap, *draw.sample(others, 3 - len(right))]


def _line(W: int, F: int, P: int, S: int) -> Line:
    out = (W - F + 2 * P) // S + 1
    text = f"{F}×{F} filters, padding {P}, stride {S}"
    slug = "stride-keeps-size" if S > 1 else "even-kernel-same" if F % 2 == 0 else "same-padding-wrong"
    return Line(text, "" if out == W else slug, f"⌊({W} − {F} + 2·{P})/{S}⌋ + 1 = {out}, not {W}.")


@about("padding", "Analyze", "intermediate", kinds="MSQ", marks=2, minutes=2.5, version=2)
@drawn(W=[16, 28, 32, 56, 64], layers=four)
def question(W: int, layers: list[Layer]) -> Which:
    lines = [_line(W, *layer) for layer in layers]
    steps = [rf"{line.text}: $\lfloor ({W} - {F} + 2 \cdot {P})/{S} \rfloor + 1 = {(W - F + 2 * P) // S + 1}$."
             for line, (F, P, S) in zip(lines, layers, strict=True)]
    return Which(f"Which of these convolutions (padding on every side, sizes round down) keep the size of a {W}×{W} "
                 "map?", lines, steps)
