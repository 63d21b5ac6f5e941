"""Widths of outputs, paddings and receptive fields, counted window by window and pixel by pixel."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import torch
from torch import nn

from tests.generators.oracles.instruments import conv, image, oracle, positions, seen


@oracle
def output_size(W: int, F: int, P: int, S: int) -> int:
    return positions(W, F, P, S)


@oracle
def inverse_size(ask: str, W: int, F: int, P: int, S: int) -> int:
    wanted = positions(W, F, P, S)
    if ask == "P":
        return next(p for p in range(50) if W + 2 * p >= F and positions(W, F, p, S) == wanted)
    if ask == "S":
        return next(s for s in range(1, 300) if positions(W, F, P, s) == wanted)
    return next(f for f in range(W + 2 * P, 0, -1) if positions(W, f, P, S) == wanted)


@oracle
def shrink_chain(W: int, F: int, P: int, n: int) -> int:
    for _ in range(n):
        W = positions(W, F, P, 1)
    return W


@oracle
def padding_modes(mode: str, W: int, F: int, S: int) -> int:
    return len(np.convolve(np.ones(W), np.ones(F), mode)[::S])  # type: ignore[call-overload]


@oracle
def window_cover(F: int, W: int, P: int, i: int, j: int) -> int:
    ones = nn.functional.unfold(torch.ones(1, 1, W, W), F, padding=P)
    return int(nn.functional.fold(ones, (W, W), F, padding=P)[0, 0, i, j])


@oracle
def same_padding(ask: str, F: int, D: int) -> int:
    x = image(1, 96)
    if ask == "F":
        P = same_padding("P", F, D)
        layers = (nn.Conv2d(1, 1, f, padding=P, dilation=D, device="meta") for f in range(1, 99))
        return next(layer.kernel_size[0] for layer in layers if layer(x).shape[3] == 96)
    return next(P for P in range(60) if nn.functional.pad(x, [P] * 4).unfold(3, D * (F - 1) + 1, 1).shape[3] == 96)


@oracle
def same_layers(W: int, layers: Iterable[tuple[int, int, int]]) -> list[bool]:
    return [conv(1, 1, F, S=S, P=P)(image(1, W)).shape[3] == W for F, P, S in layers]


@oracle
def receptive_field(n: int, F: list[int], S: list[int]) -> int:
    return seen(F, S)


@oracle
def receptive_depth(ask: str, F: int, n: int, W: int) -> int:
    if ask == "width":
        return _stack(F, n)
    return next(depth for depth in range(1, 300) if _stack(F, depth) >= W)


@cache
def _stack(F: int, n: int) -> int:
    return seen([F] * n, [1] * n)


@oracle
def block_field(block: str, n: int, F: int) -> int:
    windows = ([F, F] if block == "basic" else [1, F, 1]) * n
    return seen(windows, [1] * len(windows))
