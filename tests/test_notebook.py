"""Graded from within a notebook: what its cells define, in another process, with the report in the cell's output."""

from __future__ import annotations

import html
import json
import re
import warnings
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat import v4

import grader
from grader.cli.group import cli
from grader.exercise import SOLUTIONS, all_exercises
from grader.notebook.cells import without_ours
from grader.notebook.graded import report
from grader.notebook.magic import NotGraded

RIGHT = (SOLUTIONS / "conv.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("def conv2d(", "def _right(", 1) + (
    "\n\ndef conv2d(X, K, stride=1, padding=0):\n    return 2 * _right(X, K, stride, padding)\n"
)


def ran(folder: Path, *sources: str) -> list[nbformat.NotebookNode]:
    """The cells of a notebook that a kernel has run, errors and all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of Jupyter's own
        from nbclient import NotebookClient
    book = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(book, timeout=300, allow_errors=True, resources=resources).execute()
    return book.cells


def shown(cell: nbformat.NotebookNode) -> dict[str, str]:
    [output] = [o for o in cell.outputs if o.output_type == "execute_result"]
    return output.data


@pytest.mark.slow
def test_a_cell_grades_what_the_notebook_defines(tmp_path):
    mistake = "raise ValueError('a cell that failed costs nothing')"
    calls = ["%grade conv", "grader.check('conv2d')", "%grade conv -v", "%grade Conw", "%grade a b"]
    cells = ran(tmp_path, "import grader\n%load_ext grader", mistake, WRONG, *calls, f"%%grade conv\n{RIGHT}")
    _, _, _, by_magic, by_name, verbose, unknown, usage, again = cells
    assert "is wrong" in shown(by_magic)["text/plain"] or "wrong values" in shown(by_magic)["text/plain"]
    assert "conv2d_multichannel" not in shown(by_name)["text/plain"].partition("\n")[0]
    assert len(shown(verbose)["text/plain"]) > len(shown(by_magic)["text/plain"])
    assert "22 of 22 points" in shown(again)["text/plain"]
    for cell, said in ((unknown, "Conw"), (usage, "%%grade EXERCISE")):
        [error] = cell.outputs
        assert said in "\n".join(error.traceback)
        assert "Traceback" not in "\n".join(error.traceback)


def test_the_report_is_a_page_in_a_frame_and_text_elsewhere():
    found = report([WRONG, "x = 3"], "conv", 1, verbose=False)
    [page] = re.findall(r'srcdoc="([^"]*)"', found._repr_html_())
    assert html.unescape(page) == found.page
    assert repr(found) == found.text
    assert 0 < found.score < found.max_score == 22
    assert "grade submit" not in found.text + found.page  # there is no file to give to it
    assert "grade explain" not in found.text


@pytest.mark.slow
def test_a_name_shows_what_is_about_it():
    found = report([WRONG], "conv2d_multichannel", 1, verbose=False)
    whole = report([WRONG], "conv", 1, verbose=False)
    assert 0 < found.max_score < whole.max_score
    assert found.score == found.max_score  # the slip is in the other function


def test_lines_that_ask_for_a_grade_are_not_handed_in():
    sources = [
        "import grader",
        "%load_ext grader\nimport numpy",
        "%%grade conv\nx = 1",
        "grader.check('conv')",
        "y = 2",
    ]
    assert without_ours(sources) == ["import numpy", "x = 1", "y = 2"]


def test_outside_of_a_notebook_it_says_what_to_type():
    with pytest.raises(NotGraded, match="grade submit"):
        grader.check("conv")
    with pytest.raises(AttributeError):
        _ = grader.nonsense


@pytest.mark.parametrize("slug", [e.slug for e in all_exercises()])
def test_a_notebook_to_start_from_has_all_of_the_starter(slug, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["start", slug, "--notebook"])
    assert done.exit_code == 0, done.output
    text = Path(f"my_{slug}.ipynb").read_text(encoding="utf-8")
    nbformat.validate(nbformat.reads(text, as_version=4))
    cells = json.loads(text)["cells"]
    assert cells[0]["cell_type"] == "markdown"
    assert (cells[1]["source"], cells[-1]["source"]) == ("%load_ext grader", f"%grade {slug}")
    starter = next(e for e in all_exercises() if e.slug == slug).starter_file.read_text(encoding="utf-8")
    code = "\n".join(cell["source"] for cell in cells[2:-1])
    namespace: dict[str, object] = {"__name__": "starter"}
    exec(compile(code, slug, "exec"), namespace)
    assert [line for line in starter.splitlines() if line.startswith(("def ", "class "))] == [
        line for line in code.splitlines() if line.startswith(("def ", "class "))
    ]
