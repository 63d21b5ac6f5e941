"""The output-size formula backwards: padding, stride or filter size for a wanted output."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.questions.output_size import WIDTHS

NAMES = {"P": "padding on every side", "S": "stride", "F": "filter size"}


def _ways(ask: str, W: int, F: int, P: int, S: int, out: int) -> list[int]:
    """All values of the unknown, from small to large, that give the wanted output."""
    tries = [{"F": F, "P": P, "S": S} | {ask: value} for value in range(ask != "P", W + 2 * P + 1)]
    return [t[ask] for t in tries if (n := W - t["F"] + 2 * t["P"]) >= 0 and n // t["S"] + 1 == out]


def _check(ask: str, W: int, F: int, P: int, S: int, value: int) -> str:
    """What this value of the unknown gives."""
    t = {"F": F, "P": P, "S": S} | {ask: value}
    n = W - t["F"] + 2 * t["P"]
    fits = n >= 0 < t["S"]
    return f"With {ask} = {value} the output is {n // t['S'] + 1}." if fits else f"{ask} = {value} does not fit."


@about("output size", "Analyze", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5, version=3)
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
        "P": [(2 * key, "padding-both-sides-summed", "You gave both sides together."),
              (key + 1, "one-too-many", "One less suffices."), ((F - 1) // 2, "same-assumed", "That keeps the size."),
              (F - 1, "full-assumed", "That is full padding."), (0, "valid-assumed", "Nothing was padded."),
              (key - 1, "one-too-few", "It falls one short."), (key // 2, "halved-again", "You halved twice.")],
        "S": [(W // out, "kernel-and-padding-ignored", "You divided W by the output."),
              (key + 1, "one-too-many", "One less suffices."), (key - 1, "one-too-few", "It falls one short."),
              (n - out, "difference-for-quotient", "You subtracted the output."),
              (n // (out + 1), "output-more", "You added the 1 instead of taking it away."),
              (n // (out - 2), "step-less", "You took 1 away twice."), (key - 2, "two-too-few", "It falls two short."),
              (-(-W // (out - 1)), "kernel-forgotten", "The filter has a width too."),
              (key + 2, "two-too-many", "Two less suffice.")],
        "F": [(key + 1, "one-too-many", "It is one too wide."),
              (key + 2 * S, "two-steps-off", "It is two steps too wide."),
              (W - out, "difference-taken", "You subtracted the sizes."), (far - 1, "too-few", "It is too narrow."),
              (W - (out - 1) * S, "padding-forgotten", "The input is padded."),
              (key // 2, "radius-for-size", "You gave half the width.")],
    }[ask]
    return Ask(
        f"A convolution on an input of {W}×{W} pixels with {' and '.join(said.values())} has to give {out}×{out} "
        f"(sizes round down). Which is the {size} {NAMES[ask]} that does it?",
        key,
        [
            rf"Wanted: $\lfloor (W - F + 2P)/S \rfloor + 1 = {out}$, so ${out - 1} \le (W - F + 2P)/S < {out}$.",
            f"Values of {ask} that satisfy it: {', '.join(map(str, ways))}; the {size} is {key}.",
        ],
        [Wrong(value, slug, f"{why} {_check(ask, W, F, P, S, value)}") for value, slug, why in off if value not in ways]
        + [Wrong(far, "other-end", f"It fits, but it is not the {size}.")],
    )
