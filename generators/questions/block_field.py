"""Receptive field of residual blocks; the shortcut adds nothing to it."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import residual

BLOCKS = {"basic": ("two 3×3 convolutions", [3, 3]), "bottleneck": ("a 1×1, a 3×3 and a 1×1 convolution", [1, 3, 1])}


@about("residual networks", "Apply", "intermediate", kinds="MCQ NAT", minutes=1.5, version=3)
@drawn(block=list(BLOCKS), n=range(1, 17))
def question(block: str, n: int) -> Ask:
    made, sides = BLOCKS[block]
    other, wide, per = "basic" if block == "bottleneck" else "bottleneck", sides.count(3), sum(sides) - len(sides)
    key = 1 + n * per
    return Ask(
        f"A network is made of {n} {block} residual block{'s' * (n > 1)} ({made}, stride 1, identity shortcut). How "
            "wide is the receptive field of an output unit, in pixels of the first block's input?",
        key,
        ["Each 3×3 layer adds $3 - 1 = 2$ pixels, each 1×1 layer 0; the longest path counts.",
         rf"$1 + {n} \cdot {per} = {key}$."],
        [
            Wrong(1 + n * wide, "one-side-only", "You added 1 pixel for a 3×3 layer; it reaches 1 to both sides."),
            Wrong(1 + 3 * n * wide, "kernel-for-growth", "You added 3 pixels for a 3×3 layer; it adds 3 − 1 = 2."),
            Wrong(1 + n * (6 - per), "blocks-confused", f"This is the field of {other} blocks; these have {made}."),
            Wrong(n * per, "start-forgotten", f"{n} · {per} pixels are added to the 1 pixel that a unit starts with."),
            Wrong(1 + 6 * n, "three-layers-of-3x3", f"You counted three 3×3 layers in a block; it has {made}."),
            Wrong(n * sum(sides), "sizes-added",
                  f"You added {' + '.join(map(str, sides))} pixels a block; a layer adds its filter's side less 1."),
            Wrong(1, "shortcut-only", f"1 pixel is what the shortcuts see; the branches add {n} · {per}."),
            Wrong(1 + 2 * n * per, "shortcut-doubles",
                  f"You added {per} pixels for the shortcut of each block too; it adds none."),
            Wrong(1 + per, "one-block-only", f"This is the field after one block; each of {n} adds {per} pixels."),
        ],
        picture=residual([f"{F}×{F}" for F in sides], repeated=f"{n} such block{'s' * (n > 1)} in a row"),
    )
