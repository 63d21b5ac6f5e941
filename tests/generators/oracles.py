"""Every key a second time, by another method: windows counted one by one, torch modules, its counters and autograd.

An oracle takes the parameters of a generator's question and returns what its key has to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from generators.architectures import NETWORKS
from generators.questions.transfer_head import BACKBONES

ORACLES: dict[str, Callable[..., Any]] = {}


def oracle(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register under the function's name, which is the generator's."""
    ORACLES[function.__name__] = function
    return function


def positions(W: int, F: int, P: int, S: int) -> int:
    """Windows that lie inside the padded row, counted."""
    return sum(1 for left in range(-P, W + P, S) if left + F <= W + P)


def seen(F: list[int], S: list[int]) -> int:
    """Width of the set of input pixels that output 0 depends on, followed back layer by layer."""
    pixels = {0}
    for f, s in zip(reversed(F), reversed(S), strict=True):
        pixels = {p * s + k for p in pixels for k in range(f)}
    return max(pixels) - min(pixels) + 1


def count(*modules: nn.Module) -> int:
    """Learned numbers."""
    return sum(p.numel() for module in modules for p in module.parameters())


@cache
def conv(Ci: int, Co: int, F: int, bias: bool = True, groups: int = 1, S: int = 1, P: int = 0) -> nn.Conv2d:
    return nn.Conv2d(Ci, Co, F, bias=bias, groups=groups, stride=S, padding=P, device="meta")


def linear(inputs: int, units: int, bias: bool = True) -> int:
    return count(nn.Linear(inputs, units, bias=bias, device="meta"))


def image(C: int, H: int) -> torch.Tensor:
    return torch.empty(1, C, H, H, device="meta")


@cache
def flops(layer: nn.Module, C: int, H: int) -> int:
    """What torch counts when the layer runs (a multiply-add is 2)."""
    with FlopCounterMode(display=False) as counter:
        layer(image(C, H))
    return int(counter.get_total_flops())


def f64(value: Any, **kwargs: Any) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64, **kwargs)


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


def _module(line: str, channels: int, inputs: int) -> nn.Module:
    """A torch layer for a line of the description."""
    words = line.split()
    numbers = [int(word.strip("sp").split("x")[0]) for word in words[1:]]
    match words[0]:
        case "conv":
            return conv(channels, numbers[0], numbers[1], S=numbers[2], P=numbers[3])
        case "pool":
            return nn.MaxPool2d(numbers[0], numbers[1], numbers[2])
        case "bn":
            return nn.BatchNorm2d(channels, device="meta")
        case "fc":
            return nn.Linear(inputs, numbers[0], device="meta")
        case name:
            return {"relu": nn.ReLU(), "flatten": nn.Flatten(), "dropout": nn.Dropout()}[name]


@oracle
def layer_trace(ask: str, H: int, C: int, layers: list[str]) -> int:
    x, total = image(C, H), 0
    for line in layers:
        module = _module(line, x.shape[1], x.shape[1])
        x, total = module(x), total + count(module)
        if line == "flatten" and ask == "flat":
            return x.shape[1]
    return total


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
def one_by_one(ask: str, Ci: int, Co: int, H: int) -> int:
    layer = conv(Ci, Co, 1)
    if ask == "params":
        return count(layer)
    if ask == "macs":
        return flops(layer, Ci, H) // 2
    return count(layer, conv(Co, Ci, 3))


