"""Networks run layer by layer on meta tensors, and statements about what comes out."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

from generators.architectures import NETWORKS
from tests.generators.oracles.instruments import conv, count, flops, image, linear, module, oracle, positions, seen


@oracle
def layer_trace(ask: str, H: int, C: int, layers: list[str]) -> int:
    x, total = image(C, H), 0
    for line in layers:
        layer = module(line, x.shape[1], x.shape[1])
        x, total = layer(x), total + count(layer)
        if line == "flatten" and ask == "flat":
            return x.shape[1]
    return total


@cache
def _architecture(network: str, size: int) -> list[list[int]]:
    """All stages run by torch on a meta tensor."""
    x, rows = image(NETWORKS[network][0], size), []
    for _, channels, F, S, P in NETWORKS[network][2]:
        x = conv(x.shape[1], channels, F, S=S, P=P)(x) if channels else nn.MaxPool2d(F, S, P)(x)
        rows.append([x.shape[3], x.shape[1]])
    return rows


@oracle
def architecture_trace(network: str, size: int, at: list[int]) -> Any:
    return np.array([_architecture(network, size)[i] for i in at])


@oracle
def layer_statements(W: int, F: int, P: int, S: int, Ci: int, Co: int, lines: list[list[Any]]) -> tuple[int, ...]:
    """The numbers that right statements would name."""
    layer = conv(Ci, Co, F, S=S, P=P)
    out = layer(image(Ci, W))
    numbers = {
        "width": out.shape[3],
        "channels": out.shape[1],
        "filter": layer.weight[0].numel(),
        "params": count(layer),
        "values": out.numel(),
        "macs": flops(layer, Ci, W) // 2,
    }
    return tuple(numbers[name] for name, _ in lines)


@oracle
def spot_error(task: str, a: int, b: int, c: int, d: int, wrong: int) -> list[list[int]]:
    """The right values of all lines."""
    return [_LINES[task](a, b, c, d)]


def _size_lines(a: int, b: int, c: int, d: int) -> list[int]:
    padded = len(range(-c, a + c))
    return [padded, padded - b, positions(a, b, c, d) - 1, positions(a, b, c, d)]


def _params_lines(a: int, b: int, c: int, d: int) -> list[int]:
    layer = conv(a, d, b)
    return [layer.weight[0, 0].numel(), layer.weight[0].numel(), layer.weight.numel(), count(layer)]


def _field_lines(a: int, b: int, c: int, d: int) -> list[int]:
    strides = [d, c, 1]
    return [seen([b], [d]), seen([b] * 2, strides[:2]), int(np.prod(strides[:2])), seen([b] * 3, strides)]


def _separable_lines(a: int, b: int, c: int, d: int) -> list[int]:
    deep, point = conv(a, a, b, False, groups=a), conv(a, int(f"{c}{d}"), 1, False)
    return [deep.weight[0].numel(), count(deep), count(point), count(deep, point)]


def _macs_lines(a: int, b: int, c: int, d: int) -> list[int]:
    layer = conv(3, d, b, S=c)
    out = layer(image(3, a))
    return [out.shape[3], layer.weight[0].numel(), out.numel(), flops(layer, 3, a) // 2]


def _dense_lines(a: int, b: int, c: int, d: int) -> list[int]:
    x = image(d, b)
    return [x[0, 0].numel(), x.numel(), linear(x.numel(), a, False), linear(x.numel(), a)]


_LINES = {
    "size": _size_lines,
    "params": _params_lines,
    "field": _field_lines,
    "separable": _separable_lines,
    "macs": _macs_lines,
    "dense": _dense_lines,
}


@oracle
def input_size_change(wanted: str, C: int, old: int, new: int, layers: list[str]) -> list[bool]:
    """The network is built for the old size and run on the new one; where torch fails tells which case it is."""
    x, run = image(C, old), []
    for line in layers:
        run.append(_head(line, x))
        x = run[-1](x)
    scores, x, stopped = x.numel(), image(C, new), None
    for k, layer in enumerate(run):
        try:
            x = layer(x)
        except RuntimeError:
            stopped = "head" if k >= len(run) - 2 else "window"
            break
    happened = stopped or ("same" if x.numel() == scores else "map")
    return [name == happened for name in ("same", "map", "head", "window")]


def _head(line: str, x: torch.Tensor) -> nn.Module:
    if line == "gap":
        return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
    return module(line, x.shape[1], x.shape[1])


@oracle
def connection_sparsity(ask: str, W: int, F: int, C: int, K: int) -> float:
    """Windows cut out by torch: each value of a window is joined with every filter."""
    windows = nn.functional.unfold(image(C, W), F)
    return 100 * windows.shape[1] / image(C, W).numel() if ask == "share" else windows.numel() * K


@oracle
def mlp_params(inputs: int, hidden: list[int], out: int) -> int:
    return sum(linear(a, b) for a, b in pairwise([inputs, *hidden, out]))
