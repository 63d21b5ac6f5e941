"""A worker's limits that the system keeps by itself, where it can."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any


def limit(config: dict[str, Any]) -> None:
    """Address space (on top of what is already mapped), file size, CPU time, descriptors; no core dumps.

    Without `memory_bytes` address space is left alone: CUDA reserves far more of it than it ever uses. Where the system
    has no such limits, nothing is done.
    """
    try:
        import resource
    except ImportError:
        return
    memory = config["memory_bytes"]
    wanted = {"FSIZE": config["scratch_bytes"], "CPU": config["cpu_seconds"], "NOFILE": config["descriptors"]}
    wanted |= {"CORE": 0} | ({} if memory is None else {"AS": _mapped_bytes(resource.getpagesize()) + memory})
    for name, value in wanted.items():
        which = getattr(resource, f"RLIMIT_{name}")
        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(which)
            top = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (top, top))


def _mapped_bytes(page: int) -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * page
    except OSError:
        return 4 << 30
