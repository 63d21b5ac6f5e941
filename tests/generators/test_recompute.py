"""Recomputing at scale: interrupted runs go on, and what disagrees is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generators import recompute, test_keys
from tests.generators.oracles import ORACLES

CHEAP = ("batches", "frame_budget", "memory_size")


def cheap() -> list[recompute.SeedBlock]:
    return [block for block in recompute.blocks(len(ORACLES) * 3, 5) if block.slug in CHEAP]


def test_a_run_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    begun = list(recompute.run(cheap()[:1], state, 1))
    state.write_text(state.read_text() + '\n[["frame_')
    entries = list(recompute.run(cheap(), state, 1))
    assert begun[0] in entries
    assert [entry.block for entry in recompute.finished(state)] == [entry.block for entry in entries]
    assert list(recompute.report(entries))[-1].startswith("9 questions of 3 generators")


def test_what_disagrees_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(test_keys.ORACLES, "batches", lambda **params: 1)
    found = recompute.recomputed(next(block for block in cheap() if block.slug == "batches"))
    assert len(found.problems) == 3
    assert "but 1" in found.problems[0]
    assert "     3 disagreements" in next(recompute.report([found]))
