"""The output-size formula backwards: padding, stride or filter size for a wanted output."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn
from generators.questions.output_size import WIDTHS
from generators.sizes import MISREAD, right, solutions

NAMES = {"P": "padding on every side", "S": "stride", "F": "filter size"}


@about("output size", "Analyze", "intermediate", kinds="MCQ NAT", marks=2, minutes=2.5, version=4)
@drawn(ask=["P", "S", "F"], W=WIDTHS, F=lambda ask: [5, 7, 9, 11, 13] if ask == "P" else [3, 5, 7, 9, 11],
       P=lambda ask, F: range(ask == "P", F // 2 + 1), S=lambda ask: range(2, 11) if ask == "S" else [1, 2, 3, 4],
       where=lambda W, F, P, S: W - F + 2 * P >= 3 * S)
def question(ask: str, W: int, F: int, P: int, S: int) -> Ask:
    ways = solutions(ask, out := right(W, F, P, S), W, F, P, S)
    end, other, size = (-1, 0, "largest") if ask == "F" else (0, -1, "smallest")
    said = {"F": f"{F}×{F} filters", "P": f"padding {P} on every side", "S": f"stride {S}"}
    del said[ask]
    solved = [(solutions(ask, out, W, F, P, S, formula), slug, f"You solved {written} = {out}; {why}.")
              for slug, (formula, written, why) in MISREAD.items() if ask in written]
    n, key, far = W - F + 2 * P, ways[end], ways[other]
    guesses: dict[str, list[tuple[int | Fraction, str, str]]] = {
        "P": [((F - 1) // 2, "same-assumed", f"This keeps {W} pixels at stride 1; {out} are wanted."),
              (0, "valid-assumed", f"You did not pad; then the output is narrower than {out}."),
              (Fraction(key, 2), "halved-again", f"You halved {key} once more; P is the padding of one side.")],
        "S": [(W - out, "difference-for-quotient", f"You took {out} from {W}; the stride is a quotient."),
              (1, "stride-left-at-1", f"Stride 1 gives {n + 1} pixels; {out} are wanted."),
              (F, "windows-side-by-side", f"You moved by a whole window of {F}; windows may overlap."),
              (-(-n // (out - 1)), "exactly-and-up", f"You rounded {n} / {out - 1} up; that loses a window."),
              (-(-W // out), "ratio-of-sizes", f"You rounded {W} / {out} up; filter and padding count.")],
        "F": [(W - out + 1, "stride-and-padding-ignored", f"{W} − {out} + 1 is for stride 1 without padding.")],
    }
    return Ask(
        f"A convolution on an input of {W}×{W} pixels with {' and '.join(said.values())} has to give {out}×{out} "
        f"(sizes round down). Which is the {size} {NAMES[ask]} that does it?",
        key,
        [rf"Wanted: $\lfloor (W - F + 2P)/S \rfloor + 1 = {out}$, so ${out - 1} \le (W - F + 2P)/S < {out}$.",
         f"Values of {ask} that satisfy it: {', '.join(map(str, ways))}; the {size} is {key}."],
        [Wrong(values[end], slug, why) for values, slug, why in solved if values and values[end] not in ways]
        + [Wrong(far, "other-end", f"{far} fits, but it is not the {size}.")]
        + [Wrong(value, slug, why) for value, slug, why in guesses[ask] if value not in ways],
        possible=(int(ask != "P"), None),
    )
