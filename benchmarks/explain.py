"""What explanations cost: `grade submit` of wrong files with and without them: python benchmarks/explain.py [rounds].

Seconds are of processor time, of all processes of the command; each pair runs in turn, and medians are printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

from grader.root import ROOT

GRADE = Path(sys.executable).with_name("grade")
FILES = (
    *("conv/kernel_flipped", "conv/padding_ignored", "conv/stride_ignored", "pooling/minimum", "padding/size_ceil"),
    *("loss/loss_summed", "batchnorm/eps_outside_root", "backprop/bias_forgotten", "shapes/padding_once"),
    *("resnet/relu_before_addition", "fast_conv/bias_forgotten", "mobilenet/stride_ignored", "gradcam/not_upsampled"),
)


def seconds(file: Path, *options: str) -> float:
    """Processor time of one submission."""
    before = os.times()
    command = [GRADE, "submit", file, "--no-timing", "--seed", "1", "--format", "json", "--no-history", *options]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main(rounds: int) -> None:
    """Print a table."""
    print(f"{'file':40} {'without':>8} {'with':>8} {'more':>8} {'ratio':>6}")
    for name in FILES:
        slug, stem = name.split("/")
        file = ROOT / "exercises" / slug / "wrong" / f"{stem}.py"
        pairs = [(seconds(file, "--no-explain"), seconds(file)) for _ in range(rounds)]
        without, beside = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:40} {without:8.2f} {beside:8.2f} {beside - without:8.2f} {beside / without:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
