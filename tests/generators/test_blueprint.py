"""Blueprints: papers keep what they promise, parallel forms ask the same of everybody, and impossible ones say why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generators.blueprint import Blueprint, BlueprintCell, BlueprintError, blueprints, load_blueprint, practice
from generators.draw import DrawError
from generators.forms import identity
from generators.model import QuestionKind
from generators.paper import Paper, make_papers

NAMES = blueprints()


def demand(paper: Paper) -> list[tuple[object, ...]]:
    """What a paper asks at each place, whatever the numbers."""
    return [(q.generator, q.kind, q.marks, q.topic, q.difficulty) for q in paper.questions]


@pytest.mark.slow
@pytest.mark.sampled(ci=3)
@pytest.mark.parametrize("name", NAMES)
def test_twelve_papers_are_parallel_and_share_no_variant(name: str) -> None:
    papers = make_papers(load_blueprint(name), 7, 12)
    shown = Counter(identity(q.generator, q.params) for paper in papers for q in paper.questions)
    assert max(shown.values()) == 1
    assert len({paper.marks for paper in papers}) == 1
    kinds = [[(q.kind, q.marks) for q in paper.questions] for paper in papers]
    if name != "chapter-test":
        assert all(form == kinds[0] for form in kinds)
        assert demand(papers[0]) == demand(papers[1])
    assert make_papers(load_blueprint(name), 7) == papers[:1]
    assert make_papers(load_blueprint(name), 8)[0].questions != papers[0].questions


def test_every_question_stands_in_its_cell() -> None:
    for name in NAMES:
        blueprint = load_blueprint(name)
        questions = iter(make_papers(blueprint, 3)[0].questions)
        for cell in blueprint.cells:
            for _ in range(cell.count):
                question = next(questions)
                assert question.kind in cell.asks(question.generator)
                assert question.marks == cell.marks


def test_gate_full_has_the_shape_of_the_examination() -> None:
    paper = make_papers(load_blueprint("gate-full"), 1)[0]
    assert (len(paper.questions), paper.marks, paper.minutes) == (65, 100, 180)
    assert {q.kind for q in paper.questions} == {QuestionKind.MCQ, QuestionKind.MSQ, QuestionKind.NAT}
    assert Counter(q.marks for q in paper.questions) == {1: 30, 2: 35}
    assert "GATE-style" in paper.title


def test_gate_da_nn_asks_what_the_syllabus_names() -> None:
    """Feed-forward networks in GATE's kinds, at GATE's pace of 1.8 minutes for a mark, and no convolution."""
    paper = make_papers(load_blueprint("gate-da-nn"), 1)[0]
    assert (len(paper.questions), paper.marks, paper.minutes) == (10, 15, 27)
    assert not [q.prompt for q in paper.questions if "onvol" in q.prompt or q.kind not in ("MCQ", "MSQ", "NAT")]


def test_gate_cnn_weighs_the_topics_as_the_chapter_does() -> None:
    blueprint = load_blueprint("gate-cnn")
    counts: Counter[str] = Counter()
    for cell in blueprint.cells:
        counts[cell.name.split(":")[0].split(" by")[0].split(" with")[0].split(" at")[0]] += cell.count
    assert list(counts.values()) == [5, 4, 4, 3, 2, 2, 2], counts


def test_shuffled_papers_differ_in_order_only() -> None:
    cells = (BlueprintCell(4, topics=("padding",)), BlueprintCell(4, topics=("parameters",)))
    straight, mixed = (make_papers(Blueprint("t", cells, shuffle=s), 5, 2) for s in (False, True))
    assert [q.topic for q in straight[0].questions] == ["padding"] * 4 + ["parameters"] * 4
    orders = [[straight[i].questions.index(q) for q in mixed[i].questions] for i in (0, 1)]
    assert sorted(orders[0]) == list(range(8))
    assert orders[0] != orders[1]


def test_a_paper_comes_back_from_its_record() -> None:
    paper = make_papers(load_blueprint("chapter-test"), 11, 2)[1]
    again = Paper.from_json(paper.as_json())
    assert again.as_json() == paper.as_json()
    assert (again.form, again.blueprint, again.minutes) == (2, "chapter-test", 60)
    with pytest.raises(ValueError, match="no questions"):
        Paper.from_json({"title": "t", "seed": 1, "questions": []})


def test_a_place_whose_generator_runs_out_gets_another_that_fits() -> None:
    cell = BlueprintCell(1, generators=("same_padding", "shrink_chain"), kinds=("NAT",))
    papers = make_papers(Blueprint("t", (cell,)), 1, 160)
    counts = Counter(paper.questions[0].generator for paper in papers)
    assert counts["same_padding"] <= 72
    assert sum(counts.values()) == 160


def test_more_papers_than_variants_fail_loudly() -> None:
    small = practice(2, generators=["order_steps"])
    with pytest.raises(DrawError, match="for 11 papers only; what runs out: order_steps"):
        make_papers(small, 1, 12)


CELL = '[[cells]]\ncount = 2\ntopics = ["padding"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"there are no \[\[cells\]\]"),
        ("title = x\n", "not TOML: .*line 1"),
        (CELL.replace("padding", "paddin"), "cell 1: topics: there is no 'paddin'. Did you mean `padding`"),
        (CELL + 'kinds = ["MATRIX"]', "cell 1: no generator fits padding · MATRIX"),
        (CELL + 'name = "Sizes"\nmarks = 3', r"cell 1 \(Sizes\): marks has to be a whole number from 1 to 2"),
        (CELL.replace("2", "0"), "count has to be a whole number from 1"),
        (CELL.replace("2", "true"), "count has to be a whole number from 1"),
        (CELL + 'colour = "red"', "cell 1: 'colour' has no meaning; there are count"),
        (CELL + "bloom = 3", "bloom has to be a list of names"),
        ("questions = 3\n" + CELL, "questions = 3, but the cells add up to 2"),
        ("marks = 3\n" + CELL, "can only be kept if every cell says its marks"),
        ("marks = 3\n" + CELL + "marks = 1", "marks = 3, but the cells add up to 2"),
        ("shuffle = 1\n" + CELL, "shuffle true or false"),
        ("cells = 3", "there are no"),
        (CELL.replace("2", "2000"), "from 1 to 1000"),
    ],
)
def test_an_impossible_blueprint_says_what_and_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(BlueprintError, match=said) as caught:
        load_blueprint(str(file))
    assert str(file) in str(caught.value)


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(BlueprintError, match="Did you mean `gate-cnn`"):
        load_blueprint("gate-cmm")
    with pytest.raises(BlueprintError, match="there are chapter-test, gate-cnn, gate-da-nn, gate-full"):
        load_blueprint("nonsense")
    with pytest.raises(BlueprintError, match="No such file"):
        load_blueprint(str(tmp_path / "none.toml"))
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(BlueprintError, match="save it as UTF-8"):
        load_blueprint(str(tmp_path / "latin.toml"))


def test_an_own_file_works(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('\ufefftitle = "Sizes"\nminutes = 9\n' + CELL + 'kinds = ["nat"]\ndifficulty = "beginner"\n')
    paper = make_papers(load_blueprint(str(file)), 1)[0]
    assert (paper.title, paper.minutes, paper.blueprint) == ("Sizes", 9, "own")
    assert [(q.topic, q.kind, q.difficulty) for q in paper.questions] == [("padding", "NAT", "beginner")] * 2


def test_essays_come_only_when_asked_for() -> None:
    everything = make_papers(practice(60), 1)[0]
    assert "ESSAY" not in {q.kind for q in everything.questions}
    assert {q.kind for q in make_papers(practice(3, kinds=["essay"]), 1)[0].questions} == {"ESSAY"}
