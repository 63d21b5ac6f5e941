"""A torch module on both sides: weights, gradients and statistics, whatever the submission calls its tensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isnan, prod
from typing import Any

import numpy as np

from ..sandbox.inside.ops import CountParameters, Describe, Gradients, LoadState, Probe, ReadState, Zero
from ..sandbox.inside.wire import Array, Ref
from .compare import agree
from .draw import Draw
from .matching import Description, Map, believable, candidates, extra_biases
from .sides import Sides

Weights = Callable[[str, tuple[int, ...], float], "np.ndarray | None"]  # of a tensor: name, shape and initial value


class ModuleTwin:
    """A module that both sides keep under `ref`; `label` is what the check calls it."""

    def __init__(self, sides: Sides, ref: Ref, label: str):
        self._sides, self._ref, self._label = sides, ref, label

    def load(self, draw: Draw, inputs: tuple[np.ndarray, ...], keep: tuple[str, ...]) -> None:
        """Draw every tensor of the reference, load both modules, and settle which name is which."""
        sides, wired = self._sides, [Array(x, "tensor") for x in inputs]
        describe = Describe(self._ref, wired)
        reference = sides.of_reference(describe)
        submission = believable(sides.of_submission(describe, f"the tensors of {self._label}"))
        load = LoadState(self._ref, _all_drawn(draw, reference, keep))
        sides.of_reference(load)
        sides.rename(self._ref, self._settled(load, wired, reference, submission))
        sides.both(load, self._weights, judged=False)

    def match(self, inputs: list[Array], values: Weights) -> tuple[LoadState, Map] | None:
        """Load these weights into both modules; what was loaded, shaped as the submission's, and its names for that.

        None where a tensor of either has no counterpart of its size. Raises Stop.
        """
        sides, describe = self._sides, Describe(self._ref, inputs)
        reference = sides.of_reference(describe)
        submission = believable(sides.of_submission(describe, f"the tensors of {self._label}"))
        tensors = [t for t in reference["tensors"] if not t[0].endswith("num_batches_tracked")]
        given = [(name, values(name, tuple(shape), first)) for name, shape, _, first in tensors]
        load = LoadState(self._ref, {name: Array(value, "tensor") for name, value in given if value is not None})
        sides.of_reference(load)
        names = self._settled(load, inputs, reference, submission)
        shapes = {name: tuple(shape) for name, shape, *_ in submission["tensors"]}
        pairs = [(value.data, shapes.get(names.get(name, ""), (0,))) for name, value in load.values.items()]
        alone = {name for name in shapes.keys() - set(names.values()) if not name.endswith("num_batches_tracked")}
        if alone or any(data.size != prod(shape) for data, shape in pairs):
            return None
        own = {n: Array(data.reshape(s), "tensor") for n, (data, s) in zip(load.values, pairs, strict=True)}
        return LoadState(self._ref, own), names

    @property
    def _weights(self) -> str:
        return f"weights of {self._label}"

    def _settled(self, load: LoadState, inputs: list[Array], reference: Description, submission: Description) -> Map:
        """The first candidate with which both give the same output in eval mode; the first of all if none does.

        Bounded by their number, not by time: a busy machine must not change a verdict.
        """
        sides, probe = self._sides, Probe(self._ref, inputs)
        wanted = sides.of_reference(probe)
        options = candidates(reference, submission)
        first = next(options, {})
        extras = Zero(self._ref, extra_biases(submission, first))
        candidate: Map | None = first
        while candidate is not None:
            sides.rename(self._ref, candidate)
            sides.of_submission(load, self._weights)
            sides.of_submission(extras, self._weights)
            got = sides.of_submission(probe, f"output of {self._label} in eval mode", expected=wanted)
            if agree(wanted, got, sides.tolerance):
                return candidate
            candidate = next(options, None)
        return first

    def count_parameters(self) -> int:
        """Compare the number of trainable values."""
        return int(self._sides.both(CountParameters(self._ref), f"number of parameters of {self._label}"))

    def gradients(self, x: np.ndarray, cotangent: np.ndarray) -> None:
        """Gradients of the input and of every parameter, in double precision."""
        names = [name for name, _, is_parameter, _ in self._tensors() if is_parameter]
        op = Gradients(self._ref, Array(x, "tensor"), Array(cotangent, "tensor"), names)
        floor = 1e-8 * float(np.max(np.abs(cotangent), initial=0.0))  # a bias before batch norm: no gradient but noise
        tolerance = replace(self._sides.tolerance, floor=floor, any_shape=True)
        label = f"gradients of {self._label}, input <tensor {'×'.join(map(str, x.shape))}>"
        self._sides.both(op, label, tolerance=tolerance)

    def running_statistics(self) -> None:
        """Running means and variances of every batch norm."""
        names = [name for name, *_ in self._tensors() if name.endswith(("running_mean", "running_var"))]
        tolerance = replace(self._sides.tolerance, any_shape=True)
        self._sides.both(ReadState(self._ref, names), f"running statistics of {self._label}", tolerance=tolerance)

    def _tensors(self) -> list[Any]:
        return list(self._sides.of_reference(Describe(self._ref, []))["tensors"])


def _all_drawn(draw: Draw, reference: Description, keep: tuple[str, ...]) -> dict[str, Array]:
    return {
        name: Array(_drawn(draw, name, tuple(shape), first), "tensor")
        for name, shape, _is_parameter, first in reference["tensors"]
        if not name.endswith("num_batches_tracked") and name not in keep
    }


def _drawn(draw: Draw, name: str, shape: tuple[int, ...], first: float) -> np.ndarray:
    """Weights by fan-in; scales and variances positive, around 1; shifts and means small."""
    if name.endswith("running_var") or (len(shape) <= 1 and not isnan(first) and first > 0):
        return draw.positive(*shape).astype(np.float32)
    if len(shape) <= 1:
        return (0.5 * draw.normal(*shape)).astype(np.float32)
    return np.asarray(draw.normal(*shape) * (2 / prod(shape[1:])) ** 0.5, np.float32)
