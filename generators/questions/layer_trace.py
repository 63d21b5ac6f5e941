"""A small network, layer by layer: sizes, the flattened length, the total of parameters."""

from math import prod

from generators.architectures import grouped, small_network
from generators.authoring import Ask, Wrong, about, carried, drawn
from generators.diagrams import chain
from generators.shapes import filters, told, trace

ASKS = {"total": "How many parameters does the whole network learn", "flat": "How many values does flatten give"}


@about("layer trace", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=4, version=3)
@drawn(ask=["total", "total", "flat"], H=[28, 30, 32, 36, 48, 64], C=[1, 3], layers=small_network)
def question(ask: str, H: int, C: int, layers: list[str]) -> Ask:
    stages, cut = trace(layers, (C, H, H)), layers.index("flatten")
    up = trace(layers, (C, H, H), size=lambda n, S: -(-n // S) + 1)
    tight = trace([layer.replace("p1", "p0").replace("p2", "p0") for layer in layers], (C, H, H))
    (width, side, _), large = stages[cut - 1].shape, stages[cut - 2].shape
    flat, total = stages[cut].shape[0], sum(stage.params for stage in stages)
    units = next(stage.shape[0] for stage in stages if stage.layer[:2] == "fc")
    pools = sum(filters(2, stage.shape[0], stage.shape[0]) for stage in stages if stage.layer.startswith("pool"))
    flats = [Wrong(up[cut].shape[0], "ceil-for-floor", "You rounded up; a window that does not fit is dropped."),
             Wrong(tight[cut].shape[0], "padding-forgotten", "You left out the padding of the convolutions."),
             Wrong(side * side, "channels-forgotten", f"You flattened one channel, {side}·{side}; there are {width}."),
             Wrong(width, "gap-assumed", f"You kept one value a channel, its mean; flatten keeps {side}·{side}."),
             Wrong(width * side, "one-axis", f"You flattened one row of the map; there are {side}."),
             Wrong(prod(large), "last-pooling-missed", f"You flattened {large[1]}×{large[1]}, before the last pool.")]
    totals = [Wrong(total - 10, "last-bias-missed", "You left out the last layer's 10 biases."),
              Wrong(total + sum(stage.params for stage in stages if stage.layer == "bn"), "bn-statistics-counted",
                    "You counted batch norm's running means and variances; they are stored, not learned."),
              Wrong(total + pools, "pooling-parameters", "You gave pooling a 2×2 convolution's weights; it has none."),
              *carried(flats, lambda values: total + (values - flat) * units)]
    return Ask(
        f"Input {H}×{H}×{C}. Layers (filters, window, stride s, padding p; biases everywhere; batch norm learns a "
        f"scale and shift per channel; sizes round down): {'; '.join(map('`{}`'.format, layers))}. {ASKS[ask]}?",
        {"total": total, "flat": flat}[ask],
        [*map(told, stages), {"total": f"All add up to {total}.", "flat": f"Flatten gives {flat} values."}[ask]],
        {"total": totals, "flat": flats}[ask],
        picture=chain(grouped(layers), start=f"{H}×{H}×{C}"),
    )
