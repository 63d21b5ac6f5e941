"""Layers as dataclasses, the two names bound to callable objects and partials."""
from dataclasses import dataclass
from functools import partial
from math import floor


@dataclass
class Conv:
    out_channels: int
    kernel_size: int
    stride: int = 1
    padding: int = 0

    def shape(self, c, h, w):
        size = lambda n: floor((n - self.kernel_size + 2 * self.padding) / self.stride + 1)
        return self.out_channels, size(h), size(w)

    def params(self, c, h, w):
        return self.out_channels * (1 + c * self.kernel_size**2)


@dataclass
class Pool:
    kernel_size: int = 2
    stride: int | None = None
    padding: int = 0

    def shape(self, c, h, w):
        stride = self.kernel_size if self.stride is None else self.stride
        return c, *Conv(c, self.kernel_size, stride, self.padding).shape(c, h, w)[1:]

    def params(self, *shape):
        return 0


@dataclass
class Same:
    per_channel: int = 0

    def shape(self, *shape):
        return shape

    def params(self, *shape):
        return self.per_channel * shape[0]


@dataclass
class Gap:
    def shape(self, c, h, w):
        return c, 1, 1

    def params(self, *shape):
        return 0


@dataclass
class Flatten:
    def shape(self, c, h, w):
        return (c * h * w,)

    def params(self, *shape):
        return 0


@dataclass
class Linear:
    out_features: int

    def shape(self, n):
        return (self.out_features,)

    def params(self, n):
        return self.out_features + n * self.out_features


KINDS = dict(conv=Conv, maxpool=Pool, avgpool=Pool, gap=Gap, flatten=Flatten, fc=Linear, relu=Same, dropout=Same,
             batchnorm=partial(Same, 2))


class Walk:
    def __init__(self, what):
        self.what = what

    def __call__(self, input_shape, layers_config):
        found, shape = [], tuple(input_shape)
        for config in layers_config:
            config = dict(config)
            layer = KINDS[config.pop("type")](**config)
            after = layer.shape(*shape)
            found.append(after if self.what == "shape" else layer.params(*shape))
            shape = after
        return found


compute_output_shape = Walk("shape")
count_parameters = Walk("params")

if __name__ == "__main__":
    print(compute_output_shape((1, 28, 28), [{"type": "conv", "out_channels": 16, "kernel_size": 5}]))
