"""Weights of stacked convolutions as a formula in the width C."""

from generators.authoring import Ask, Wrong, about, drawn


@about("stacked filters", "Analyze", "intermediate", kinds="EXPRESSION", minutes=2, version=3)
@drawn(F=[3, 5, 7], n=[2, 3, 4, 5, 6], bias=[False, True], width=[1, 2, 3])
def question(F: int, n: int, bias: bool, width: int = 1) -> Ask:
    def count(weights: int, biases: int) -> str:
        return f"{weights}*C^2" + (f" + {biases}*C" if biases else "")

    squared, area, k, field = width * width, F * F, n * width if bias else 0, n * (F - 1) + 1
    each, wide = area * squared, "C" if width == 1 else f"{width}C"
    key, layer = count(n * each, k), count(each, k // n)
    return Ask(
        f"{n} convolution layers with {F}×{F} filters are stacked; every layer has {wide} input and {wide} output "
        f"channels and {'one bias per filter' if bias else 'no biases'}. How many parameters do they have together, as "
        "a formula in C?",
        key,
        [rf"One layer: ${F} \cdot {F} \cdot {wide} \cdot {wide}{f' + {wide}' if bias else ''}$.",
         f"{n} of them: ${key.replace('*', ' ')}$."],
        [
            Wrong(f"{n * area * width + k}*C", "input-channels-forgotten",
                  f"You gave each filter {F}·{F} weights; it is {wide} deep, so each layer has `{each}*C^2` of them."),
            Wrong(layer, "one-layer-counted", f"This is one layer; there are {n} of them."),
            Wrong(count(n * each, 0 if bias else n * width), "bias-forgotten" if bias else "bias-added",
                  f"You left the biases out: {n} layers with {wide} filters and a bias each." if bias else
                  f"You added {wide} biases per layer; these layers have none."),
            Wrong(count(n * F * squared, k), "kernel-not-squared", f"You took {F} weights per channel; it is {F}·{F}."),
            Wrong(count(field * field * squared, k // n), "large-filter",
                  f"This is the one {field}×{field} layer that sees as much; each of the {n} layers is {F}×{F}."),
            Wrong(f"{n * each}*C^2 + {n}" if bias else None, "one-bias-per-layer",
                  f"You gave each layer one bias; each of its {wide} filters has one."),
            Wrong(count(n * area * width, k), "width-not-squared",
                  f"You squared C but not the factor: ({wide})² is {squared} C²."),
        ],
    )  # fmt: skip
