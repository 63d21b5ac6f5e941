"""Every key a second time, by another method: windows counted one by one, torch modules, its counters and autograd.

An oracle takes the parameters of a generator's question and returns what its key has to be. Each file registers
its own.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from .instruments import ORACLES

__all__ = ["ORACLES"]

for _file in sorted(Path(__file__).parent.glob("[!_]*.py")):
    import_module(f"{__name__}.{_file.stem}")
