"""One-dimensional cross-correlation by hand."""

from generators.arrays import dot
from generators.authoring import Ask, Wrong, about, drawn, integers, table
from generators.pictures import correlation


def correlate(x: list[int], f: list[int], S: int = 1) -> list[int]:
    """y[i] = Σ x[i·S + k] f[k], without padding."""
    return [dot(x[i : i + len(f)], f) for i in range(0, len(x) - len(f) + 1, S)]


@about("convolution", "Apply", "beginner", kinds="MATRIX", minutes=2)
@drawn(
    x=lambda draw: integers(-2, 6, draw.integer(5, 8))(draw), f=lambda draw: integers(-2, 3, draw.integer(2, 3))(draw),
    S=[1, 1, 2],
    where=lambda f: f != f[::-1] and min(f) < 0,
)
def question(x: list[int], f: list[int], S: int) -> Ask:
    key = correlate(x, f, S)
    steps = [f"$y[{i}] = {' + '.join(f'({a})({b})' for a, b in zip(x[i * S : i * S + len(f)], f, strict=True))} = "
             f"{value}$."
             for i, value in enumerate(key)]
    border = [0] * (len(f) - 1)
    return Ask(
        f"Compute the cross-correlation $y[i] = \\sum x[{'2' if S == 2 else ''}i + k] f[k]$ of x = {table(x)} with "
        f"f = {table(f)}, without padding and without flipping f.",
        key,
        steps,
        [
            Wrong(correlate(x, f[::-1], S), "kernel-flipped", "Cross-correlation does not flip the filter."),
            Wrong(correlate(border + x + border, f, S), "full-for-valid", "Without padding only whole windows count."),
            Wrong(correlate([*x, 0], f, S), "one-window-too-many", "The last window has to lie inside x."),
            Wrong(correlate(x[1:], f, S), "window-offset", "The first window starts at x[0]."),
            Wrong([-v for v in key], "sign-reversed", "Mind the signs."),
            Wrong(correlate(x, [abs(v) for v in f], S), "signs-dropped", "Negative weights subtract."),
            Wrong(correlate(x, f) if S > 1 else None, "stride-forgotten", "The window moves 2 entries at a time."),
        ],
        picture=correlation([x], [f], ("x", "f"), at=(0, (len(key) - 1) * S)),
    )
