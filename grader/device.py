"""Which device there is to compute on; torch is not imported where the system has no driver."""

from __future__ import annotations

import os

CONTROL = "/dev/nvidiactl"  # there as soon as a driver is


def no_gpu() -> str:
    """Why checks that need a GPU cannot be run here, or nothing."""
    if not os.path.exists(CONTROL):
        return "Needs a GPU; this machine has none."
    import torch

    return "" if torch.cuda.is_available() else "Needs a GPU that PyTorch can use; this machine has none."
