"""Transposed, dilated and grouped convolutions, and filters that do something: run by torch."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from tests.generators.oracles.instruments import count, f64, flops, image, oracle


def _up(F: int, S: int, P: int = 0, Ci: int = 1, Co: int = 1) -> nn.Module:
    return nn.ConvTranspose2d(Ci, Co, F, stride=S, padding=P, device="meta")


@oracle
def transposed_size(W: int, F: int, S: int, P: int) -> int:
    return int(_up(F, S, P)(image(1, W)).shape[3])


@oracle
def transposed_params(F: int, Ci: int, Co: int, S: int) -> int:
    return count(_up(F, S, Ci=Ci, Co=Co))


@oracle
def transposed_by_hand(X: Any, K: Any, S: int) -> Any:
    return nn.functional.conv_transpose2d(f64([[X]]), f64([[K]]), stride=S)[0, 0].numpy()


@oracle
def dilated_size(W: int, F: int, D: int, P: int, S: int) -> int:
    return int(nn.Conv2d(1, 1, F, S, P, dilation=D, device="meta")(image(1, W)).shape[3])


@oracle
def dilated_field(F: int, n: int, D: list[int]) -> int:
    """Pixels on which the middle of the output depends, by autograd."""
    x = torch.ones(1, 1, 400, dtype=torch.float64, requires_grad=True)
    y = x
    for d in D:
        y = nn.functional.conv1d(y, f64([[[1.0] * F]]), dilation=d)
    (gradient,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2], x)
    touched = gradient[0, 0].nonzero().flatten()
    return int(touched[-1] - touched[0]) + 1


@oracle
def dilated_1d(D: int, n: int, x: list[int], f: list[int]) -> Any:
    return nn.functional.conv1d(f64([[x]]), f64([[f]]), dilation=D)[0, 0].numpy()


@oracle
def grouped_params(ask: str, G: int, Ci: int, Co: int, F: int, H: int) -> int:
    layer = nn.Conv2d(Ci, Co, F, padding=F // 2, groups=G, device="meta")
    return count(layer) if ask == "params" else flops(layer, Ci, H) // 2
