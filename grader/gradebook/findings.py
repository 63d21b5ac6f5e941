"""Findings as rows hold them: JSON that says of each record and value what it is, so that it can be made again."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from ..clean import clean
from ..model import Finding, untimed
from ..model import cause as reasons
from ..model import explanation as found_out
from ..model import findings as records
from ..model import near as names
from ..model.cause import Cause
from ..model.explanation import Explanation
from .tables import GradedCheck, Grading

KIND = "is"
MOST_TEXT = 50_000  # characters: a case has the helpers of its exercise whole, or its script would not run
NAMES = {**vars(records), **vars(names), **vars(untimed), **vars(reasons), **vars(found_out)}
CLASSES = {name: c for name, c in NAMES.items() if isinstance(c, type) and is_dataclass(c)}
ENUMS = {name: c for name, c in NAMES.items() if isinstance(c, type) and issubclass(c, StrEnum)}


def to_rows(found: tuple[Finding | Cause | Explanation, ...]) -> list[Any]:
    """What is stored of findings, causes and explanations. Fields with their default are left out."""
    return [_encoded(finding) for finding in found]


def from_rows(rows: list[Any]) -> tuple[Any, ...]:
    """The findings or causes as they were. Raises KeyError for a kind that this version does not know."""
    return tuple(_decoded(row) for row in rows)


def findings(check: GradedCheck) -> tuple[Finding, ...]:
    """What a row holds; of an older one, the words that were stored."""
    if check.findings is not None:
        return from_rows(check.findings)
    return (records.Told(text=check.message, evidence=check.evidence),) if check.message else ()


def explanation(check: GradedCheck) -> Explanation | None:
    """What asking on found out, if it did."""
    return next(iter(from_rows(check.explanation or [])), None)


def unloaded(grading: Grading) -> tuple[Finding, ...]:
    """Why the file could not be loaded, if that is so."""
    if grading.unloaded is not None:
        return from_rows(grading.unloaded)
    return (records.Told(text=grading.error),) if grading.error else ()


def _encoded(value: Any) -> Any:
    match value:
        case StrEnum():
            return {KIND: type(value).__name__, "value": value.value}
        case str():
            return clean(value, MOST_TEXT)
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else {KIND: "float", "value": str(value)}
        case complex() | Fraction():
            return {KIND: type(value).__name__.lower(), "value": str(value)}
        case list():
            return [_encoded(v) for v in value]
        case tuple():
            return {KIND: "tuple", "value": [_encoded(v) for v in value]}
        case dict():
            return {KIND: "dict", "value": [[_encoded(k), _encoded(v)] for k, v in value.items()]}
    if type(value).__name__ == "Array":
        return _array(value)
    own = ((f.name, getattr(value, f.name), f.default) for f in fields(value))
    return {KIND: type(value).__name__} | {name: _encoded(v) for name, v, default in own if v is not default}


def _array(value: Any) -> dict[str, Any]:
    data = value.data
    numbers = [_encoded(v) for v in data.ravel().tolist()]
    row = {KIND: "Array", "kind": value.kind, "dtype": data.dtype.name, "shape": list(data.shape), "value": numbers}
    return row if value.strides is None else row | {"strides": list(value.strides)}


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(v) for v in value]
    if not isinstance(value, dict):
        return value
    kind = value[KIND]
    if kind in ENUMS:
        return ENUMS[kind](value["value"])
    match kind:
        case "float" | "complex" | "fraction":
            return {"float": float, "complex": complex, "fraction": Fraction}[kind](value["value"])
        case "tuple":
            return tuple(_decoded(v) for v in value["value"])
        case "dict":
            return {_decoded(k): _decoded(v) for k, v in value["value"]}
        case "Array":
            return _array_again(value)
    return _class(kind)(**{name: _decoded(own) for name, own in value.items() if name != KIND})


def _class(kind: str) -> Any:
    if kind in CLASSES:
        return CLASSES[kind]
    from ..sandbox.inside import ops, wire  # NumPy, which only few rows need

    known = {"Name": wire.Name, "Opaque": wire.Opaque, "Ref": wire.Ref} | vars(ops)
    return known[kind]


def _array_again(row: dict[str, Any]) -> Any:
    import numpy as np

    from ..sandbox.inside.wire import Array

    numbers = np.array(_decoded(row["value"]), dtype=row["dtype"]).reshape(row["shape"])
    return Array(numbers, row["kind"], strides=tuple(row["strides"]) if "strides" in row else None)
