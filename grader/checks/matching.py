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
from typing import Any, NamedTuple

from ..sandbox.inside.ops import Gradients, LoadState, Op, ReadState
from ..sandbox.inside.wire import MAX_DIMS

STANDARD = {"weight", "bias", "running_mean", "running_var", "num_batches_tracked"}
MAX_PERMUTATIONS = 256

Map = dict[str, str]  # the reference's name → the submission's
Description = dict[str, Any]  # as a module's worker gives it (`sandbox.inside.modules.describe`)
Signature = tuple[Any, ...]


class TensorInfo(NamedTuple):
    """What is visible of a tensor: its name within its owner and in full; its common initial value, or NaN."""

    attr: str
    name: str
    shape: tuple[int, ...]
    first: float
    is_parameter: bool


class ModulePart(NamedTuple):
    """One part with tensors: a layer, or a single parameter that a module holds itself."""

    tensors: dict[str, str]  # attribute → full name
    shape: tuple[int, ...]  # of the main tensor, without ones at the end
    running: bool  # has running statistics
    constant: float | None  # the main tensor's initial value, if it is constant
    parameter: bool = True  # of a single tensor: no buffer
    source: Signature | None = None  # signature of the part whose output it reads

    @property
    def signature(self) -> Signature:
        """What two parts must share to be matched."""
        return (self.shape, self.running, self.constant)


Parts = list[ModulePart]


def module_parts(description: Description) -> Parts:
    """The module's parts, in the order in which they run (those that never ran come last)."""
    owners: dict[str, list[TensorInfo]] = defaultdict(list)
    for name, shape, is_parameter, first in description["tensors"]:
        owner, _, attr = name.rpartition(".")
        owners[owner].append(TensorInfo(attr, name, tuple(shape), first, is_parameter))
    by_owner = {owner: _split(tensors) for owner, tensors in owners.items()}
    trace = [(owner, source) for owner, source in description["trace"] if owner in by_owner]
    ordered: Parts = []
    seen = set()
    for owner, source in trace:
        if owner not in seen:
            seen.add(owner)
            ordered += [p._replace(source=_source(description["trace"], source, by_owner)) for p in by_owner[owner]]
    return ordered + [p for owner, parts in by_owner.items() if owner not in seen for p in parts]


def _split(tensors: list[TensorInfo]) -> Parts:
    """A standard layer is one part; parameters with names of their own are one each."""
    if all(t.attr in STANDARD for t in tensors):
        return [_part(tensors)]
    return [_part([t])._replace(running=False, parameter=t.is_parameter) for t in tensors]


def _part(tensors: list[TensorInfo]) -> ModulePart:
    main = next((t for t in tensors if t.attr == "weight"), tensors[0])
    attrs = {t.attr: t.name for t in tensors}
    constant = None if isnan(main.first) else float(main.first)
    return ModulePart(attrs, _squeeze(main.shape), "running_var" in attrs, constant)


