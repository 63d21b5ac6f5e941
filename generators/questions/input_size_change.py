"""What a network does when it meets images of another size: flatten, a global mean, or convolutions to the end."""

from generators.authoring import Line, Stream, Which, about, drawn
from generators.shapes import fits, trace, written

CONV = "conv 10 1x1 s1 p0"
SAID = {"same": "It runs and gives 10 scores, as it did before.",
        "map": "It gives 10 scores at more than one position.", "head": "It stops at `{}`: so many values do not fit.",
        "window": "It stops earlier: one window does not fit in."}


def network(draw: Stream, C: int, old: int) -> list[str]:
    """Blocks of convolution and pooling, then one of three heads that give 10 scores for an old×old image."""
    layers = []
    for width in draw.pick([[8, 16], [16, 32], [8, 16, 32]]):
        F = draw.pick([3, 5])
        layers += [f"conv {width} {F}x{F} s1 p{draw.pick([0, F // 2])}", "pool 2x2 s2 p0"]
    side = "{1}x{2} s1 p0".format(*trace(layers, (C, old, old))[-1].shape)
    return [*layers, *draw.pick([["flatten", "fc 64", "fc 10"], ["gap", "fc 10"], [f"conv 64 {side}", CONV]])]


def outcome(layers: list[str], C: int, old: int, new: int) -> str:
    """A key of SAID; none where it is the head whose window is too large."""
    if not fits(layers, (C, new, new)):
        return "" if fits(layers[:-2], (C, new, new)) else "window"
    before, now = trace(layers, (C, old, old)), trace(layers, (C, new, new))
    pairs = zip(layers[1:], before, now, strict=False)
    if any(layer.startswith("fc") and was.shape != got.shape for layer, was, got in pairs):
        return "head"
    return "same" if before[-1].shape == now[-1].shape else "map"


@about("layer trace", "Analyze", "intermediate", kinds="MCQ", marks=2, minutes=3)
@drawn(wanted=list(SAID), C=[1, 3], old=[28, 32, 48], new=[8, 10, 12, 16, 29, 33, 40, 56, 64, 96], layers=network,
       where=lambda wanted, C, old, new, layers: outcome(layers, C, old, new) == wanted)
def question(wanted: str, C: int, old: int, new: int, layers: list[str]) -> Which:
    head = next((layer for layer in layers if layer.startswith("fc")), layers[-2])
    steps = [f"For {old}×{old}, `{s.layer}` gives {written(s.shape)}." for s in trace(layers, (C, old, old))]
    alike = "`gap` gives a mean per channel at any size" if "gap" in layers else "Sizes round down: no map is larger"
    told = {"same": alike + ", so the head gets as much as before",
            "map": f"`{head}` and the last layer slide over what is left of {new}×{new}: one set of scores a position",
            "head": f"`{head}` is made for another number of values", "window": "A window needs more"}[wanted]
    lines = [Line(text.format(head), f"{name}-for-{wanted}" * (name != wanted),
                  f"“{text.format(head)}” would be another case. {told}.") for name, text in SAID.items()]
    return Which(f"A network for {old}×{old}×{C} images: {'; '.join(map('`{}`'.format, layers))} (filters, window, "
                 f"stride, padding; `gap`: channel means; sizes round down) gets one of {new}×{new}×{C}. What happens?",
                 lines, [*steps, f"{told}."])
