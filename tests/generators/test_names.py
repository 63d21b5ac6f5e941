"""A class name means one thing in the whole program."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from generators import authoring

ROOT = Path(__file__).parents[2]


def classes(package: str) -> list[str]:
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / package).rglob("*.py"))
    return [node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def test_no_class_of_the_generators_shares_its_name() -> None:
    """Authors of questions keep the short words of the field: `Match`, `Order`, `Line`."""
    here = classes("generators")
    there = Counter(here + classes("grader"))
    assert {name for name in here if there[name] > 1} <= set(authoring.__all__)
    assert len(here) == len(set(here)) > 30
