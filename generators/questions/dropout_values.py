"""Dropout with numbers, in training and in evaluation (Srivastava et al. 2014; inverted, as PyTorch has it)."""

from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, table

SAID = {"inverted": "inverted: what is kept is divided by 1 − p in training",
        "classic": "not inverted: training leaves what is kept as it is, and evaluation makes up for it"}


@about("regularisation", "Apply", "beginner", kinds="MATRIX", minutes=2)
@drawn(mode=["training", "evaluation"], scheme=["inverted", "inverted", "classic"], p=[20, 25, 40, 50, 60, 75],
       x=lambda draw: draw.sample([v for v in range(-6, 13) if v], 5), mask=lambda draw: draw.shuffled([1, 1, 1, 0, 0]))
def question(mode: str, scheme: str, p: int, x: list[int], mask: list[int]) -> Ask:
    drop, training = Fraction(p, 100), mode == "training"
    keep = 1 - drop
    factor = {("training", "inverted"): 1 / keep, ("evaluation", "classic"): keep}.get((mode, scheme), Fraction(1))

    def layer(mask: list[int], factor: Fraction | int) -> list[Fraction]:
        return [Fraction(v * m) * factor for v, m in zip(x, mask, strict=True)]

    ones = [1] * 5
    now, swapped = (mask, [1 - m for m in mask]) if training else (ones, mask)
    key = layer(now, factor)
    why = "entries with 0 in the mask vanish" if training else "nothing is dropped, and the mask has no meaning"
    return Ask(
        f"A dropout layer removes each unit with probability p = {decimal(drop)}. It is {SAID[scheme]}. Its input is "
        f"{table(x)}; in training, the mask {table(mask)} is drawn (1: kept). What does the layer give in {mode} mode? "
        "(Fractions or decimals.)",
        key,
        [f"In {mode} mode {why}.",
         "What is there " + (f"is multiplied by {factor}" if factor != 1 else "stays as it is") + f": {table(key)}."],
        [
            Wrong(layer(now, 1), "not-scaled", f"The expected values differ by the factor {factor}: scale."),
            Wrong(layer(now, 1 / keep), "scaled-in-vain", f"You divided by 1 − p; here, in {mode}, nothing is."),
            Wrong(layer(now, keep), "scaled-down", f"You multiplied by 1 − p = {decimal(keep)}."),
            Wrong(layer(now, 1 / drop), "divided-by-p",
                  f"You divided by p; {decimal(keep)} is the share that is kept."),
            Wrong(layer(now, drop), "multiplied-by-p", f"You multiplied by p; {decimal(keep)} of the units are kept."),
            Wrong(layer(swapped, factor), "mask-reversed" if training else "dropped-in-evaluation",
                  "1 in the mask means kept." if training else "Units are removed in training only."),
            Wrong(layer(swapped, 1 / keep), "mask-reversed-and-scaled" if training else "as-in-training",
                  "You removed the units with a 1." if training else "This is the layer in training, if inverted."),
            Wrong(layer(ones, 1) if training else None, "evaluation-assumed", "In training, units are removed."),
        ],
    )
