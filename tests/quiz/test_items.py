"""How questions went is kept by `grade quiz mark` and shown by `grade quiz stats`, over several papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generators.blueprint import practice
from generators.paper import make_papers
from grader.cli.group import cli


def quiz(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["quiz", *map(str, arguments)])


def test_facility_discrimination_and_distractors_over_two_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    papers = make_papers(practice(2, generators=["output_size", "conv_params"], kinds=["MCQ"]), 3, 2)
    for paper in papers:
        Path(f"p{paper.form}.json").write_text(json.dumps(paper.as_json()))
        right, wrong = ([q.answer for q in paper.questions],
                        [next(o.key for o in q.options if not o.correct) for q in paper.questions])  # fmt: skip
        rows = [f"s{i},{','.join(right if i < 4 else wrong)}" for i in range(6)]
        Path(f"a{paper.form}.csv").write_text("\n".join(["student,q1,q2", *rows]))
        for _ in "12":  # marked again: nothing counts twice
            result = quiz("mark", f"p{paper.form}.json", f"a{paper.form}.csv", "--gradebook", "book.sqlite")
            assert result.exit_code == 0, result.stderr
            assert "12 answers kept in book.sqlite" in result.stderr
    data = json.loads(quiz("stats", "--gradebook", "book.sqlite", "--format", "json").stdout)
    assert [(entry["generator"], entry["answers"]) for entry in data] == [("conv_params", 12), ("output_size", 12)]
    for entry in data:
        assert entry["facility"] == pytest.approx((8 - 4 / 3) / 12, abs=1e-4)
        assert entry["discrimination"] == pytest.approx(1)
        assert entry["chosen"]["right"] == 8
        assert sum(entry["chosen"].values()) == 12
    shown = quiz("stats", "output_size", "--gradebook", "book.sqlite").stdout
    assert "conv_params" not in shown
    assert "0.56   1.00" in shown
    assert quiz("stats", "--gradebook", "none.sqlite").exit_code == 2
