"""A dilated convolution of a row by hand."""

from generators.arrays import correlate, dilated
from generators.authoring import Ask, Wrong, about, drawn, integers, table
from generators.pictures import taps


@about("dilated convolution", "Apply", "beginner", kinds="MATRIX", minutes=2)
@drawn(D=[2, 2, 3], n=[2, 3], x=lambda draw, D, n: integers(-2, 6, D * (n - 1) + draw.integer(3, 4))(draw),
       f=lambda draw, n: integers(-2, 3, n)(draw), where=lambda f: f != f[::-1] and 0 not in f)
def question(D: int, n: int, x: list[int], f: list[int]) -> Ask:
    def run(x: list[int], f: list[int], D: int = D) -> list[int]:
        return list(correlate([x], dilated([f], D))[0])

    key, border = run(x, f), [0] * D
    at = len(key) - 1
    terms = " + ".join(f"({x[at + k * D]})({w})" for k, w in enumerate(f))
    return Ask(
        rf"Compute $y[i] = \sum x[i + {D} k] f[k]$, a cross-correlation with dilation {D}, of x = {table(x)} with f = "
        f"{table(f)}, without padding, stride 1.",
        key,
        [f"The filter spans $({n} - 1) \\cdot {D} + 1 = {D * (n - 1) + 1}$ entries, so y has {len(key)}.",
         f"The last one: $y[{at}] = {terms} = {key[at]}$.", f"All: {table(key)}."],
        [
            Wrong(run(x, f, 1), "dilation-forgotten", f"Neighbouring weights meet entries that are {D} apart."),
            Wrong(run(x, f[::-1]), "kernel-flipped", "Cross-correlation does not flip the filter."),
            Wrong(run(x, f, D + 1) if D * (n - 1) + n <= len(x) else None, "dilation-as-gap",
                  f"Dilation {D} leaves {D - 1} out between two weights, not {D}."),
            Wrong(run(x, f, 1)[::D], "dilation-as-stride", f"The window moves by 1; its weights are {D} apart."),
            Wrong(run(x, [abs(w) for w in f]), "signs-dropped", "Negative weights subtract."),
            Wrong(run(border + x + border, f), "padded", "Without padding only whole windows count."),
            Wrong([-v for v in key], "sign-reversed", "Mind the signs."),
            Wrong(key[1:], "window-offset", "The first window starts at x[0]."),
        ],
        picture=taps(x, f, D, at),
    )
