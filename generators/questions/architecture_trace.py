"""Shapes inside well-known networks, two to four stages at a time."""

from generators.architectures import NETWORKS, shapes
from generators.authoring import Ask, Stream, Wrong, about, drawn
from generators.diagrams import chain


def blanks(draw: Stream, network: str) -> list[int]:
    """Two to four stages, in order."""
    return sorted(draw.sample(range(len(NETWORKS[network][2])), draw.integer(2, 4)))


@about("architectures", "Apply", "intermediate", kinds="MATRIX", marks=2, minutes=4, version=3)
@drawn(network=list(NETWORKS), size=lambda network: NETWORKS[network][1], at=blanks)
def question(network: str, size: int, at: list[int]) -> Ask:
    stages, colours = shapes(network, size), NETWORKS[network][0]
    before = [(size, colours), *((width, channels) for _, width, channels in stages)]
    key = [list(stages[i][1:]) for i in at]
    usual = shapes(network, 224) if size < 224 and network != "LeNet-5" else stages
    late = [list(before[i + 2]) for i in at] if at[-1] + 1 < len(stages) else None
    first, (width, channels) = stages[at[0]][0], key[0]
    wider = next((stages[i] for i in at if before[i][1] != stages[i][2]), stages[0])
    return Ask(
        f"{network}, as its paper describes it (layers on several GPUs counted together), runs on an image of "
        f"{size}×{size} pixels and {colours} channel{'s' * (colours > 1)}. For the outputs "
        f"after {'; '.join(stages[i][0] for i in at)}, write one row each: width in pixels, channels.",
        key,
        [f"{name}: {width}×{width}×{channels}." for name, width, channels in stages[: at[-1] + 1]],
        [
            Wrong([list(before[i]) for i in at], "one-stage-early",
                  f"You wrote what goes into each stage; {first} gives {width}×{width}×{channels}."),
            Wrong(late, "one-stage-late", f"You are one stage too far; {first} gives {width}×{width}×{channels}."),
            Wrong([[size, row[1]] for row in key], "strides-ignored",
                  f"You kept {size} pixels all the way; strides, pooling and missing padding shrink the map."),
            Wrong([list(usual[i][1:]) for i in at], "size-from-memory",
                  f"You wrote the well-known sizes; they belong to an image of 224×224, this one has {size}×{size}."),
            Wrong([row[::-1] for row in key], "columns-swapped",
                  f"You exchanged the columns: width first, then channels, so {width} {channels} for {first}."),
            Wrong([[row[0], before[i][1]] for row, i in zip(key, at, strict=True)], "channels-before",
                  f"You wrote the channels that a stage reads; {wider[0]} gives {wider[2]}."),
        ],
        picture=chain([name for name, _, _ in stages[: at[-1] + 1]], ["?" * (i in at) for i in range(at[-1] + 1)],
                      start=f"{size}×{size}×{colours}"),
    )
