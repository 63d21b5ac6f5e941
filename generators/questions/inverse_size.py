"""The output-size formula backwards: padding, stride or filter size for a wanted output."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.questions.output_size import WIDTHS

NAMES = {"P": "padding on every side", "S": "stride", "F": "filter size"}


def _ways(ask: str, W: int, F: int, P: int, S: int, out: int) -> list[int]:
    """All values of the unknown, from small to large, that give the wanted output."""
    tries = [{"F": F, "P": P, "S": S} | {ask: value} for value in range(ask != "P", W + 2 * P + 1)]
    return [t[ask] for t in tries if (n := W - t["F"] + 2 * t["P"]) >= 0 and n // t["S"] + 1 == out]


@about("output size", "Analyze", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5, version=2)
@drawn(
    ask=["P", "S", "F"], W=WIDTHS, F=lambda ask: [5, 7, 9, 11] if ask == "P" else [3, 5, 7],
    P=lambda ask, F: range(ask == "P", F // 2 + 1), S=lambda ask: range(2, 8) if ask == "S" else [1, 2, 3, 4],
    where=lambda W, F, P, S: W - F + 2 * P >= 3 * S,
)
def question(ask: str, W: int, F: int, P: int, S: int) -> Ask:
    ways = _ways(ask, W, F, P, S, out := (n := W - F + 2 * P) // S + 1)
    key, far, size = (ways[-1], ways[0], "largest") if ask == "F" else (ways[0], ways[-1], "smallest")
    said = {"F": f"{F}×{F} filters", "P": f"padding {P} on every side", "S": f"stride {S}"}
    del said[ask]
    off = {
        "P": [(2 * key, "padding-both-sides-summed"), (key + 1, "one-too-many"), ((F - 1) // 2, "same-assumed"),
              (F - 1, "full-assumed"), (0, "valid-assumed"), (key - 1, "one-too-few"), (key // 2, "halved-again")],
        "S": [(W // out, "kernel-and-padding-ignored"), (key + 1, "one-too-many"), (key - 1, "one-too-few"),
              (n - out, "difference-for-quotient"), (n // (out + 1), "output-more"), (n // (out - 2), "step-less"),
              (-(-W // (out - 1)), "kernel-forgotten"), (key - 2, "two-too-few"), (key + 2, "two-too-many")],
        "F": [(key + 1, "one-too-many"), (key + 2 * S, "two-steps-off"), (W - out, "difference-taken"),
              (W - (out - 1) * S, "padding-forgotten"), (far - 1, "too-few"), (key // 2, "radius-for-size")],
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