@oracle
def macs(H: int, F: int, Ci: int, Co: int, S: int, unit: str) -> int:
    return flops(conv(Ci, Co, F, S=S, P=F // 2), Ci, H) // (2 if unit == "MAC" else 1)


@oracle
def padding_modes(mode: str, W: int, F: int, S: int) -> int:
    return len(np.convolve(np.ones(W), np.ones(F), mode)[::S])  # type: ignore[call-overload]


@oracle
def window_cover(F: int, W: int, P: int, i: int, j: int) -> int:
    ones = nn.functional.unfold(torch.ones(1, 1, W, W), F, padding=P)
    return int(nn.functional.fold(ones, (W, W), F, padding=P)[0, 0, i, j])


@oracle
def pool_saving(ask: str, F: int, n: int, C: int, mode: str) -> int:
    x = image(C, F * n)
    y = nn.functional.max_pool2d(x, F) if mode == "max" else nn.functional.avg_pool2d(x, F)
    return x.numel() // y.numel() if ask == "ratio" else y.numel()


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
def block_field(block: str, n: int, F: int) -> int:
    windows = ([F, F] if block == "basic" else [1, F, 1]) * n
    return seen(windows, [1] * len(windows))


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


@oracle
def gradcam(n: int, A: Any, G: Any) -> Any:
    maps = f64([A], requires_grad=True)
    gradient = torch.autograd.grad((maps * f64([G])).sum(), maps)[0]
    return nn.functional.conv2d(maps, nn.functional.adaptive_avg_pool2d(gradient, 1)).relu()[0, 0].detach().numpy()


@oracle
def memory_size(values: int, dtype: str, copies: int) -> float:
    return torch.empty(copies, values, dtype=getattr(torch, dtype), device="meta").nbytes / 1e6


@oracle
def batches(ask: str, N: int, B: int) -> int:
    starts = range(0, N, B)
    return len(starts) if ask == "batches" else N - starts[-1]


@oracle
def frame_budget(ask: str, cameras: int, W: int, H: int, stages: list[int]) -> float:
    seconds = float(np.cumsum(stages)[-1]) / 1000
    frames = torch.empty(cameras, H, W, device="meta")
    return {"pixels": frames.numel() / 1e6, "rate": 1 / seconds, "latency": 1000 * seconds}[ask]


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
def softmax_gradient(n: int, weights: Any, labels: list[int]) -> Any:
    z = torch.log(f64(weights)).requires_grad_()
    return torch.autograd.grad(nn.functional.cross_entropy(z, torch.tensor(labels)), z)[0].numpy()


@oracle
def conv_backward(ask: str, X: Any, K: Any, dout: Any) -> Any:
    x, k, b = f64([[X]], requires_grad=True), f64([[K]], requires_grad=True), f64([0.0], requires_grad=True)
    y = nn.functional.conv2d(x, k, b)
    gradient = torch.autograd.grad(y, {"dX": x, "dK": k, "db": b}[ask], f64([[dout]]))[0].numpy()
    return gradient.reshape(gradient.shape[-2:] if ask != "db" else (1, 1))


@oracle
def cosine_similarity(u: list[int], v: list[int]) -> float:
    return float(nn.functional.cosine_similarity(f64([u]), f64([v])))


@oracle
def compound_scaling(ask: str, alpha: int, beta: int, gamma: int, phi: int) -> float:
    depth = width = resolution = 1.0
    for _ in range(phi):
        depth, width, resolution = depth * alpha / 100, width * beta / 100, resolution * gamma / 100
    cost = depth * width * width * resolution * resolution
    return {"depth": depth, "width": width, "resolution": resolution, "cost": cost}[ask]


@oracle
def pruning(ask: str, share: int, n: int, target: int) -> float:
    left, rounds = 1.0, 0
    while rounds < n if ask == "sparsity" else 100 * (1 - left) < target - 1e-9:
        left, rounds = left - left * share / 100, rounds + 1
    return 100 * (1 - left) if ask == "sparsity" else rounds


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


_LINES = {"size": _size_lines, "params": _params_lines, "field": _field_lines, "separable": _separable_lines,
          "macs": _macs_lines, "dense": _dense_lines}


@oracle
def layer_statements(W: int, F: int, P: int, S: int, Ci: int, Co: int, lines: list[list[Any]]) -> tuple[int, ...]:
    """The numbers that right statements would name."""
    layer = conv(Ci, Co, F, S=S, P=P)
    out = layer(image(Ci, W))
    numbers = {"width": out.shape[3], "channels": out.shape[1], "filter": layer.weight[0].numel(),
               "params": count(layer), "values": out.numel(), "macs": flops(layer, Ci, W) // 2}
    return tuple(numbers[name] for name, _ in lines)


@oracle
def transfer_head(ask: str, backbone: str, hidden: int, classes: int) -> float:
    features, size = BACKBONES[backbone]
    head = nn.Sequential(nn.Linear(features, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, classes)).to("meta")
    rest = nn.ParameterList([nn.Parameter(torch.empty(size, device="meta"), requires_grad=False)])
    trained, total = sum(p.numel() for p in head.parameters() if p.requires_grad), count(head, rest)
    return {"trained": trained, "total": total, "share": 100 * trained / total}[ask]
