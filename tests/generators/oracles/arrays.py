"""Arrays of numbers: layers run forward by torch, gradients by autograd."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn

from tests.generators.oracles.instruments import f64, oracle


@oracle
def conv_by_hand(X: Any, K: Any, b: int, S: int) -> Any:
    return nn.functional.conv2d(f64([[X]]), f64([[K]]), f64([b]), stride=S)[0, 0].numpy()


@oracle
def conv_1d(x: list[int], f: list[int], S: int) -> Any:
    return np.correlate(x, f, "valid")[::S]


@oracle
def conv_channels(X: Any, K: Any, b: int) -> Any:
    return nn.functional.conv2d(f64([X]), f64([K]), f64([b]))[0, 0].numpy()


@oracle
def pooling(mode: str, F: int, S: int, X: Any) -> Any:
    pool = nn.functional.max_pool2d if mode == "max" else nn.functional.avg_pool2d
    return pool(f64([[X]]), F, S)[0, 0].numpy()


@oracle
def pool_backward(mode: str, X: Any, dout: Any) -> Any:
    x = f64([[X]], requires_grad=True)
    y = nn.functional.max_pool2d(x, 2) if mode == "max" else nn.functional.avg_pool2d(x, 2)
    return torch.autograd.grad(y, x, f64([[dout]]))[0][0, 0].numpy()


@oracle
def conv_backward(ask: str, X: Any, K: Any, dout: Any) -> Any:
    x, k, b = f64([[X]], requires_grad=True), f64([[K]], requires_grad=True), f64([0.0], requires_grad=True)
    y = nn.functional.conv2d(x, k, b)
    gradient = torch.autograd.grad(y, {"dX": x, "dK": k, "db": b}[ask], f64([[dout]]))[0].numpy()
    return gradient.reshape(gradient.shape[-2:] if ask != "db" else (1, 1))


@oracle
def softmax_gradient(n: int, weights: Any, labels: list[int]) -> Any:
    z = torch.log(f64(weights)).requires_grad_()
    return torch.autograd.grad(nn.functional.cross_entropy(z, torch.tensor(labels)), z)[0].numpy()


@oracle
def gradcam(n: int, A: Any, G: Any) -> Any:
    maps = f64([A], requires_grad=True)
    gradient = torch.autograd.grad((maps * f64([G])).sum(), maps)[0]
    return nn.functional.conv2d(maps, nn.functional.adaptive_avg_pool2d(gradient, 1)).relu()[0, 0].detach().numpy()


@oracle
def cosine_similarity(u: list[int], v: list[int]) -> float:
    return float(nn.functional.cosine_similarity(f64([u]), f64([v])))


@oracle
def residual_gradient(halves: list[int]) -> float:
    x = f64(1.0, requires_grad=True)
    y = x
    for half in halves:
        y = y * (half / 2) + y
    return float(torch.autograd.grad(y, x)[0])


@oracle
def residual_jacobian(J: Any) -> Any:
    x = f64([1.0, 2.0], requires_grad=True)
    y = f64(J) @ x + x
    return np.stack([torch.autograd.grad(y[i], x, retain_graph=True)[0].numpy() for i in range(2)])


@oracle
def residual_expression(branch: int, shortcut: int, blocks: int) -> dict[str, float]:
    out = {}
    for D in (-2.0, 0.5, 3.0):
        x = f64(1.0, requires_grad=True)
        y = x
        for _ in range(blocks):
            y = branch * (D * y) + shortcut * y
        out[f"D={D}"] = float(torch.autograd.grad(y, x)[0])
    return out
