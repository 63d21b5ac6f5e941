"""Design a filter: the nine weights that give every pixel a certain value."""

from generators.arrays import flat, mapped, transposed, turned
from generators.authoring import Ask, Fraction, Wrong, about, drawn, number, table
from generators.filters import DESIGNS


@about("filters", "Create", "intermediate", kinds="MATRIX", marks=2, minutes=2)
@drawn(design=list(DESIGNS), gain=[1, 1, 2, 3, -1])
def question(design: str, gain: int) -> Ask:
    said, bare = DESIGNS[design]
    key = mapped(lambda v: gain * v, bare)
    entries = flat(key)
    scale = "" if gain == 1 else f"{number(gain)} times "
    middle = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    sizes = sum(abs(v) for v in entries)
    return Ask(
        f"Write down the 3×3 filter that gives every pixel, by cross-correlation with stride 1 and padding, {scale}"
        f"{said}{' (all of it)' if gain != 1 else ''}. (Fractions or decimals; row 1 is the upper one.)",
        key,
        ["The weight at a place of the filter says how often the pixel at this place of the neighbourhood counts.",
         f"All together {number(sum(entries))} on a picture of ones: {table(key)}."],
        [
            Wrong(turned(key), "flipped", "You wrote the filter of a true convolution; correlation does not flip it."),
            Wrong(transposed(key), "transposed", "You exchanged rows and columns: left and right lie in one row."),
            Wrong(mapped(lambda v: -v, key), "sign-reversed", "What is taken away has a negative weight."),
            Wrong(bare if gain != 1 else None, "factor-forgotten", f"You left out the factor {number(gain)}."),
            Wrong(mapped(lambda v: Fraction(v) / sizes, key), "normalised",
                  "You scaled the weights to sizes that sum to 1."),
            Wrong(mapped(lambda v, m: v + m, key, middle), "pixel-added", "You added the pixel itself once more."),
            Wrong(mapped(lambda v, m: v - m, key, middle), "pixel-subtracted",
                  "You took the pixel itself away once more."),
            Wrong(mapped(lambda v: 9 * v, key), "sum-for-mean", "Your weights are nine times too large."),
        ],
    )
