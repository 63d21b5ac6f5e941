"""Follows the input pixels that the outputs 0 and 1 see, layer by layer."""
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple


class Field(NamedTuple):
    size: int
    jump: int


@dataclass(frozen=True)
class Interval:
    first: int
    last: int

    def through(self, layer):
        stride, dilation = layer.get("stride", 1), layer.get("dilation", 1)
        first = self.first * stride
        return Interval(first, self.last * stride + (layer["kernel_size"] - 1) * dilation)


def receptive_field(layers):
    zero, one = (reduce(Interval.through, layers[::-1], Interval(i, i)) for i in (0, 1))
    return Field(zero.last - zero.first + 1, one.first - zero.first)
