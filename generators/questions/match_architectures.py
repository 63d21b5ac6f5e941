"""Match networks with what each is known for."""

from generators.authoring import Match, Stream, about, drawn

FACTS = {
    "LeNet-5": ["digits with convolutions, about 60 thousand parameters", "32×32 input, 5×5 filters, 1998"],
    "AlexNet": ["ReLU, dropout and two GPUs, 2012", "five convolution layers, the first 11×11 with stride 4"],
    "VGG-16": ["all its convolutions are 3×3, 138 million parameters",
               "thirteen convolutions, three dense layers"],
    "GoogLeNet": ["parallel branches concatenated along the channels", "1×1 reducers, about 7 million parameters"],
    "ResNet-50": ["identity shortcuts around bottleneck blocks",
                  "a block's input is added to its output, 25.6 million"],
    "MobileNetV2": ["inverted residuals with depthwise convolutions",
                    "blocks that expand, filter depthwise, project linearly"],
    "EfficientNet-B0": ["depth, width and resolution scaled together",
                        "base of compound scaling, 5.3 million parameters"],
    "DenseNet": ["every layer gets all earlier maps, concatenated", "feature reuse by concatenation in dense blocks"],
}


def choice(draw: Stream) -> list[list[int]]:
    """Five networks with one of their facts each; of the last one only the fact is shown, as a distractor."""
    return [[i, draw.below(2)] for i in draw.sample(range(len(FACTS)), 5)]


@about("architectures", "Remember", "beginner", kinds="MATCH", minutes=1.5, version=2)
@drawn(chosen=choice)
def question(chosen: list[list[int]]) -> Match:
    names = list(FACTS)
    pairs = {names[i]: FACTS[names[i]][k] for i, k in chosen}
    extra = pairs.pop(names[chosen[-1][0]])
    steps = [f"{name}: {fact}." for name, fact in pairs.items()]
    return Match("Match each network with its description (one description is left over).", pairs, steps, [extra])
