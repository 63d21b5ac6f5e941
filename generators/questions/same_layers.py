"""Which layers keep the size of their input? The even filter is the trap."""

from generators.authoring import Line, Which, about, drawn

LAYERS = [(F, P, S) for F in (1, 2, 3, 4, 5, 7) for P in range(4) for S in (1, 2) if P <= F // 2 + 1]


def _line(W: int, F: int, P: int, S: int) -> Line:
    out = (W - F + 2 * P) // S + 1
    text = f"{F}×{F} filters, padding {P}, stride {S}"
    slug = "stride-keeps-size" if S > 1 else "even-kernel-same" if F % 2 == 0 else "same-padding-wrong"
    return Line(text, "" if out == W else slug, f"⌊({W} − {F} + 2·{P})/{S}⌋ + 1 = {out}, not {W}.")


@about("padding", "Analyze", "intermediate", kinds="MSQ", marks=2, minutes=2.5)
@drawn(
    W=[16, 28, 32, 56, 64], layers=lambda draw, W: draw.sample(LAYERS, 4),
    where=lambda W, layers: any(W - F + 2 * P == W - 1 and S == 1 for F, P, S in layers),
)
def question(W: int, layers: list[tuple[int, int, int]]) -> Which:
    lines = [_line(W, *layer) for layer in layers]
    steps = [rf"{line.text}: $\lfloor ({W} - {F} + 2 \cdot {P})/{S} \rfloor + 1 = {(W - F + 2 * P) // S + 1}$."
             for line, (F, P, S) in zip(lines, layers, strict=True)]
    return Which(f"Which of these convolutions (padding on every side) keep the size of a {W}×{W} map?", lines, steps)
