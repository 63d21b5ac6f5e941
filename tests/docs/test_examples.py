"""What docs/author shows file by file is written as it stands into a folder of its own, and works."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import generators.export
from generators import questions, registry
from generators.build import build
from generators.export import export, fidelity
from generators.paper import Paper
from grader import exercise
from grader.author import bank
from grader.freetext.essays import read_essay

AUTHOR = exercise.ROOT / "docs" / "author"
FILE = re.compile(r"^\*\*`([^`]+)`\*\*\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def files(page: str) -> dict[str, str]:
    """The files that a page shows: a path in bold, then a block of code."""
    return dict(FILE.findall((AUTHOR / page).read_text(encoding="utf-8")))


def written(page: str, folder: Path) -> list[Path]:
    """Those files below a folder."""
    paths = []
    for name, content in files(page).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        paths.append(path)
    return paths


@pytest.fixture
def leaky_relu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> exercise.Exercise:
    """The page's exercise, the only one in a tree of its own."""
    written("exercise.md", tmp_path)
    monkeypatch.setattr(exercise, "EXERCISES", tmp_path / "exercises")
    monkeypatch.setattr(exercise, "SOLUTIONS", tmp_path / "solutions")
    (mine,) = exercise.all_exercises()
    return mine


def test_the_exercise_is_graded_as_the_page_says(leaky_relu: exercise.Exercise) -> None:
    ours = list(bank.files(leaky_relu))
    faults = {path.name: bank.fault(kind, path, bank.grade_locally(leaky_relu, path)) for kind, path in ours}
    assert not any(faults.values()), faults
    assert [sum(kind == wanted for kind, _ in ours) for wanted in ("right", "wrong")] == [3, 5]


def test_tame_inputs_confuse_two_misconceptions_as_the_page_says(leaky_relu: exercise.Exercise) -> None:
    [checks] = leaky_relu.test_files
    checks.write_text(checks.read_text().replace("5, 5), slope=0.25)", "5, 5))"))
    wrong = leaky_relu.folder / "wrong" / "plain_relu.py"
    said = bank.fault("wrong", wrong, bank.grade_locally(leaky_relu, wrong))
    assert f"exercises/leaky_relu/wrong/plain_relu.py: {said}" in (AUTHOR / "exercise.md").read_text()


def test_the_free_text_task_is_whole(tmp_path: Path) -> None:
    (path,) = written("essay.md", tmp_path)
    assert read_essay(path).points == 4


@pytest.fixture
def own_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A second folder of generators."""
    monkeypatch.setattr(questions, "__path__", [*questions.__path__, str(tmp_path / "generators" / "questions")])
    registry.slugs.cache_clear()
    yield tmp_path
    registry.slugs.cache_clear()


def test_the_question_is_found_drawn_and_asked_in_both_kinds(own_questions: Path) -> None:
    written("question.md", own_questions)
    for seed in range(20):
        assert len(build("dropout_kept", seed, "MCQ").options) == 4
        assert build("dropout_kept", seed, "NAT").answer > 0


def test_the_format_writes_a_card_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written("format.md", tmp_path)
    monkeypatch.setattr(
        generators.export, "__path__", [*generators.export.__path__, str(tmp_path / "generators/export")]
    )
    monkeypatch.setitem(generators.export.FORMATS, "anki", "anki")
    paper = Paper("Cards", 1, tuple(build(slug, 1) for slug in ("layer_trace", "essay", "conv_by_hand")))
    lines = export(paper, "anki").decode().splitlines()
    assert [line.count("\t") for line in lines] == [0, 0, 1, 1, 1]
    assert {sentence for _, sentence in fidelity(paper, "anki")} == {"A card has no marks.", "The rubric is left out."}


def test_the_picture_shows_what_a_terminal_shows_now() -> None:
    """If this fails: python docs/picture.py draws it again."""
    spec = importlib.util.spec_from_file_location("picture", exercise.ROOT / "docs" / "picture.py")
    assert spec
    assert spec.loader
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    words = re.compile(r"<text[^>]*>([^<]*)</text>")
    there, now = picture.PICTURE.read_text(encoding="utf-8"), picture.drawn(picture.shown())
    assert words.findall(there) == words.findall(now)
