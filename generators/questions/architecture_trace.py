"""Shapes inside well-known networks, two to four stages at a time."""

from generators.architectures import NETWORKS, shapes
from generators.authoring import Ask, Stream, Wrong, about, drawn
from generators.diagrams import chain


def blanks(draw: Stream, network: str) -> list[int]:
    """Two to four stages, in order."""
    return sorted(draw.sample(range(len(NETWORKS[network][2])), draw.integer(2, 4)))


@about("architectures", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=4)
@drawn(network=list(NETWORKS), size=lambda network: NETWORKS[network][1], at=blanks)
def question(network: str, size: int, at: list[int]) -> Ask:
    stages = shapes(network, size)
    before = [(size, NETWORKS[network][0]), *((width, channels) for _, width, channels in stages)]
    key = [list(stages[i][1:]) for i in at]
    wide = {"LeNet-5": 28}.get(network, 224)
    usual = shapes(network, wide if wide != size else size // 2) if network != "LeNet-5" else stages
    return Ask(
        f"{network} runs on a {size}×{size} image with {NETWORKS[network][0]} "
        f"channel{'s' * (NETWORKS[network][0] > 1)}. For the "
        f"outputs after {'; '.join(stages[i][0] for i in at)}, write one row each: width in pixels, channels.",
        key,
        [f"{name}: {width}×{width}×{channels}." for name, width, channels in stages[: at[-1] + 1]],
        [
            Wrong([list(before[i]) for i in at], "one-stage-early", "These are the inputs of the stages."),
            Wrong([list(before[min(i + 2, len(stages))]) for i in at], "one-stage-late", "These are the stages after."),
            Wrong([[size, channels] for _, channels in key], "strides-ignored", "Strides and pooling shrink the map."),
            Wrong([list(usual[i][1:]) for i in at], "size-from-memory",
                  f"Known sizes are for another input than {size}."),
            Wrong([row[::-1] for row in key], "columns-swapped", "Width first, then channels."),
            Wrong([[width, before[i][1]] for (width, _), i in zip(key, at, strict=True)], "channels-before",
                  "Channels after it."),
        ],
        picture=chain([name for name, _, _ in stages[: at[-1] + 1]], ["?" * (i in at) for i in range(at[-1] + 1)],
                      start=f"{size}×{size}×{NETWORKS[network][0]}"),
    )
