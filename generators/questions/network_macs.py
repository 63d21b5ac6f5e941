"""Multiply-adds of a whole small network."""

from math import prod

from generators.architectures import grouped, small_network
from generators.authoring import Ask, Wrong, about, drawn, number
from generators.diagrams import chain
from generators.shapes import cost, trace


@about("memory and compute", "Apply", "advanced", kinds="NAT MCQ", marks=2, minutes=5)
@drawn(unit=["MAC", "MAC", "FLOP"], H=[28, 32, 36], C=[1, 3], layers=small_network)
def question(unit: str, H: int, C: int, layers: list[str]) -> Ask:
    shapes = [(C, H, H), *(stage.shape for stage in trace(layers, (C, H, H)))]
    costs = [cost(layer, a, b) for layer, a, b in zip(layers, shapes, shapes[1:], strict=False)]
    double, total = (2 if unit == "FLOP" else 1), sum(costs)
    rows = list(zip(layers, costs, shapes, shapes[1:], strict=False))
    convs = sum(c for layer, c, _, _ in rows if layer.startswith("conv"))
    windows = sum(4 * prod(b) for layer, _, _, b in rows if layer.startswith("pool"))
    before = sum(c * prod(a[1:]) // prod(b[1:]) if layer[:4] == "conv" else c for layer, c, a, b in rows)
    weights = sum(c // prod(b[1:]) if layer[:4] == "conv" else c for layer, c, _, b in rows)
    flat = sum(c // a[0] if layer[:4] == "conv" else c for layer, c, a, _ in rows)
    means = "1 MAC = one multiplication and one addition" if unit == "MAC" else "1 MAC = 2 FLOPs"
    slips = [
        (before if before != total else None, "input-size",
         "You counted positions of the inputs; a filter works once per output."),
        (convs, "dense-forgotten", f"You left out the fully connected layers, {total - convs} MACs."),
        (total - convs, "convolutions-forgotten", f"You left out the convolutions, {convs} MACs."),
        (total + windows, "pooling-counted", "You counted pooling; it multiplies nothing, and was to be left out."),
        (weights, "positions-forgotten", "These are the weights; a filter's are used at every position."),
        (flat, "input-channels-forgotten", "You let a filter see one channel; it sees all of its input."),
    ]
    return Ask(
        f"Input {H}×{H}×{C}. Layers (filters, window, stride s, padding p; sizes round down): "
        f"{'; '.join(map('`{}`'.format, layers))}. How many {unit}s does one image cost in the convolutions and fully "
        f"connected layers ({means}; biases not counted)?",
        double * total,
        [*(f"`{layer}`: {number(c)} MACs." for layer, c in zip(layers, costs, strict=True) if c),
         f"Together {number(total)} MACs" + (f", {number(2 * total)} FLOPs." if double > 1 else ".")],
        [*(Wrong(value and double * value, slug, why) for value, slug, why in slips),
         Wrong(3 * total - double * total, "mac-flop-confused", f"Here {means}.")],
        picture=chain(grouped(layers), start=f"{H}×{H}×{C}"),
    )
