"""Parameters of layers, blocks and heads, counted in torch modules."""

from __future__ import annotations

import torch
from torch import nn

from generators.questions.transfer_head import BACKBONES
from tests.generators.oracles.instruments import conv, count, flops, image, linear, oracle, seen


@oracle
def conv_params(F: int, Ci: int, Co: int, H: int, bias: bool) -> int:
    return count(conv(Ci, Co, F, bias))


@oracle
def pool_params(ask: str, mode: str, F: int, C: int, H: int, K: int) -> int:
    pool = nn.MaxPool2d(F, 2) if mode == "max" else nn.AvgPool2d(F, 2)
    return count(nn.Sequential(conv(C, K, 3), pool)) if ask == "both" else count(pool)


@oracle
def fc_params(ask: str, H: int, C: int, N: int) -> int:
    x = image(C, H)
    x = x.mean((2, 3)) if ask == "gap" else x.flatten(1)
    return linear(x.shape[1], N)


@oracle
def fc_share(H: int, C: int, N: int, rest: int) -> float:
    layer = linear(image(C, H).numel(), N)
    return layer / (layer + rest) * 100


@oracle
def fc_vs_conv(ask: str, W: int, C: int, F: int, K: int) -> int:
    layer, x = conv(C, K, F), image(C, W)
    if ask == "inputs":
        return x.numel()
    if ask == "window":
        return layer.weight[0].numel()
    if ask == "dense":
        return linear(x.numel(), K)
    if ask == "conv":
        return count(layer)
    if ask == "unshared":
        return nn.functional.unfold(x, F, padding=F // 2).numel()
    return count(conv(C, 1, F))


@oracle
def fc_ratio(W: int, C: int, F: int, K: int, bias: bool) -> float:
    return linear(image(C, W).numel(), K, bias) / count(conv(C, K, F, bias))


@oracle
def param_ratio(large: int, small: int) -> float:
    """Bisection for the factor that takes B to A."""
    low, high = 0.0, 1e4
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if middle * small < large else (low, middle)
    return high


@oracle
def one_by_one(ask: str, Ci: int, Co: int, H: int) -> int:
    layer = conv(Ci, Co, 1)
    if ask == "params":
        return count(layer)
    if ask == "macs":
        return flops(layer, Ci, H) // 2
    return count(layer, conv(Co, Ci, 3))


@oracle
def separable(ask: str, F: int, Ci: int, Co: int, bias: str) -> float:
    parts = count(conv(Ci, Ci, F, bias == "both", groups=Ci), conv(Ci, Co, 1, bias != "none"))
    return parts if ask == "params" else count(conv(Ci, Co, F, bias != "none")) / parts


@oracle
def stacked_filters(ask: str, n: int, C: int) -> float:
    stack, field = count(*[conv(C, C, 3, False)] * n), seen([3] * n, [1] * n)
    large = count(conv(C, C, field, False))
    return {"saving": 100 * (large - stack) / large, "weights": stack, "field": field}[ask]


@oracle
def stacked_expression(F: int, n: int, bias: bool, width: int = 1) -> dict[str, float]:
    return {f"C={C}": count(*[conv(width * C, width * C, F, bias)] * n) for C in (1, 2, 3, 5)}


def _with_norm(layers: list[nn.Conv2d], bn: bool) -> int:
    return count(*layers, *[nn.BatchNorm2d(layer.out_channels, device="meta") for layer in layers if bn])


@oracle
def bottleneck(ask: str, m: int, bn: bool) -> float:
    w = 4 * m
    neck = _with_norm([conv(w, m, 1, not bn), conv(m, m, 3, not bn), conv(m, w, 1, not bn)], bn)
    plain = _with_norm([conv(w, w, 3, not bn)] * 2, bn)
    return {"bottleneck": neck, "plain": plain, "ratio": plain / neck}[ask]


@oracle
def projection(Ci: int, factor: int, bn: bool, S: int) -> int:
    return _with_norm([conv(Ci, factor * Ci, 1, not bn, S=S)], bn)


@oracle
def inception_module(ask: str, Ci: int, b1: int, r3: int, b3: int, r5: int, b5: int, pp: int) -> int:
    branches = [[conv(Ci, b1, 1)], [conv(Ci, r3, 1), conv(r3, b3, 3, P=1)], [conv(Ci, r5, 1), conv(r5, b5, 5, P=2)],
                [nn.MaxPool2d(3, 1, 1), conv(Ci, pp, 1)]]  # fmt: skip
    if ask == "params":
        return sum(count(*branch) for branch in branches)
    return torch.cat([nn.Sequential(*branch)(image(Ci, 7)) for branch in branches], 1).shape[1]


@oracle
def batchnorm_params(ask: str, C: int, H: int) -> int:
    layer = nn.BatchNorm2d(C, device="meta")
    return count(layer) if ask == "learned" else sum(b.numel() for b in layer.buffers())


@oracle
def transfer_head(ask: str, backbone: str, hidden: int, classes: int) -> float:
    features, size = BACKBONES[backbone]
    head = nn.Sequential(nn.Linear(features, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, classes)).to("meta")
    rest = nn.ParameterList([nn.Parameter(torch.empty(size, device="meta"), requires_grad=False)])
    trained, total = sum(p.numel() for p in head.parameters() if p.requires_grad), count(head, rest)
    return {"trained": trained, "total": total, "share": 100 * trained / total}[ask]
