"""A small network, layer by layer: sizes, the flattened length, the total of parameters."""

from generators.architectures import grouped, small_network
from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import chain
from generators.shapes import trace, written

ASKS = {"total": "How many parameters does the whole network learn", "flat": "How many values does flatten give"}


@about("layer trace", "Apply", "intermediate", kinds="MCQ NAT", marks=2, minutes=4)
@drawn(ask=["total", "total", "flat"], H=[28, 30, 32, 36, 48, 64], C=[1, 3], layers=small_network)
def question(ask: str, H: int, C: int, layers: list[str]) -> Ask:
    stages = trace(layers, (C, H, H))
    up = trace(layers, (C, H, H), size=lambda n, S: -(-n // S) + 1)
    tight = trace([layer.replace("p1", "p0").replace("p2", "p0") for layer in layers], (C, H, H))
    cut = layers.index("flatten")
    keys = [sum(s.params for s in run) if ask == "total" else run[cut].shape[0] for run in (stages, up, tight)]
    (width, side, _), total, key = stages[cut - 1].shape, ask == "total", keys[0]
    units = next(s.shape[0] for s in stages if s.layer.startswith("fc"))
    bn = sum(s.params for s in stages if s.layer == "bn")
    steps = [f"`{s.layer}`: {written(s.shape)}" + (f", {s.params} parameters" if s.params else "") + "."
             for s in stages]
    return Ask(
        f"Input {H}×{H}×{C}. Layers (filters, window, stride s, padding p; biases everywhere; batch norm learns a "
        f"scale and a shift per channel; sizes round down): {'; '.join(f'`{layer}`' for layer in layers)}. "
        f"{ASKS[ask]}?",
        key,
        [*steps, f"The parameters add up to {key}." if total else f"Flatten gives {key} values."],
        [
            Wrong(keys[1], "ceil-for-floor", "Windows that do not fit are dropped."),
            Wrong(keys[2], "padding-forgotten", "Mind the padding of each convolution."),
            Wrong(key - (width - 1) * side * side * units if total else side * side, "channels-forgotten",
                  "Flatten keeps all channels."),
            Wrong(key - units * (width * (side * side - 1)) if total else width, "gap-assumed",
                  "Flatten, not average."),
            Wrong(key - 10 if total else 4 * key, "last-one-missed", "Count every bias and every pooling."),
            Wrong(key + bn if total else None, "bn-buffers-counted", "Running statistics are not learned."),
            Wrong(key + 9 * width * width + width if total else 2 * key, "pooling-parameters",
                  "Pooling learns nothing."),
        ],
        picture=chain(grouped(layers), start=f"{H}×{H}×{C}"),
    )
