"""Multiply-adds, memory, batches and time, scaled and pruned, as torch counts them or step by step."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from generators.architectures import PARTS
from tests.generators.oracles.instruments import conv, flops, image, module, oracle


@oracle
def macs(H: int, F: int, Ci: int, Co: int, S: int, unit: str) -> int:
    return flops(conv(Ci, Co, F, S=S, P=F // 2), Ci, H) // (2 if unit == "MAC" else 1)


@oracle
def layer_parts(ask: str, W: int, F: int, Ci: int, Co: int, P: int, S: int) -> int:
    layer = conv(Ci, Co, F, S=S, P=P)
    if ask == "macs":
        return flops(layer, Ci, W) // 2
    return layer(image(Ci, W)).shape[-1] if ask == "size" else sum(p.numel() for p in layer.parameters())


@oracle
def pool_saving(ask: str, F: int, n: int, C: int, mode: str) -> int:
    x = image(C, F * n)
    y = nn.functional.max_pool2d(x, F) if mode == "max" else nn.functional.avg_pool2d(x, F)
    return x.numel() // y.numel() if ask == "ratio" else y.numel()


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


@oracle
def network_macs(unit: str, H: int, C: int, layers: list[str]) -> int:
    x, total = image(C, H), 0
    for line in layers:
        layer = module(line, x.shape[1], x.shape[1])
        with FlopCounterMode(display=False) as counter:
            x = layer(x)
        total += counter.get_total_flops() if line[:4] == "conv" or line[:2] == "fc" else 0
    return total // (2 if unit == "MAC" else 1)


@oracle
def separable_macs(H: int, F: int, Ci: int, Co: int, S: int) -> float:
    deep, point = conv(Ci, Ci, F, groups=Ci, S=S, P=F // 2), conv(Ci, Co, 1)
    return (flops(deep, Ci, H) + flops(point, Ci, deep(image(Ci, H)).shape[3])) / 2e6


@oracle
def activation_memory(part: str, B: int, size: int) -> float:
    channels, side, layers = PARTS[part]
    x, total = torch.empty(B, channels, side, side, device="meta"), 0
    for line in layers:
        x = module(line, x.shape[1], 0)(x)
        total += x.to({4: torch.float32, 2: torch.float16}[size]).nbytes
    return total / 1e6
