"""Operations on a device that works beside the processor, as a GPU does.

CUDA starts with the first of them, in the worker: a process that forks others must never have touched it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from .namespace import Namespace
from .ops import Ballast, CallBatch, DeviceOp, Flush, Peaks, Prepare

TRIES = 5
TOGETHER = 4  # calls between two looks at the clock


def execute(namespace: Namespace, op: DeviceOp) -> Any:
    """Carry out one operation."""
    match op:
        case Prepare():
            return prepare(namespace, op)
        case CallBatch():
            return batch(namespace, op)
        case Flush():
            return flush(op)
        case Peaks():
            return peaks(op)
        case Ballast():
            return ballast(namespace, op)
    raise TypeError(f"no operation on a device: {type(op).__name__}")


def prepare(namespace: Namespace, op: Prepare) -> None:
    """Make an object, move it to the device and keep it."""
    target = namespace.resolve(op.target)
    namespace.objects[op.keep] = moved(target(*namespace.resolve(op.args)), torch.device(op.device))


def batch(namespace: Namespace, op: CallBatch) -> list[Any]:
    """The results of all calls, once the device has done everything that it was given on any stream."""
    device = torch.device(op.device)
    torch.backends.cudnn.allow_tf32 = False  # float32 means float32, for the reference too
    target = namespace.resolve(op.target)
    inputs = [moved(namespace.resolve(args), device) for args in op.batch]
    results = [target(*args) for args in inputs]
    synchronise(device)
    return results


def moved(value: Any, device: torch.device) -> Any:
    """Tensors and modules on the device, also within lists; anything else as it is."""
    if isinstance(value, torch.Tensor):
        return value.detach().to(device).requires_grad_(value.requires_grad)
    if isinstance(value, nn.Module):
        return value.to(device)
    return [moved(v, device) for v in value] if isinstance(value, list) else value


def synchronise(device: torch.device) -> None:
    """Wait for the whole device, not for one stream of it."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def flush(op: Flush) -> None:
    """Write more than the caches hold, and wait for it."""
    device = torch.device(op.device)
    torch.full((op.mib << 18,), 1.0, device=device)  # float32
    synchronise(device)


def peaks(op: Peaks) -> list[float]:
    """The best of a few tries: a product of float32 matrices, however the device computes it quickest, and a copy."""
    device = torch.device(op.device)
    torch.backends.cuda.matmul.allow_tf32 = True
    matrix = torch.rand(op.side, op.side, device=device)
    source = torch.rand(op.mib << 18, device=device)
    target = torch.empty_like(source)
    operations = 2 * op.side**3 / _best(lambda: matrix @ matrix, device)
    moved_bytes = 2 * source.nbytes / _best(lambda: target.copy_(source), device)
    torch.backends.cuda.matmul.allow_tf32 = False
    return [operations, moved_bytes]


def ballast(namespace: Namespace, op: Ballast) -> bool:
    """Take memory until `op.free` bytes are left, and keep it: others cannot reach it, so it bounds what they use.

    False if there were not that many. A processor's memory is left alone.
    """
    device, free = torch.device(op.device), op.free
    if device.type == "cuda":
        torch.cuda.empty_cache()
        free = int(torch.cuda.mem_get_info(device)[0])
    namespace.objects[op.keep] = torch.empty(max(0, free - op.free), dtype=torch.uint8, device=device)
    return free >= op.free


def _best(work: Callable[[], object], device: torch.device) -> float:
    """Seconds of one call."""
    taken = []
    for _ in range(TRIES):
        synchronise(device)
        started = time.perf_counter()
        for _ in range(TOGETHER):
            work()
        synchronise(device)
        taken.append((time.perf_counter() - started) / TOGETHER)
    return min(taken)
