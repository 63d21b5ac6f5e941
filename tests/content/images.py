"""Inputs of the experiments."""

from __future__ import annotations

import torch


def image(channels: int = 1, side: int = 8) -> torch.Tensor:
    """One random image (1, channels, side, side)."""
    return torch.randn(1, channels, side, side)
