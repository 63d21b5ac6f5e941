"""What a bank consists of."""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    """A statement that is right; `holds` says when, and goes on from "It holds"."""

    text: str
    holds: str


class Myth(NamedTuple):
    """A claim that is often made and wrong: its name, why it is wrong, and when it would hold ("nowhere", too)."""

    text: str
    slug: str
    why: str
    holds: str


class Conditions(NamedTuple):
    """A claim that is true under one of four conditions: that one, then the others with a name and why they fail."""

    claim: str
    holds: str
    others: tuple[tuple[str, str, str], ...]


class Bank(NamedTuple):
    """All statements of a theme."""

    facts: list[Fact]
    myths: list[Myth]
    conditions: list[Conditions]
