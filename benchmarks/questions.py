"""Processor seconds for a thousand mixed questions as JSON: `.venv/bin/python benchmarks/questions.py`."""

from __future__ import annotations

import json
import time

from generators.build import build
from generators.registry import load, slugs

COUNT, LIMIT = 1000, 2.0


def seconds() -> float:
    """Building and writing `COUNT` questions, the generators in turn; importing them is not counted."""
    names = slugs()
    for slug in names:
        load(slug)
    start = time.process_time()
    for seed in range(COUNT):
        json.dumps(build(names[seed % len(names)], seed).as_json())
    return time.process_time() - start


if __name__ == "__main__":
    runs = sorted(seconds() for _ in range(3))
    print(f"{COUNT} questions of {len(slugs())} generators to JSON: {runs[1]:.2f} s CPU (median of 3, limit {LIMIT:g})")
