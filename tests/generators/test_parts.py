"""Parts with one stem; what follows from a wrong part earns its marks where a course says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators.blueprint import BlueprintError, load_blueprint
from generators.forms import betrayals, equal_demand
from generators.marking import GATE, Scheme
from generators.paper import Paper, make_papers
from generators.results import mark_paper

CELL = '[[cells]]\ncount = 3\ngenerators = ["layer_parts"]\nparts = true\n'


@pytest.fixture
def papers(tmp_path: Path) -> list[Paper]:
    file = tmp_path / "own.toml"
    file.write_text(CELL)
    return make_papers(load_blueprint(str(file)), 4, 3)


def test_the_parts_share_their_stem_in_every_form(papers: list[Paper]) -> None:
    for paper in papers:
        stems = {question.prompt.rpartition(". ")[0] for question in paper.questions}
        assert [question.params["ask"] for question in paper.questions] == ["size", "params", "macs"]
        assert len(stems) == 1
    assert len({question.prompt for paper in papers for question in paper.questions}) == 9
    assert equal_demand([list(paper.questions) for paper in papers]) == []
    assert betrayals([question for paper in papers for question in paper.questions]) == []


def test_a_wrong_part_that_is_carried_on_rightly_earns_the_marks_under_such_a_scheme(papers: list[Paper]) -> None:
    paper = Paper.from_json(papers[0].as_json())
    size, params, macs = paper.questions
    wrong = size.answer + 1
    carried = macs.answer // size.answer**2 * wrong**2
    answers = {1: str(wrong), 2: str(params.answer), 3: str(carried)}
    follow = Scheme.from_json({"follow": True})
    assert [entry.outcome for entry in mark_paper(paper, answers, GATE).marks] == ["wrong", "right", "wrong"]
    marked = mark_paper(paper, answers, follow).marks
    assert [entry.outcome for entry in marked] == ["wrong", "right", "right"]
    assert marked[2].message == "Follows from your answer to question 1."
    assert mark_paper(paper, answers | {3: str(carried + 1)}, follow).marks[2].outcome == "wrong"
    assert mark_paper(paper, {3: str(carried)}, follow).marks[2].outcome == "wrong"
    with pytest.raises(ValueError, match="true or false"):
        Scheme.from_json({"follow": "yes"})


def test_parts_need_a_generator_that_has_so_many(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(CELL.replace("3", "2"))
    with pytest.raises(BlueprintError, match="2 parts with one stem"):
        load_blueprint(str(file))
