"""Values and slopes of ReLU and its relatives."""

from generators.authoring import Ask, Fraction, Wrong, about, decimal, drawn, table


@about("activation functions", "Apply", "beginner", kinds="MATRIX", minutes=1.5)
@drawn(name=["ReLU", "leaky ReLU", "ReLU6"], ask=["value", "slope"],
       tenths=lambda name: [1, 2, 5] if name == "leaky ReLU" else [1],
       x=lambda draw: draw.shuffled([*draw.sample(range(-9, 0), 2), draw.integer(7, 11), *draw.sample(range(1, 6), 2)]))
def question(name: str, ask: str, tenths: int, x: list[int]) -> Ask:
    a = Fraction(tenths, 10)
    low, high = {"ReLU": (Fraction(0), None), "leaky ReLU": (a, None), "ReLU6": (Fraction(0), 6)}[name]

    def values(low: Fraction, high: int | None) -> list[Fraction]:
        return [min(v, Fraction(high)) if high and v > 0 else v if v > 0 else low * v for v in map(Fraction, x)]

    def slopes(low: Fraction, high: int | None) -> list[Fraction]:
        return [Fraction(not high or v < high) if v > 0 else low for v in x]

    right, other = (values, slopes) if ask == "value" else (slopes, values)
    key, leaky = right(low, high), "" if name != "leaky ReLU" else f" with slope {decimal(a)} below 0"
    rule = {"ReLU": "positive numbers stay, others become 0", "ReLU6": "as ReLU, and no more than 6",
            "leaky ReLU": f"positive numbers stay, negative ones are multiplied by {decimal(a)}"}[name]
    return Ask(
        f"{name}{leaky} is applied to {table(x)}. "
        f"{'What comes out' if ask == 'value' else 'What is its derivative at each entry'}? (Decimals or fractions.)",
        key,
        [f"{name}: {rule}.", *["The derivative is the slope of the piece on which the number lies."] * (ask == "slope"),
         f"So {table(key)}."],
        [
            Wrong(other(low, high), "value-slope-confused",
                  f"Asked is the {'value' if ask == 'value' else 'derivative'}."),
            Wrong(right(Fraction(0), None), "plain-relu", f"This is ReLU; in {name}, {rule}."),
            Wrong(right(-low, high) if leaky else None, "sign-of-leak", f"Below 0 the slope is +{decimal(a)}."),
            Wrong(right(1 - low, high) if leaky else None, "slope-from-one",
                  f"The slope is {decimal(a)}, not {decimal(1 - a)}."),
            Wrong([abs(v) for v in map(Fraction, x)] if ask == "value" else None, "absolute-value",
                  f"{name} is no |x|: {rule}."),
            Wrong([-v for v in right(low, high)], "sign-reversed", f"Mind the signs: {rule}."),
            Wrong([Fraction(1)] * 5 if ask == "slope" else list(map(Fraction, x)), "identity",
                  f"Nothing changed: {rule}."),
            Wrong([1 - v for v in key] if ask == "slope" else [Fraction(min(v, 0)) for v in x], "wrong-side",
                  "You exchanged what happens above and below 0."),
        ],
    )
