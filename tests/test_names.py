"""A class name means one thing in the whole program."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("generators", "grader")


def test_each_class_name_is_given_once() -> None:
    given = Counter(name for package in PACKAGES for name in classes(package))
    twice = {name for name, count in given.items() if count > 1}
    assert not twice
    assert len(given) > 200


def classes(package: str) -> list[str]:
    """The names of all classes, also of those within classes and functions."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / package).rglob("*.py"))
    return [node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
