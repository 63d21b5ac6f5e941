"""Which tensor of a submission's module plays which part in the reference's.

Attribute names and the order of registration are the student's own business. Candidates are made from what is
visible outside: names where they are the reference's, shapes, the order in which the parts run and whose output each
reads, initial values, and in the end permutations. A candidate is right if, with the same weights, both modules give
the same output; the grader's comparison decides, so that a wrong description can only harm its own author.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, permutations, product
from math import factorial, isnan, prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..sandbox.inside.interpreter import answer
from ..sandbox.inside.wire import MAX_DIMS, Array
from .compare import agree

if TYPE_CHECKING:
    from .draw import Draw
    from .subject import Subject, Twin

STANDARD = {"weight", "bias", "running_mean", "running_var", "num_batches_tracked"}
MAX_PERMUTATIONS = 256

Map = dict[str, str]  # the reference's name → the submission's


class Unit(NamedTuple):
    """One part with tensors: a layer, or a single parameter that a module holds itself."""

    tensors: dict[str, str]  # attribute → full name
    shape: tuple[int, ...]  # of the main tensor, without ones at the end
    running: bool  # has running statistics
    constant: float | None  # the main tensor's initial value, if it is constant
    parameter: bool = True  # of a single tensor: no buffer
    source: tuple | None = None  # signature of the part whose output it reads

    @property
    def signature(self) -> tuple:
        """What two units must share to be matched."""
        return (self.shape, self.running, self.constant)


def units(description: dict[str, Any]) -> list[Unit]:
    """The module's parts, in the order in which they run (those that never ran come last)."""
    owners: dict[str, list] = defaultdict(list)
    for name, shape, is_parameter, first in description["tensors"]:
        owner, _, attr = name.rpartition(".")
        owners[owner].append((attr, name, tuple(shape), first, is_parameter))
    by_owner = {owner: _split(tensors) for owner, tensors in owners.items()}
    trace = [(owner, source) for owner, source in description["trace"] if owner in by_owner]
    ordered: list[Unit] = []
    seen = set()
    for owner, source in trace:
        if owner not in seen:
            seen.add(owner)
            ordered += [u._replace(source=_source(description["trace"], source, by_owner)) for u in by_owner[owner]]
    return ordered + [u for owner, parts in by_owner.items() if owner not in seen for u in parts]


def _split(tensors: list[tuple]) -> list[Unit]:
    """A standard layer is one unit; parameters with names of their own are one each."""
    if all(attr in STANDARD for attr, *_ in tensors):
        return [_unit(tensors)]
    return [_unit([t])._replace(running=False, parameter=t[4]) for t in tensors]


def _unit(tensors: list[tuple]) -> Unit:
    main = next((t for t in tensors if t[0] == "weight"), tensors[0])
    attrs = {attr: name for attr, name, *_ in tensors}
    constant = None if isnan(main[3]) else float(main[3])
    return Unit(attrs, _squeeze(main[2]), "running_var" in attrs, constant)


