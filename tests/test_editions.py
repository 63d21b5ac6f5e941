"""An exercise's edition: another as soon as somebody changes one of its files, and the same whatever Python leaves."""

from __future__ import annotations

import shutil

import pytest

from grader import exercise
from grader.exercise import load_exercise


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A copy of one exercise with its solution, in place of the real ones."""
    shutil.copytree(exercise.EXERCISES / "padding", tmp_path / "exercises" / "padding")
    (tmp_path / "solutions").mkdir()
    shutil.copy(exercise.SOLUTIONS / "padding.py", tmp_path / "solutions")
    for name, path in (
        ("ROOT", tmp_path),
        ("EXERCISES", tmp_path / "exercises"),
        ("SOLUTIONS", tmp_path / "solutions"),
    ):
        monkeypatch.setattr(exercise, name, path)
    return tmp_path


def edition() -> str:
    """Read anew."""
    return load_exercise("padding").edition


@pytest.mark.parametrize(
    "name", ["solutions/padding.py", "exercises/padding/test_padding.py", "exercises/padding/exercise.toml"]
)
def test_any_change_makes_another_edition(home, name):
    before = edition()
    assert len(before) == 64
    text = (home / name).read_bytes()
    (home / name).write_bytes(text + b"\n# better\n")
    assert edition() != before
    (home / name).write_bytes(text)
    assert edition() == before


def test_another_name_makes_another_edition(home):
    before = edition()
    wrong = min((home / "exercises" / "padding" / "wrong").glob("*.py"))
    wrong.rename(wrong.with_name("another.py"))
    assert edition() != before


@pytest.mark.parametrize("name", ["__pycache__/test_padding.cpython-311.pyc", ".ipynb_checkpoints/a.py", ".DS_Store"])
def test_what_nobody_wrote_makes_none(home, name):
    before = edition()
    left = home / "exercises" / "padding" / name
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"left behind")
    assert edition() == before
