"""The papers that an exam can be on: drawn from a blueprint that comes with the program, or brought along as a file."""

from __future__ import annotations

import json
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from generators.blueprint import Blueprint, BlueprintError, from_record, load_blueprint
from generators.draw import DrawError
from generators.paper import Paper, make_papers

from ..clean import line
from ..errors import GraderError

SEEDS = 100_000
MOST_BYTES = 8 << 20


class NoPaper(GraderError):
    """No paper comes of this. The message is for the person who asked for it."""


def drawn(blueprint: str, seed: int | None = None) -> Paper:
    """The paper of a blueprint by name; without a seed, a new one. Raises NoPaper."""
    try:
        return _drawn(load_blueprint(blueprint), seed)
    except BlueprintError as problem:
        raise NoPaper(str(problem)) from problem


def brought(name: str, content: bytes, seed: int | None = None) -> Paper:
    """The paper in a file of `grade quiz new --format json`, or one drawn from a blueprint's .toml. Raises NoPaper."""
    shown = line(PurePath(name).name, 80)
    if len(content) > MOST_BYTES:
        raise NoPaper(f"{shown}: a paper has at most {MOST_BYTES >> 20} MiB")
    try:
        text = content.decode("utf-8-sig")
        if name.lower().endswith(".toml"):
            return _drawn(from_record(tomllib.loads(text), PurePath(name).stem), seed)
        return _paper(json.loads(text))
    except UnicodeDecodeError as problem:
        raise NoPaper(f"{shown}: not in UTF-8; save it as UTF-8") from problem
    except BlueprintError as problem:
        raise NoPaper(f"{shown}: {problem}") from problem
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        wanted = "a paper of `grade quiz new --format json`, or a blueprint in .toml"
        raise NoPaper(f"{shown} is neither {wanted} ({line(str(problem), 120)})") from problem


def _drawn(blueprint: Blueprint, seed: int | None) -> Paper:
    try:
        return make_papers(blueprint, secrets.randbelow(SEEDS) if seed is None else seed)[0]
    except DrawError as problem:
        raise NoPaper(str(problem)) from problem


def _paper(record: Mapping[str, Any]) -> Paper:
    return Paper.from_json(record.get("paper", record))
