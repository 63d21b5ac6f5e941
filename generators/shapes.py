"""Shapes and parameters of a network given as lines of text.

    conv 64 3x3 s1 p1      64 filters of 3×3, stride 1, padding 1 on every side, one bias per filter
    dw 3x3 s1 p1           depthwise: one filter for each channel, one bias per filter
    pool 2x2 s2 p0         max or average pooling
    relu · bn · dropout    no change of shape (batch norm learns a scale and a shift per channel)
    flatten · gap          C·H·W values; one mean per channel
    fc 10                  10 units with biases
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

from .draw import Redraw


class DoesNotFit(Redraw, ValueError):
    """A window is larger than what it moves over; a drawn network is drawn again."""


Shape = tuple[int, ...]
"""(channels, height, width), or (values,) once flat."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A layer with its output shape and its number of parameters."""

    layer: str
    shape: Shape
    params: int


def floor_size(n: int, S: int) -> int:
    """Output width of a window that can move over n pixels with stride S, rounded down."""
    return n // S + 1


def trace(layers: Sequence[str], shape: Shape, *, size: Callable[[int, int], int] = floor_size) -> list[Stage]:
    """The stages of a network on an input of this shape.

    Raises:
        DoesNotFit: if a window is larger than its input.
        ValueError: if a layer is unknown or not flattened before.
    """
    stages = []
    for layer in layers:
        shape, params = _step(layer, shape, size)
        stages.append(Stage(layer, shape, params))
    return stages


def _step(layer: str, shape: Shape, size: Callable[[int, int], int]) -> tuple[Shape, int]:
    name, *rest = layer.split()
    if name == "conv":
        channels, F, S, P = int(rest[0]), *_geometry(rest[1:])
        return (channels, *_sizes(layer, shape, F, S, P, size)), filters(F, shape[0], channels)
    if name in ("pool", "dw"):
        F, S, P = _geometry(rest)
        return (shape[0], *_sizes(layer, shape, F, S, P, size)), filters(F, 1, shape[0]) if name == "dw" else 0
    if name == "fc":
        if len(shape) != 1:
            raise ValueError(f"{layer}: flatten first")
        return (int(rest[0]),), (shape[0] + 1) * int(rest[0])
    if name in ("flatten", "gap"):
        return (prod(shape) if name == "flatten" else shape[0],), 0
    if name in ("relu", "dropout", "bn"):
        return shape, 2 * shape[0] if name == "bn" else 0
    raise ValueError(f"unknown layer: {layer}")


def filters(F: int, Ci: int, Co: int, own: int = 1) -> int:
    """Parameters of Co filters of F×F×Ci; each has `own` more: its bias, or batch norm's scale and shift."""
    return (F * F * Ci + own) * Co


def fits(layers: Sequence[str], shape: Shape) -> bool:
    """Whether no window is larger than what it moves over."""
    try:
        return bool(trace(layers, shape))
    except DoesNotFit:
        return False


def cost(layer: str, before: Shape, after: Shape) -> int:
    """Multiply-adds of a convolution or a fully connected layer (biases not counted); 0 for others."""
    name, *rest = layer.split()
    if name == "conv":
        return _geometry(rest[1:])[0] ** 2 * before[0] * prod(after)
    return before[0] * after[0] if name == "fc" else 0


def _geometry(words: list[str]) -> tuple[int, int, int]:
    """'3x3 s1 p1' as filter size, stride, padding."""
    return int(words[0].split("x")[0]), int(words[1][1:]), int(words[2][1:])


def _sizes(layer: str, shape: Shape, F: int, S: int, P: int, size: Callable[[int, int], int]) -> Shape:
    spans = [side - F + 2 * P for side in shape[1:]]
    if min(spans) < 0:
        raise DoesNotFit(f"{layer}: the window is larger than the padded input {shape}")
    return tuple(size(span, S) for span in spans)


def written(shape: Shape) -> str:
    """As the field writes it: 28×28×16 (height, width, channels), or 512."""
    return "×".join(map(str, (*shape[1:], shape[0])))


def told(stage: Stage) -> str:
    """A line of a worked solution."""
    return f"`{stage.layer}`: {written(stage.shape)}{f', {stage.params} parameters' if stage.params else ''}."
