"""Folders: which of their files is graded, what of the others is found, and what is said of the rest."""

from __future__ import annotations

import pytest

from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.submission.load import load
from tests.accidents.accidents import FIRST, RIGHT, SECOND

HELPED = "from .helper import output_size\nimport numpy as np\n"


@pytest.mark.parametrize("more", [{}, {"__init__.py": ""}])
def test_a_module_of_the_own_folder_is_found_as_in_a_package(more, tmp_path, sandboxes):
    written = {"helper.py": FIRST, "my_padding.py": HELPED + SECOND, **more}
    for name, text in written.items():
        (tmp_path / name).write_text(text)
    result = grade(load(tmp_path), load_exercise("padding"), seed=1, sandbox=sandboxes("padding"))
    assert (result.full_marks, result.notes) == (True, [])


def test_a_module_that_is_not_in_the_own_folder_is_not_found_elsewhere(tmp_path, sandboxes):
    (tmp_path / "my_padding.py").write_text(f"from .numpy import pad\n{RIGHT}")
    result = grade(load(tmp_path), load_exercise("padding"), seed=1, sandbox=sandboxes("padding"))
    assert "attempted relative import" in result.notes[0]


def test_a_written_file_is_graded_rather_than_the_starter_beside_it(tmp_path):
    (tmp_path / "my_padding.py").write_bytes(load_exercise("padding").starter_file.read_bytes())
    (tmp_path / "solved.py").write_text(RIGHT)
    assert load(tmp_path).main == "solved.py"


def test_what_of_a_folder_is_not_graded_is_said(tmp_path):
    (tmp_path / "my_padding.py").write_text(f"import helper\n{RIGHT}")
    (tmp_path / "helper.py").write_text(FIRST)
    (tmp_path / "second.py").write_text(RIGHT)
    (tmp_path / "test_it.py").write_text("from my_padding import *\nfrom my_padding import output_size, pad2d\n")
    said = "Graded is my_padding.py. Not graded: second.py. Hand in by itself what is to count."
    assert load(tmp_path).notes == [said]
    (tmp_path / "second.py").unlink()
    assert load(tmp_path).notes == []
