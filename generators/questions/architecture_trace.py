"""Shapes inside well-known networks, two to four stages at a time."""

from generators.architectures import NETWORKS, shapes
from generators.authoring import Ask, Stream, Wrong, about, drawn
from generators.diagrams import chain


def blanks(draw: Stream, network: str) -> list[int]:
    """Two to four stages, in order."""
    return sorted(draw.sample(range(len(NETWORKS[network][2])), draw.integer(2, 4)))


@about("architectures", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=4, version=2)
@drawn(network=list(NETWORKS), size=lambda network: NETWORKS[network][1], at=blanks)
def question(network: str, size: int, at: list[int]) -> Ask:
    stages = shapes(network, size)
    before = [(size, NETWORKS[network][0]), *((width, channels) for _, width, channels in stages)]
    key = [list(stages[i][1:]) for i in at]
    usual = shapes(network, 224) if size < 224 and network != "LeNet-5" else stages
    return Ask(
        f"{network}, as its paper describes it (layers on several GPUs counted together), runs on an image of "
        f"{size}×{size} pixels and {NETWORKS[network][0]} channel{'s' * (NETWORKS[network][0] > 1)}. For the outputs "
        f"after {'; '.join(stages[i][0] for i in at)}, write one row each: width in pixels, channels.",
        key,
        [f"{name}: {width}×{width}×{channels}." for name, width, channels in stages[: at[-1] + 1]],
        [
            Wrong([list(before[i]) for i in at], "one-stage-early", "These are the inputs of the stages."),
            Wrong([list(before[min(i + 2, len(stages))]) for i in at], "one-stage-late", "These are the stages after."),
            Wrong([[size, channels] for _, channels in key], "strides-ignored", "Strides and pooling shrink the map."),
            Wrong([list(usual[i][1:]) for i in at], "size-from-memory",
                  "The well-known sizes are those of a 224×224 input."),
            Wrong([row[::-1] for row in key], "columns-swapped", "Width first, then channels."),
            Wrong([[width, before[i][1]] for (width, _), i in zip(key, at, strict=True)], "channels-before",
                  "Each stage changes the channels; write those after it."),
        ],
        picture=chain([name for name, _, _ in stages[: at[-1] + 1]], ["?" * (i in at) for i in range(at[-1] + 1)],
                      start=f"{size}×{size}×{NETWORKS[network][0]}"),
    )
