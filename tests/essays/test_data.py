"""The rubrics as data: complete, consistent, and right where a figure can be recomputed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exercise import all_exercises
from grader.freetext.essays import (
    ESSAYS,
    KINDS,
    EssayError,
    FreeTextTask,
    UnknownEssay,
    all_essays,
    load_essay,
    read_essay,
)
from grader.freetext.lab import counted

# Every task of the course chapter that wants sentences, and one on reading maps.
TASKS = """
a1 a2 a3 a4 a5 d1 d2 d3
interview-1 interview-2 interview-4 interview-5
myth-1 myth-2 myth-3 myth-4 myth-5 myth-6 myth-7
star-1 star-2 lab stretch-1 stretch-2 stretch-3
derive-output-size derive-gradient
alexnet why-depth why-padding strided-or-pooling feature-hierarchy
case-face case-driving critique-fine-tuning read-gradcam
""".split()

ALL = all_essays()
every = pytest.mark.parametrize("essay", ALL, ids=lambda e: e.slug)


def test_every_task_has_a_rubric_and_no_two_the_same_name():
    assert sorted(e.slug for e in ALL) == sorted(TASKS)
    assert len({e.title for e in ALL}) == len(ALL)
    assert {e.kind for e in ALL} == set(KINDS)


def test_no_task_bears_an_exercise_name_and_no_exercise_is_disturbed():
    exercises = {e.slug for e in all_exercises()}
    assert not exercises & set(TASKS)
    assert "essays" not in exercises


@every
def test_a_rubric_is_complete(essay: FreeTextTask):
    assert sum(c.points for c in essay.criteria) == essay.points
    assert len({c.id for c in essay.criteria}) == len(essay.criteria) >= 3
    assert all(c.idea and c.accept for c in essay.criteria)
    assert len(essay.contradictions) >= 2
    assert len(essay.model) >= 4
    assert len(essay.bands) >= 3


@every
def test_a_question_states_its_conventions(essay: FreeTextTask):
    assert "Conventions: " in essay.question


@every
def test_larger_criteria_say_what_earns_a_part(essay: FreeTextTask):
    assert all(c.partial for c in essay.criteria if c.points > 1)


@every
def test_texts_are_sentences_and_lines_of_a_paragraph_fit_an_editor(essay: FreeTextTask):
    texts = [c.claim for c in essay.contradictions] + [c.why for c in essay.contradictions] + list(essay.model)
    assert all(t.strip() == t and t[-1] in ".!?”" for t in texts)
    assert all(len(row) <= 150 for row in essay.question.split("\n"))


def test_the_longest_table_fits_a_narrow_terminal():
    assert all(len(e.slug) <= 20 and len(e.title) <= 40 for e in ALL)


# ---------------------------------------------------------------- facts


def told(slug: str) -> str:
    return (ESSAYS / f"{slug}.toml").read_text(encoding="utf-8")


def conv(f: int, c_in: int, c_out: int, bias: int = 1) -> int:
    return (f * f * c_in + bias) * c_out


MOBILENET_STRIDES = [1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1]


@pytest.mark.parametrize(
    ("slug", "value"),
    [
        ("a1", 224 * 224 * 3),
        ("a1", 27 * 224**2),
        ("a1", round(224 * 224 * 3 / 27)),
        ("a3", conv(3, 3, 64, 0) + conv(3, 64, 64, 0)),
        ("a3", conv(5, 3, 64, 0)),
        ("a3", conv(3, 64, 128, 0) + conv(3, 128, 128, 0)),
        ("a3", conv(5, 64, 128, 0)),
        ("a5", 7 * 7 * 512 * 4096 + 4096),
        ("a5", 513 * 1000),
        ("a5", 1025 * 1000),
        ("a5", 2049 * 1000),
        ("interview-2", conv(1, 512, 64)),
        ("interview-2", conv(3, 512, 64)),
        ("interview-2", conv(3, 256, 256)),
        ("interview-2", conv(1, 256, 64) + conv(3, 64, 256)),
        ("strided-or-pooling", 16 * 16 * conv(3, 64, 64, 0)),
        ("strided-or-pooling", 32 * 32 * conv(3, 64, 64, 0)),
        ("case-face", conv(1, 1280, 128)),
        ("case-face", conv(1, 320, 128)),
        ("case-face", conv(3, 64, 128, 0)),
        ("case-face", 9 * 64 + 64 * 128),
        ("case-driving", 8 * 1280 * 960),
        ("lab", conv(1, 2048, 256) + conv(1, 256, 6)),
        ("lab", 25_557_032 - 2049 * 1000 + conv(1, 2048, 256) + conv(1, 256, 6)),
        ("myth-6", 2**16),
        ("stretch-1", 25_557_032 - 2049 * 1000),
        ("stretch-1", 5_288_548 - 1281 * 1000),
    ],
)
def test_counts_are_recomputed(slug, value):
    assert f"{value:,}" in told(slug)


@pytest.mark.parametrize(
    ("slug", "value"),
    [
        ("d3", f"{1.2 * 1.1**2 * 1.15**2:.3f}"),
        ("d3", f"{(1.2 * 1.1**2 * 1.15**2) ** 3:.2f}"),
        ("d2", f"{100 * 0.0095 / (0.0095 + 0.99 * 0.1):.1f} %"),
        ("star-2", f"{100 * (1 - 0.8**8):.1f} %"),
        ("star-2", f"{100 * (1 - 0.8**11):.1f} %"),
        ("interview-5", f"{1e8 * 128 * 4 / 1e9:.1f} GB"),
        ("interview-5", f"{20 + 50 + 10 + 400} ms"),
        ("why-depth", f"{2 * 50 + 1} pixels"),
        ("why-depth", "112 layers"),
        ("lab", f"85 ± {196 * (0.85 * 0.15 / 150) ** 0.5:.0f} %"),
        ("myth-4", f"{123_642_856 / 1e6:.1f}"),
    ],
)
def test_figures_are_recomputed(slug, value):
    assert value in told(slug)


def test_the_trace_of_the_face_network():
    size, sizes = 56, []
    for stride in MOBILENET_STRIDES:
        size = (size + 2 - 3) // stride + 1
        sizes.append(size)
    assert (sizes[12], sizes[16]) == (7, 4)
    assert "7×7×96 after block 13, 4×4×320 after block 17" in told("case-face")


def test_the_roadmap_adds_up():
    steps = [2.7, 0.6, 0.1, 1.0, 0.1, 0.0, 0.8, 0.1, 0.5]
    assert sum(steps) == pytest.approx(82.0 - 76.1)


@pytest.mark.parametrize("slug", ["a4", "interview-1", "derive-gradient", "myth-2"])
def test_the_gradient_is_never_said_to_be_at_least_one(slug):
    """It is always among the wrong claims, with a counterexample."""
    essay = load_essay(slug)
    assert any("F(x) = −x" in c.why or "−x/2" in c.why for c in essay.contradictions)
    claims = " ".join([*essay.model, *(c.idea for c in essay.criteria)])
    assert not re.search(r"(always|keeps).{0,30}at least 1", claims)


def test_degradation_is_not_overfitting_and_chexnet_is_a_densenet():
    assert load_essay("a4").criterion("not-overfitting")
    assert load_essay("a4").criterion("limit")
    assert "DenseNet-121" in next(c.idea for c in load_essay("d2").criteria if c.id == "chexnet")
    assert "rewind" in next(c.idea for c in load_essay("star-2").criteria if c.id == "method")
    assert "Network in Network" in told("a5")


# ---------------------------------------------------------------- the lab's parts


def test_the_lab_has_the_stated_parts():
    parts = {p.title: p.points for p in load_essay("lab").parts}
    assert list(parts.values()) == [20, 25, 20, 15, 10, 10]
    assert sum(parts.values()) == 100


def test_every_check_with_points_of_the_lab_s_exercises_counts_in_exactly_one_part():
    graded = [g for p in load_essay("lab").parts for g in p.graded]
    for exercise in all_exercises():
        mine = [c.name for g in graded if g.exercise == exercise.slug for c in counted(g)]
        if mine:
            assert sorted(mine) == sorted(c.name for c in exercise.checks if c.points)


# ---------------------------------------------------------------- broken files


GOOD = told("myth-1")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points = 5", "points = 6", "add up to 5 points, not 6"),
        ('id = "reason"', 'id = "verdict"', "'verdict' appears twice"),
        ('kind = "myth"', 'kind = "legend"', "unknown kind 'legend'"),
        ('bloom = "Understand"', 'bloom = "Guess"', "unknown Bloom level"),
        ('level = "beginner"', 'level = "easy"', "unknown level"),
        ('against = "limit"', 'against = "limits"', "which is no criterion"),
        ("least = 0", "least = 1", "the last band begins at 0"),
        ("least = 4.5", "least = 9", "out of reach"),
        ("partial = [{ points = 1,", "partial = [{ points = 2,", "more than 0, less than all"),
        ("[[bands]]", "[[bands", "line"),
        ('title = "', 'titel = "', "titel"),
        ('idea = "False: it holds for 3×3 only."', 'idea = ""', "has no idea"),
        ('accept = ["a special case taken for the rule"]', "accept = []", "accepts no other wording"),
        ('topics = ["padding", "output size"]', 'topics = "padding"', "a list of texts"),
    ],
)
def test_a_broken_file_is_named_with_the_reason(tmp_path: Path, old, new, said):
    assert old in GOOD
    path = tmp_path / "myth-1.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(EssayError, match=re.escape(said)) as caught:
        read_essay(path)
    assert str(path) in str(caught.value)


def test_parts_that_do_not_add_up_are_named(tmp_path: Path):
    path = tmp_path / "lab.toml"
    path.write_text(told("lab").replace("points = 8, needs", "points = 7, needs"), encoding="utf-8")
    with pytest.raises(EssayError, match="part 'data' adds up to 19, not 20"):
        read_essay(path)


def test_an_unknown_task_is_answered_with_a_near_one():
    with pytest.raises(UnknownEssay, match="Did you mean `interview-1`"):
        load_essay("interview1")


@given(st.sampled_from(ALL), st.floats(0, 1))
def test_every_number_of_points_has_its_band(essay: FreeTextTask, share: float):
    points = share * essay.points
    band = essay.band(points)
    assert band.least <= points
    assert all(b.least > points for b in essay.bands if b.least > band.least)


def test_all_files_are_toml_of_printable_text():
    for path in ESSAYS.iterdir():
        text = path.read_text(encoding="utf-8")
        assert path.suffix == ".toml"
        assert tomllib.loads(text)
        assert text.replace("\n", "").isprintable()