def _squeeze(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Without ones at the end; one value per channel, kept as (1, C, 1, 1), is a vector."""
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    return shape[1:] if len(shape) == 2 and shape[0] == 1 else shape


def _source(trace: list, index: int, by_owner: dict[str, list[Unit]]) -> tuple | None:
    if not 0 <= index < len(trace) or trace[index][0] not in by_owner:
        return None
    return by_owner[trace[index][0]][0].signature


def candidates(reference: dict[str, Any], submission: dict[str, Any]) -> Iterator[Map]:
    """Possible maps, the likeliest first, none twice."""
    seen: set[tuple] = set()
    for candidate in _candidates(reference, submission):
        key = tuple(sorted(candidate.items()))
        if key not in seen:
            seen.add(key)
            yield candidate


def _candidates(reference: dict[str, Any], submission: dict[str, Any]) -> Iterator[Map]:
    ours, theirs = units(reference), units(submission)
    names = {name: shape for name, shape, *_ in reference["tensors"]}
    if all(names.get(name) == shape for name, shape, *_ in submission["tensors"]):
        yield {name: name for name, *_ in submission["tensors"]}
    yield _pair(ours, theirs, lambda u: (u.signature, u.source))
    yield _pair(ours, theirs, lambda u: u.signature)
    untraced = units(submission | {"trace": []})
    yield _pair(ours, untraced, lambda u: u.signature)
    yield from _permuted(ours, theirs)


def _pair(ours: list[Unit], theirs: list[Unit], key: Any) -> Map:
    """The k-th of ours with the k-th of theirs of the same key; then what is left by coarser and coarser keys."""
    result: Map = {}
    keys = [key, lambda u: u.signature, lambda u: (u.shape, u.running)]
    for k in keys:
        ours, theirs = _pair_once(ours, theirs, k, result)
    _pair_once(_singles(ours), _singles(theirs), lambda u: (u.signature, u.parameter), result)
    return result


def _pair_once(ours: list[Unit], theirs: list[Unit], key: Any, result: Map) -> tuple[list[Unit], list[Unit]]:
    groups: dict[Any, list[Unit]] = defaultdict(list)
    for unit in theirs:
        groups[key(unit)].append(unit)
    left = []
    for unit in ours:
        if groups[key(unit)]:
            _join(unit, groups[key(unit)].pop(0), result)
        else:
            left.append(unit)
    remaining = {id(u) for group in groups.values() for u in group}
    return left, [u for u in theirs if id(u) in remaining]


def _join(ours: Unit, theirs: Unit, result: Map) -> None:
    if len(ours.tensors) == len(theirs.tensors) == 1:
        result[next(iter(ours.tensors.values()))] = next(iter(theirs.tensors.values()))
        return
    result.update({name: theirs.tensors[attr] for attr, name in ours.tensors.items() if attr in theirs.tensors})


def _singles(parts: Iterable[Unit]) -> list[Unit]:
    """Layers taken apart: a scale is known by its ones, a shift by its zeros."""
    constants = {"weight": 1.0, "bias": 0.0, "running_mean": 0.0, "running_var": 1.0}
    return [
        Unit({attr: name}, u.shape, False, constants.get(attr, u.constant), _is_parameter(u, attr))
        for u in parts
        for attr, name in u.tensors.items()
        if attr != "num_batches_tracked"
    ]


def _is_parameter(unit: Unit, attr: str) -> bool:
    return attr in ("weight", "bias") if len(unit.tensors) > 1 else unit.parameter


def _permuted(ours: list[Unit], theirs: list[Unit]) -> Iterator[Map]:
    groups: dict[tuple, tuple[list[Unit], list[Unit]]] = defaultdict(lambda: ([], []))
    for unit in ours:
        groups[unit.shape, unit.running][0].append(unit)
    for unit in theirs:
        groups[unit.shape, unit.running][1].append(unit)
    pairs = [(a, b) for a, b in groups.values() if len(a) == len(b)]
    if prod(factorial(len(a)) for a, _ in pairs) > 1 << 20:
        return
    orders = product(*(permutations(b) for _, b in pairs))
    for order in islice(orders, MAX_PERMUTATIONS):
        result: Map = {}
        for (mine, _), yours in zip(pairs, order, strict=True):
            for a, b in zip(mine, yours, strict=True):
                _join(a, b, result)
        yield result


# ---------------------------------------------------------------- used by Twin


def load_drawn(
    subject: Subject, twin: Twin, draw: Draw, inputs: tuple[np.ndarray, ...], keep: tuple[str, ...]
) -> None:
    """Draw every tensor of the reference, load both modules, and settle which name is which."""
    wired = [Array(x, "tensor") for x in inputs]
    describe = {"op": "describe", "ref": twin._ref, "inputs": wired}
    reference = answer(subject._reference, describe)
    submission = _believable(subject._quiet(describe))
    values = {
        name: Array(_drawn(draw, name, tuple(shape), first), "tensor")
        for name, shape, _is_parameter, first in reference["tensors"]
        if not name.endswith("num_batches_tracked") and name not in keep
    }
    load = {"op": "load_state", "ref": twin._ref, "values": values}
    answer(subject._reference, load)
    subject._maps[twin._ref.id] = _settle(subject, twin, load, wired, reference, submission)
    subject._both(load, f"weights of {twin._label}", judged=False)


def _believable(description: Any) -> dict[str, Any]:
    """A submission's description of itself if it has the right form, else an empty one: nothing will match it."""
    match description:
        case {"tensors": list(tensors), "trace": list(trace)}:
            if all(map(_is_tensor, tensors)) and all(map(_is_step, trace)):
                return description
    return {"tensors": [], "trace": []}


def _is_tensor(entry: Any) -> bool:
    match entry:
        case [str(), list(shape), bool(), float()]:
            return len(shape) <= MAX_DIMS and all(type(n) is int and 0 <= n < 1 << 31 for n in shape)
    return False


def _is_step(entry: Any) -> bool:
    match entry:
        case [str(), int()]:
            return True
    return False


def _drawn(draw: Draw, name: str, shape: tuple[int, ...], first: float) -> np.ndarray:
    """Weights by fan-in; scales and variances positive, around 1; shifts and means small."""
    if name.endswith("running_var") or (len(shape) <= 1 and not isnan(first) and first > 0):
        return draw.positive(*shape).astype(np.float32)
    if len(shape) <= 1:
        return (0.5 * draw.normal(*shape)).astype(np.float32)
    return (draw.normal(*shape) * (2 / prod(shape[1:])) ** 0.5).astype(np.float32)


def _settle(
    subject: Subject, twin: Twin, load: dict, inputs: list[Array], reference: dict, submission: dict
) -> Map:
    """The first candidate with which both give the same output in eval mode; the first of all if none does.

    Bounded by their number, not by time: a busy machine must not change a verdict.
    """
    probe = {"op": "probe", "ref": twin._ref, "inputs": inputs}
    wanted = answer(subject._reference, probe)
    options = candidates(reference, submission)
    first = next(options, {})
    extras = _extra_biases(submission, first)
    candidate: Map | None = first
    while candidate is not None:
        subject._maps[twin._ref.id] = candidate
        subject._quiet(load)
        subject._quiet({"op": "zero", "ref": twin._ref, "names": extras})
        if agree(wanted, subject._quiet(probe, expected=wanted), subject._tolerance):
            return candidate
        candidate = next(options, None)
    return first


def _extra_biases(submission: dict, names: Map) -> list[str]:
    """Shifts that the reference does not have (a bias before batch norm): set to zero, the count will tell."""
    matched = set(names.values())
    return [
        name
        for name, shape, is_parameter, _ in submission["tensors"]
        if is_parameter and name not in matched and name.rpartition(".")[2] == "bias" and len(shape) == 1
    ]


def compare_gradients(subject: Subject, twin: Twin, x: np.ndarray, cotangent: np.ndarray) -> None:
    """Gradients of the input and of every parameter, in double precision."""
    names = [n for n, _, is_parameter, _ in _tensors(subject, twin) if is_parameter]
    op = {
        "op": "gradients",
        "ref": twin._ref,
        "input": Array(x, "tensor"),
        "cotangent": Array(cotangent, "tensor"),
        "names": names,
    }
    floor = 1e-8 * float(np.max(np.abs(cotangent), initial=0.0))  # a bias before batch norm has no gradient but noise
    tolerance = replace(subject._tolerance, floor=floor, any_shape=True)
    label = f"gradients of {twin._label}, input <tensor {'×'.join(map(str, x.shape))}>"
    subject._both(op, label, tolerance=tolerance)


def compare_buffers(subject: Subject, twin: Twin) -> None:
    """Running means and variances of every batch norm."""
    names = [n for n, *_ in _tensors(subject, twin) if n.endswith(("running_mean", "running_var"))]
    op = {"op": "read_state", "ref": twin._ref, "names": names}
    tolerance = replace(subject._tolerance, any_shape=True)
    subject._both(op, f"running statistics of {twin._label}", tolerance=tolerance)


def _tensors(subject: Subject, twin: Twin) -> list:
    return answer(subject._reference, {"op": "describe", "ref": twin._ref, "inputs": []})["tensors"]


def translate(op: dict[str, Any], names: Map) -> dict[str, Any]:
    """An operation in the reference's names → in the submission's. Names that it lacks are left out."""
    if op["op"] == "load_state":
        return op | {"values": {names[n]: v for n, v in op["values"].items() if n in names}}
    if op["op"] in ("read_state", "gradients"):
        return op | {"names": [names[n] for n in op["names"] if n in names]}
    return op


def translate_back(op: dict[str, Any], names: Map, reply: Any) -> Any:
    """A reply in the submission's names → in the reference's."""
    if op["op"] not in ("read_state", "gradients") or not isinstance(reply, dict):
        return reply
    back = {theirs: ours for ours, theirs in names.items()}
    return {back.get(name, name): value for name, value in reply.items()}
