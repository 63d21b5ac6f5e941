"""The output-size formula backwards: padding, stride or filter size for a wanted output."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.questions.output_size import WIDTHS

NAMES = {"P": "padding on every side", "S": "stride", "F": "filter size"}


def _ways(ask: str, W: int, F: int, P: int, S: int, out: int) -> list[int]:
    """All values of the unknown, from small to large, that give the wanted output."""
    tries = {"P": [(F, p, S) for p in range(12)], "S": [(F, P, s) for s in range(1, W + 1)]}
    tries["F"], at = [(f, P, S) for f in range(1, W + 2 * P + 1)], "FPS".index(ask)
    return [t[at] for t in tries[ask] if W - t[0] + 2 * t[1] >= 0 and (W - t[0] + 2 * t[1]) // t[2] + 1 == out]


@about("output size", "Analyze", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5, version=2)
@drawn(
    ask=["P", "S", "F"], W=WIDTHS, F=[3, 5, 7], P=lambda F: range(F // 2 + 1), S=[1, 2, 3, 4],
    where=lambda W, F, P, S: W - F + 2 * P >= 3 * S,
)
def question(ask: str, W: int, F: int, P: int, S: int) -> Ask:
    out = (n := W - F + 2 * P) // S + 1
    ways = _ways(ask, W, F, P, S, out)
    key, far, size = (ways[-1], ways[0], "largest") if ask == "F" else (ways[0], ways[-1], "smallest")
    said = {"F": f"{F}×{F} filters", "P": f"padding {P} on every side", "S": f"stride {S}"}
    del said[ask]
    off = {
        "P": [(2 * key, "padding-both-sides-summed"), (key + 1, "one-too-many"), ((F - 1) // 2, "same-assumed"),
              (F // 2 + 1, "rounded-up"), (F - 1, "full-assumed"), (0, "valid-assumed")],
        "S": [(W // out, "kernel-and-padding-ignored"), (key + 1, "one-too-many"), (key - 1, "one-too-few"),
              (n // out, "plus-one-forgotten"), (n - out, "difference-for-quotient")],
        "F": [(key + 1, "one-too-many"), (key + 2 * S, "two-steps-off"), (W - out, "difference-taken"),
              (W - (out - 1) * S, "padding-forgotten"), (W + P - (out - 1) * S, "padding-once"), (key + S, "step-off")],
    }[ask]
    return Ask(
        f"A convolution on an input of {W}×{W} pixels with {' and '.join(said.values())} has to give {out}×{out} "
        f"(sizes round down). Which is the {size} {NAMES[ask]} that does it?",
        key,
        [
            rf"Wanted: $\lfloor (W - F + 2P)/S \rfloor + 1 = {out}$, so ${out - 1} \le (W - F + 2P)/S < {out}$.",
            f"Values of {ask} that satisfy it: {', '.join(map(str, ways))}; the {size} is {key}.",
        ],
        [Wrong(value, slug, f"⌊(W − F + 2P)/S⌋ + 1 is not {out} with it.") for value, slug in off if value not in ways]
        + [Wrong(far, "other-end", f"It fits, but it is not the {size}.")],
    )
