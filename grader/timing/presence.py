"""Which device there is to compute on; torch is not imported where the system has no driver."""

from __future__ import annotations

import os
from pathlib import Path

from ..model.untimed import Reason

CONTROL = "/dev/nvidiactl"  # there as soon as a driver is
DESCRIPTIONS = Path("/proc/driver/nvidia/gpus")  # a folder for each GPU, by its place on the bus


def no_gpu() -> Reason | None:
    """Why checks that need a GPU cannot be run here, or None."""
    if not os.path.exists(CONTROL):
        return Reason.NO_GPU
    os.environ.setdefault("PYTORCH_NVML_BASED_CUDA_CHECK", "1")  # asks the driver without starting CUDA in here
    try:
        import torch
    except ImportError:
        return Reason.NO_TORCH_GPU
    return None if torch.cuda.is_available() else Reason.NO_TORCH_GPU


def gpus() -> list[str]:
    """The models of this machine's GPUs, as the driver calls them."""
    texts = [path.read_text(errors="replace") for path in sorted(DESCRIPTIONS.glob("*/information"))]
    lines = [line.partition(":") for text in texts for line in text.splitlines()]
    return [value.strip() for key, _, value in lines if key == "Model"]
