"""A small network, layer by layer: sizes, the flattened length, the total of parameters."""

from math import prod

from generators.architectures import grouped, small_network
from generators.authoring import Ask, Slips, Wrong, about, drawn
from generators.diagrams import chain
from generators.shapes import told, trace

ASKS = {"total": "How many parameters does the whole network learn", "flat": "How many values does flatten give"}


@about("layer trace", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=4, version=2)
@drawn(ask=["total", "total", "flat"], H=[28, 30, 32, 36, 48, 64], C=[1, 3], layers=small_network)
def question(ask: str, H: int, C: int, layers: list[str]) -> Ask:
    stages = trace(layers, (C, H, H))
    up, cut = trace(layers, (C, H, H), size=lambda n, S: -(-n // S) + 1), layers.index("flatten")
    tight = trace([layer.replace("p1", "p0").replace("p2", "p0") for layer in layers], (C, H, H))
    (width, side, _), total = stages[cut - 1].shape, ask == "total"
    key, ceiled, bare = (sum(s.params for s in run) if total else run[cut].shape[0] for run in (stages, up, tight))
    units = next(s.shape[0] for s in stages if s.layer[:2] == "fc")
    pools = sum((4 * s.shape[0] + 1) * s.shape[0] for s in stages if s.layer.startswith("pool"))
    bn, shrunk = sum(s.params for s in stages if s.layer == "bn"), prod(stages[cut - 2].shape)
    slips: Slips = {
        "total": [(key - (width - 1) * side * side * units, "channels-forgotten"), (key - 10, "last-bias-missed"),
                  (key - units * width * (side * side - 1), "gap-assumed"), (key + bn, "bn-statistics-counted"),
                  (key + pools, "pooling-parameters"),
                  (key + (shrunk - width * side * side) * units, "last-pooling-missed")],
        "flat": [(side * side, "channels-forgotten"), (width, "gap-assumed"), (width * side, "one-axis"),
                 (shrunk, "last-pooling-missed")],
    }
    why = f"Flatten keeps all {side}·{side}·{width} values; units have biases; pooling and statistics learn nothing."
    return Ask(
        f"Input {H}×{H}×{C}. Layers (filters, window, stride s, padding p; biases everywhere; batch norm learns a "
        f"scale and shift per channel; sizes round down): {'; '.join(map('`{}`'.format, layers))}. {ASKS[ask]}?",
        key,
        [*map(told, stages), f"The parameters add up to {key}." if total else f"Flatten gives {key} values."],
        [
            Wrong(ceiled, "ceil-for-floor", "Windows that do not fit are dropped."),
            Wrong(bare, "padding-forgotten", "Mind the padding of each convolution."),
            *(Wrong(value, slug, why) for value, slug in slips[ask]),
        ],
        picture=chain(grouped(layers), start=f"{H}×{H}×{C}"),
    )
