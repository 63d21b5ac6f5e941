"""The page on what real exams ask names generators that there are, each with a sample."""

from __future__ import annotations

import re
from pathlib import Path

from generators.registry import slugs

PAGE = Path(__file__).parents[2] / "docs" / "inside" / "exams.md"
ROW = re.compile(r"\| (?P<kind>[^|]+) \| `(?P<slug>\w+)` \| (?P<sample>.+) \|")


def test_every_kind_has_a_generator_and_a_sample() -> None:
    rows = [found for line in PAGE.read_text().splitlines() if (found := ROW.fullmatch(line))]
    named = [row["slug"] for row in rows]
    assert len(set(named)) == len(named) >= 76
    assert set(named) <= set(slugs())
    assert all(len(row["sample"]) > 20 for row in rows)


def test_what_was_missing_names_generators() -> None:
    table = PAGE.read_text().partition("| source |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) <= set(slugs())
