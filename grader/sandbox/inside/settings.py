"""Settings of a whole process that a file changes, as for another exercise: what is graded runs without them."""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator

import numpy as np


@contextlib.contextmanager
def restored() -> Iterator[None]:
    """Afterwards warnings are no errors, nor are overflows; torch computes on the CPU, in float32, with gradients."""
    with warnings.catch_warnings(), np.errstate():
        yield
    with contextlib.suppress(BaseException):  # the file may have made anything of it
        _usual_torch()


def _usual_torch() -> None:
    if torch := sys.modules.get("torch"):
        torch.set_default_dtype(torch.float32)
        torch.set_default_device(None)
        torch.set_grad_enabled(True)
