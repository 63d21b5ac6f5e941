"""Shapes of well-known networks as data: stages of (name, channels or None to keep them, window, stride, padding).

A composite stage (residual stage, Inception module, inverted residual) is given by what it does to the shape.
"""

from __future__ import annotations

from .draw import Stream

Stage = tuple[str, int | None, int, int, int]


def _vgg() -> tuple[Stage, ...]:
    stages: list[Stage] = []
    for block, (count, channels) in enumerate([(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], 1):
        stages += [(f"conv{block}_{k} 3×3", channels, 3, 1, 1) for k in range(1, count + 1)]
        stages.append((f"pool{block} 2×2/2", None, 2, 2, 0))
    return tuple(stages)


def _mobilenet() -> tuple[Stage, ...]:
    stages: list[Stage] = [("conv 3×3/2", 32, 3, 2, 1)]
    rows = [(16, 1, 1), (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1)]
    for channels, count, stride in rows:
        stages += [("", channels, 3, stride if k == 0 else 1, 1) for k in range(count)]
    named = [(f"inverted residual {k}", c, F, S, P) for k, (_, c, F, S, P) in enumerate(stages[1:], 1)]
    return (stages[0], *named, ("conv 1×1", 1280, 1, 1, 0))


_GOOGLENET: tuple[Stage, ...] = (
    ("conv 7×7/2", 64, 7, 2, 3), ("pool 3×3/2", None, 3, 2, 1), ("conv 1×1", 64, 1, 1, 0), ("conv 3×3", 192, 3, 1, 1),
    ("pool 3×3/2 (2)", None, 3, 2, 1), ("inception 3a", 256, 3, 1, 1), ("inception 3b", 480, 3, 1, 1),
    ("pool 3×3/2 (3)", None, 3, 2, 1), ("inception 4a", 512, 3, 1, 1), ("inception 4b", 512, 3, 1, 1),
    ("inception 4c", 512, 3, 1, 1), ("inception 4d", 528, 3, 1, 1), ("inception 4e", 832, 3, 1, 1),
    ("pool 3×3/2 (4)", None, 3, 2, 1), ("inception 5a", 832, 3, 1, 1), ("inception 5b", 1024, 3, 1, 1),
)  # fmt: skip
_ALEXNET: tuple[Stage, ...] = (
    ("conv 11×11/4, padding 2", 96, 11, 4, 2), ("pool 3×3/2", None, 3, 2, 0), ("conv 5×5, padding 2", 256, 5, 1, 2),
    ("pool 3×3/2 (2)", None, 3, 2, 0), ("conv 3×3, padding 1", 384, 3, 1, 1), ("conv 3×3, padding 1 (2)", 384, 3, 1, 1),
    ("conv 3×3, padding 1 (3)", 256, 3, 1, 1), ("pool 3×3/2 (3)", None, 3, 2, 0),
)  # fmt: skip

NETWORKS: dict[str, tuple[int, tuple[int, ...], tuple[Stage, ...]]] = {
    "LeNet-5": (1, (32,), (
        ("C1: conv 5×5", 6, 5, 1, 0), ("S2: pool 2×2/2", None, 2, 2, 0), ("C3: conv 5×5", 16, 5, 1, 0),
        ("S4: pool 2×2/2", None, 2, 2, 0), ("C5: conv 5×5", 120, 5, 1, 0),
    )),
    "AlexNet": (3, (224,), _ALEXNET),
    "VGG-16": (3, (112, 160, 224), _vgg()),
    "GoogLeNet": (3, (224,), _GOOGLENET),
    "ResNet-50": (3, (112, 160, 224), (
        ("conv1 7×7/2, padding 3", 64, 7, 2, 3), ("pool 3×3/2, padding 1", None, 3, 2, 1),
        ("stage conv2_x", 256, 3, 1, 1),
        ("stage conv3_x", 512, 3, 2, 1), ("stage conv4_x", 1024, 3, 2, 1), ("stage conv5_x", 2048, 3, 2, 1),
    )),
    "MobileNetV2": (3, (112, 160, 224), _mobilenet()),
}  # fmt: skip
"""Input channels, usual input sizes, stages."""
PARTS: dict[str, tuple[int, int, list[str]]] = {
    "LeNet-5's convolutional part": (
        1, 32, ["conv 6 5x5 s1 p0", "pool 2x2 s2 p0", "conv 16 5x5 s1 p0", "pool 2x2 s2 p0"],
    ),
    "AlexNet's beginning": (
        3, 224, ["conv 96 11x11 s4 p2", "pool 3x3 s2 p0", "conv 256 5x5 s1 p2", "pool 3x3 s2 p0"],
    ),
    "VGG-16's first block": (3, 224, ["conv 64 3x3 s1 p1", "conv 64 3x3 s1 p1", "pool 2x2 s2 p0"]),
    "VGG-16's second block": (64, 112, ["conv 128 3x3 s1 p1", "conv 128 3x3 s1 p1", "pool 2x2 s2 p0"]),
    "VGG-16's fourth block": (256, 28, [*["conv 512 3x3 s1 p1"] * 3, "pool 2x2 s2 p0"]),
    "ResNet-50's stem": (3, 224, ["conv 64 7x7 s2 p3", "pool 3x3 s2 p1"]),
    "a ResNet-50 bottleneck's branch": (256, 56, ["conv 64 1x1 s1 p0", "conv 64 3x3 s1 p1", "conv 256 1x1 s1 p0"]),
    "MobileNetV1's beginning": (3, 224, ["conv 32 3x3 s2 p1", "dw 3x3 s1 p1", "conv 64 1x1 s1 p0"]),
    "a MobileNetV2 block": (24, 56, ["conv 144 1x1 s1 p0", "dw 3x3 s2 p1", "conv 32 1x1 s1 p0"]),
    "EfficientNet-B0's beginning": (3, 224, ["conv 32 3x3 s2 p1", "dw 3x3 s1 p1", "conv 16 1x1 s1 p0"]),
    "an EfficientNet-B0 block": (24, 56, ["conv 144 1x1 s1 p0", "dw 5x5 s2 p2", "conv 40 1x1 s1 p0"]),
}  # fmt: skip
"""Parts of networks in the language of `shapes.py`: input channels, input size, layers."""


def shapes(network: str, size: int) -> list[tuple[str, int, int]]:
    """(stage, width in pixels, channels) after every stage, on a size×size input."""
    channels, _, stages = NETWORKS[network]
    out = []
    for name, wanted, F, S, P in stages:
        channels, size = wanted or channels, (size - F + 2 * P) // S + 1
        out.append((name, size, channels))
    return out


def small_network(draw: Stream, H: int) -> list[str]:
    """Two or three blocks of convolution, batch norm or not, ReLU, pooling; then one or two fully connected layers."""
    layers, bn = [], draw.below(3) == 0
    for width in draw.pick([[8, 16], [6, 16], [16, 32], [8, 16, 32], [16, 32, 64]]):
        F = draw.pick([3, 3, 5])
        layers += [f"conv {width} {F}x{F} s1 p{draw.pick([0, F // 2])}", *["bn"] * bn, "relu", "pool 2x2 s2 p0"]
    return [*layers, "flatten", *draw.pick([[], ["fc 64", "relu"], ["fc 120", "relu", "dropout"]]), "fc 10"]


def grouped(layers: list[str]) -> list[str]:
    """The layers with batch norm, activation and dropout in one line with what they follow."""
    lines: list[str] = []
    for layer in layers:
        if layer in ("bn", "relu", "dropout"):
            lines[-1] += f", {layer}"
        else:
            lines.append(layer)
    return lines
