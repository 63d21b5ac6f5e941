"""Receptive field of residual blocks; the shortcut adds nothing to it."""

from generators.authoring import Ask, Wrong, about, drawn
from generators.diagrams import residual


@about("residual networks", "Apply", "intermediate", kinds="MCQ NAT", minutes=1.5, version=2)
@drawn(block=["basic", "bottleneck"], n=range(1, 17))
def question(block: str, n: int) -> Ask:
    per = 4 if block == "basic" else 2
    key = 1 + n * per
    made = "two 3×3 convolutions" if block == "basic" else "a 1×1, a 3×3 and a 1×1 convolution"
    branch = ["3×3", "3×3"] if block == "basic" else ["1×1", "3×3", "1×1"]
    why = f"A {block} block widens the field by {per}: a 3×3 layer adds 2 pixels, a 1×1 layer and the shortcut none."
    slips = [(1 + n * (6 - per), "blocks-confused"), (n * per, "start-forgotten"), (1 + 6 * n, "three-layers-of-3x3"),
             (3 * n, "sizes-added"), (1, "shortcut-only"), (1 + n * 2 * per, "shortcut-doubles"),
             (key + 2, "one-too-many")]
    return Ask(
        f"{n} {block} residual block{'s' * (n > 1)} ({made}, stride 1, identity shortcut) follow each other. How wide "
        "is the receptive field of an output unit, in pixels of the first block's input?",
        key,
        ["Each 3×3 layer adds $3 - 1 = 2$ pixels, each 1×1 layer 0; the longest path counts.",
         rf"$1 + {n} \cdot {per} = {key}$."],
        [Wrong(value, slug, why) for value, slug in slips],
        picture=residual(branch, repeated=f"{n} such block{'s' * (n > 1)} in a row"),
    )
