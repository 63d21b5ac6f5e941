"""How fast a gradient can vanish in a chain of sigmoid layers, and grow in a chain of linear ones."""

from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, equals


def layers(factor: Fraction, bound: Fraction) -> int:
    """The smallest number of factors whose product is below the bound."""
    n, product = 0, Fraction(1)
    while product >= bound:
        n, product = n + 1, product * factor
    return n


@about("training", "Analyze", "intermediate", kinds="NAT MCQ", marks=2, minutes=2)
@drawn(w=[5, 8, 10, 12, 15, 18, 20, 24, 30], places=[2, 3, 4, 5, 6])
def question(w: int, places: int) -> Ask:
    weight, bound = Fraction(w, 10), Fraction(1, 10**places)
    factor = weight / 4
    key = layers(factor, bound)
    return Ask(
        f"A chain of layers has one unit each, z ← w · a and a ← sigmoid(z), with |w| = {decimal(weight)} in all. The "
        f"sigmoid's derivative is at most 1/4. From how many layers on is the gradient with respect to the input below "
        f"1/{10**places:,} of that with respect to the output, whatever the inputs are?",
        key,
        [f"A layer multiplies the gradient by w · sigmoid′(z), at most {decimal(weight)} · 1/4 = {decimal(factor)}.",
         f"{decimal(factor)} to the power of {key} {equals(factor**key, 8)}; one layer less gives "
         f"{decimal(factor ** (key - 1), 8)}, which is not below {decimal(bound, 6)}."],
        [
            Wrong(layers(Fraction(1, 4), bound), "weights-forgotten", "You left out the weights; each layer has one."),
            Wrong(layers(weight, bound) if weight < 1 else None, "slope-forgotten",
                  "You left out the sigmoid's slope."),
            Wrong(key - 1, "one-too-few", "You rounded down; with one layer less the bound is not reached."),
            Wrong(key + 1, "one-too-many", "One layer less is below the bound already."),
            Wrong(layers(weight / 2, bound) if w < 20 else None, "slope-one-half",
                  "The largest slope is 1/4; sigmoid(0) is 1/2."),
            Wrong(places, "one-layer-a-digit", "You let each layer cost one decimal place."),
            Wrong(2 * key, "twice-a-layer", "A layer has one weight and one slope; both are in the factor."),
            Wrong(layers(factor / 4, bound), "slope-twice", "You took the slope twice per layer."),
        ],
    )