def _squeeze(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Without ones at the end; one value per channel, kept as (1, C, 1, 1), is a vector."""
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    return shape[1:] if len(shape) == 2 and shape[0] == 1 else shape


def _source(trace: list[Any], index: int, by_owner: dict[str, Parts]) -> Signature | None:
    if not 0 <= index < len(trace) or trace[index][0] not in by_owner:
        return None
    return by_owner[trace[index][0]][0].signature


def candidates(reference: Description, submission: Description) -> Iterator[Map]:
    """Possible maps, the likeliest first, none twice."""
    seen: set[Signature] = set()
    for candidate in _candidates(reference, submission):
        key = tuple(sorted(candidate.items()))
        if key not in seen:
            seen.add(key)
            yield candidate


def _candidates(reference: Description, submission: Description) -> Iterator[Map]:
    ours, theirs = module_parts(reference), module_parts(submission)
    names = {name: shape for name, shape, *_ in reference["tensors"]}
    if all(names.get(name) == shape for name, shape, *_ in submission["tensors"]):
        yield {name: name for name, *_ in submission["tensors"]}
    yield _pair(ours, theirs, lambda p: (p.signature, p.source))
    yield _pair(ours, theirs, lambda p: p.signature)
    untraced = module_parts(submission | {"trace": []})
    yield _pair(ours, untraced, lambda p: p.signature)
    yield from _permuted(ours, theirs)


def _pair(ours: Parts, theirs: Parts, key: Any) -> Map:
    """The k-th of ours with the k-th of theirs of the same key; then what is left by coarser and coarser keys."""
    result: Map = {}
    keys = [key, lambda p: p.signature, lambda p: (p.shape, p.running)]
    for k in keys:
        ours, theirs = _pair_once(ours, theirs, k, result)
    left = _pair_once(_singles(ours), _singles(theirs), lambda p: (p.signature, p.parameter), result)
    _pair_once(*left, lambda p: (prod(p.shape), p.parameter), result)  # a kernel kept as a matrix, for im2col
    return result


def _pair_once(ours: Parts, theirs: Parts, key: Any, result: Map) -> tuple[Parts, Parts]:
    """Pair what has the same key; returns what is left of both."""
    groups: dict[Any, Parts] = defaultdict(list)
    for part in theirs:
        groups[key(part)].append(part)
    left = []
    for part in ours:
        if groups[key(part)]:
            _join(part, groups[key(part)].pop(0), result)
        else:
            left.append(part)
    remaining = {id(p) for group in groups.values() for p in group}
    return left, [p for p in theirs if id(p) in remaining]


def _join(ours: ModulePart, theirs: ModulePart, result: Map) -> None:
    if len(ours.tensors) == len(theirs.tensors) == 1:
        result[next(iter(ours.tensors.values()))] = next(iter(theirs.tensors.values()))
        return
    result.update({name: theirs.tensors[attr] for attr, name in ours.tensors.items() if attr in theirs.tensors})


def _singles(parts: Iterable[ModulePart]) -> Parts:
    """Layers taken apart: a scale is known by its ones, a shift by its zeros."""
    constants = {"weight": 1.0, "bias": 0.0, "running_mean": 0.0, "running_var": 1.0}
    return [
        ModulePart({attr: name}, p.shape, False, constants.get(attr, p.constant), _is_parameter(p, attr))
        for p in parts
        for attr, name in p.tensors.items()
        if attr != "num_batches_tracked"
    ]


def _is_parameter(part: ModulePart, attr: str) -> bool:
    return attr in ("weight", "bias") if len(part.tensors) > 1 else part.parameter


def _permuted(ours: Parts, theirs: Parts) -> Iterator[Map]:
    groups: dict[Signature, tuple[Parts, Parts]] = defaultdict(lambda: ([], []))
    for part in ours:
        groups[part.shape, part.running][0].append(part)
    for part in theirs:
        groups[part.shape, part.running][1].append(part)
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


def believable(description: Any) -> Description:
    """A submission's description of itself if it has the right form, else an empty one: nothing will match it."""
    match description:
        case {"tensors": list(tensors), "trace": list(trace)}:
            if all(map(_is_tensor, tensors)) and all(map(_is_step, trace)):
                return {"tensors": tensors, "trace": trace}
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


def extra_biases(submission: Description, names: Map) -> list[str]:
    """Shifts that the reference does not have (a bias before batch norm): set to zero, the count will tell."""
    matched = set(names.values())
    return [
        name
        for name, shape, is_parameter, _ in submission["tensors"]
        if is_parameter and name not in matched and name.rpartition(".")[2] == "bias" and len(shape) == 1
    ]


def translate(op: Op, names: Map) -> Op:
    """An operation in the reference's names → in the submission's. Names that it lacks are left out."""
    match op:
        case LoadState():
            return replace(op, values={names[n]: v for n, v in op.values.items() if n in names})
        case ReadState() | Gradients():
            return replace(op, names=[names[n] for n in op.names if n in names])
    return op


def translate_back(op: Op, names: Map, reply: Any) -> Any:
    """A reply in the submission's names → in the reference's."""
    if not isinstance(op, (ReadState, Gradients)) or not isinstance(reply, dict):
        return reply
    back = {theirs: ours for ours, theirs in names.items()}
    return {back.get(name, name): value for name, value in reply.items()}
