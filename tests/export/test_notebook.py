"""The notebook is valid, runs, and saves answers that the marker reads."""

from __future__ import annotations

import warnings
from pathlib import Path

import nbformat
import pytest

from generators.answers import read_answers
from generators.export import export
from generators.paper import Paper


@pytest.mark.parametrize("key", [False, True])
def test_it_is_valid_and_has_a_cell_for_each_answer(every_kind: Paper, hostile: Paper, key: bool) -> None:
    for paper in (every_kind, hostile):
        book = nbformat.reads(export(paper, "ipynb", key=key).decode(), as_version=4)
        nbformat.validate(book)
        cells = {cell.id: cell for cell in book.cells}
        assert len(cells) == len(book.cells)
        for number, question in enumerate(paper.questions, 1):
            assert question.prompt in cells[f"q{number}"].source
            assert cells[f"q{number}-answer"].source.startswith(f"answers[{number}] = ")
            assert (f"q{number}-solution" in cells) is key
            shown = [step for step in question.solution for cell in book.cells if f"- {step}" in cell.source]
            assert bool(shown) is key
            if question.picture:
                assert "](data:image/svg+xml;base64," in cells[f"q{number}"].source


def test_it_runs_and_saves_what_was_answered(every_kind: Paper, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of Jupyter's own
        from nbclient import NotebookClient

    book = nbformat.reads(export(every_kind, "ipynb").decode(), as_version=4)
    for cell in book.cells:
        cell.source = cell.source.replace('student = ""', 'student = "ada"')
        cell.source = cell.source.replace('answers[2] = ""', 'answers[2] = "B, C"')
    NotebookClient(book, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    row = read_answers((tmp_path / "answers.csv").read_bytes(), len(every_kind.questions)).rows[0]
    assert (row.student, row.paper, row.answers) == ("ada", "1", {2: "B, C"})
    assert f"1 of {len(every_kind.questions)} answers saved" in book.cells[-1].outputs[0].text
