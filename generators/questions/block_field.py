"""Receptive field of residual blocks; the shortcut adds nothing to it."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import residual

BLOCKS = {"basic": "two {F}×{F} convolutions", "bottleneck": "a 1×1, a {F}×{F} and a 1×1 convolution"}


@about("residual networks", "Apply", "intermediate", kinds="MCQ NAT", minutes=1.5, version=4)
@drawn(block=list(BLOCKS), n=range(1, 17), F=[3, 5, 7])
def question(block: str, n: int, F: int = 3) -> Ask:
    made, sides = BLOCKS[block].format(F=F), [F, F] if block == "basic" else [1, F, 1]
    other, wide, side = "basic" if block == "bottleneck" else "bottleneck", sides.count(F), f"a {F}×{F} layer"
    per, grow, several = wide * (F - 1), F - 1, "s" * (n > 1)
    key = 1 + n * per
    return Ask(
        f"A network is made of {n} {block} residual block{several} ({made}, stride 1, identity shortcut). How wide is "
        "the receptive field of an output unit, in pixels of the first block's input?",
        key,
        [f"Each {F}×{F} layer adds ${F} - 1 = {grow}$ pixels, each 1×1 layer 0; the longest path counts.",
         rf"$1 + {n} \cdot {per} = {key}$."],
        [
            Wrong(1 + n * per // 2, "one-side-only", f"You added {grow // 2} for {side}; it reaches so far both ways."),
            Wrong(1 + F * n * wide, "kernel-for-growth", f"You added {F} pixels for {side}; it adds {F} − 1 = {grow}."),
            Wrong(1 + n * (3 - wide) * grow, "blocks-confused", f"This is what {other} blocks see; these have {made}."),
            Wrong(n * per, "start-forgotten", f"{n} · {per} pixels are added to the 1 pixel that a unit starts with."),
            Wrong(1 + 3 * n * grow, "three-wide-layers", f"You counted three {F}×{F} layers a block; it has {made}."),
            Wrong(n * sum(sides), "sizes-added",
                  f"You added {' + '.join(map(str, sides))} pixels a block; a layer adds its filter's side less 1."),
            Wrong(1, "shortcut-only", f"1 pixel is what the shortcuts see; the branches add {n} · {per}."),
            Wrong(1 + 2 * n * per, "shortcut-doubles",
                  f"You added {per} pixels for the shortcut of each block too; it adds none."),
            Wrong(1 + per, "one-block-only", f"This is the field after one block; each of {n} adds {per} pixels."),
        ],
        picture=residual([f"{side}×{side}" for side in sides], repeated=f"{n} such block{several} in a row"),
    )
