"""GIFT: read by gift-pegjs, an independent parser, and answered by Moodle's rules for the types it names."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generators import expression
from generators.export import accepted, gift
from generators.export.rich_text import in_brackets, paragraphs
from generators.model import Question, QuestionKind
from tests.lms.moodle_importer import Imported
from tests.lms.samples import NASTY, TOOLS, mixed, nasty, paper, questions
from tests.lms.trials import Trial, trials

MODULES = TOOLS / "node_modules"
pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / "gift-pegjs").is_dir()),
    reason="needs node and `npm install --prefix .lms gift-pegjs@1.0.2`",
)
TYPES = {"MC": "multichoice", "Numerical": "numerical", "Short": "shortanswer", "Matching": "matching",
         "Essay": "essay"}  # fmt: skip


def parse(content: bytes) -> list[dict[str, Any]]:
    script = str(Path(__file__).with_name("read_gift.cjs"))
    done = subprocess.run(["node", script, str(MODULES)], input=content, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def read(content: bytes) -> list[Imported]:
    """As Moodle keeps what the parser found."""
    found, category = [], ""
    for record in parse(content):
        if record["type"] == "Category":
            category = record["title"]
        else:
            found.append(_imported(record, category))
    return found


def _imported(record: dict[str, Any], category: str) -> Imported:
    answers = [_answer(choice) for choice in record.get("choices", ())]
    right = sum(answer["fraction"] == 1 and choice["weight"] is None
                for answer, choice in zip(answers, record.get("choices", ()), strict=True))  # fmt: skip
    return Imported(
        TYPES[record["type"]], record["title"], record["stem"]["text"], record["globalFeedback"]["text"], 1.0, category,
        record["tags"], {}, answers, settings={"single": "true" if right else "false", "usecase": "0"},
        pairs=[(pair["subquestion"]["text"], pair["subanswer"]) for pair in record.get("matchPairs", ())],
    )  # fmt: skip


def _answer(choice: dict[str, Any]) -> dict[str, Any]:
    number = choice["text"].get("number")
    weight = choice["weight"] if choice["weight"] is not None else 100.0 * choice["isCorrect"]
    return {
        "text": choice["text"]["text"] if number is None else str(number),
        "tolerance": str(choice["text"].get("range", 0)),
        "fraction": weight / 100,
        "feedback": (choice["feedback"] or {"text": ""})["text"],
    }


@cache
def imported() -> list[tuple[Question, Imported]]:
    chosen = (*questions(), mixed())
    return list(zip(chosen, read(gift.render(paper(chosen))), strict=True))


def respond(question: Question, target: Imported, given: Any) -> Any:
    """The learner's answer; options are found by the letter that is written on them."""
    match question.kind:
        case QuestionKind.MCQ | QuestionKind.MSQ:
            by_key = {answer["text"][1]: place for place, answer in enumerate(target.answers)}
            return by_key[given] if question.kind == QuestionKind.MCQ else [by_key[key] for key in given]
        case QuestionKind.NAT:
            return float(given)
        case QuestionKind.MATRIX:
            return accepted.matrix_forms(given)[0]
        case QuestionKind.ORDER:
            return {left: str(given.index(left[1]) + 1) for left, _ in target.pairs}
        case QuestionKind.MATCH:
            rights = {right[1]: right for _, right in target.pairs}
            return {left: rights[given[left[0]]] for left, _ in target.pairs if left}
    return given


def check(question: Question, target: Imported, trial: Trial) -> None:
    share, told = target.grade(respond(question, target, trial.given))
    where = f"{target.name}: {trial.given}"
    assert (share > 0.999999) == trial.right, where
    if trial.why and question.kind not in (QuestionKind.ORDER, QuestionKind.MATCH):
        assert paragraphs(trial.why, in_brackets) in told, where
    if not trial.right and question.kind == QuestionKind.MCQ:
        assert share == pytest.approx(-1 / 3, abs=1e-7), where


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind != QuestionKind.ESSAY])
def test_the_key_is_right_and_misconceptions_are_wrong_and_told(kind):
    pairs = [pair for pair in imported() if pair[0].kind == kind]
    assert pairs
    for question, target in pairs:
        for trial in trials(question):
            check(question, target, trial)


def test_types_are_those_that_the_kinds_need():
    found = {question.kind: target.type for question, target in imported()}
    assert found == {
        "MCQ": "multichoice", "MSQ": "multichoice", "NAT": "numerical", "MATRIX": "shortanswer",
        "EXPRESSION": "shortanswer", "ORDER": "matching", "MATCH": "matching", "ESSAY": "essay",
    }  # fmt: skip


def test_accepted_formulas_are_equal_to_the_key():
    for question, target in imported():
        if question.kind == QuestionKind.EXPRESSION:
            for answer in target.answers:
                tree = expression.parse(answer["text"].replace(r"\*", "*"))
                assert expression.equal(tree, expression.parse(question.answer)) == (answer["fraction"] == 1)


def test_names_are_unique_and_tags_and_categories_stay():
    names = [target.name for _, target in imported()]
    assert len(set(names)) == len(names)
    for question, target in imported():
        assert {question.topic, question.bloom, question.difficulty} <= set(target.tags)
        assert target.category == f"$course$/top/Sample/{question.topic}"


def test_solution_rubric_and_picture_stand_in_the_text():
    for question, target in imported():
        if question.kind == QuestionKind.ESSAY:
            assert paragraphs(question.rubric[0].idea, in_brackets)[3:-4] in target.general
        else:
            assert "Answer:" in target.general
        if question.picture:
            assert html.fromstring(target.text).xpath("//img/@alt") == [question.picture.alt]


@pytest.mark.parametrize("kind", QuestionKind)
def test_hard_text_survives(kind):
    question = nasty(kind)
    (target,) = read(gift.render(paper((question,), NASTY)))
    shown = " ".join(html.fromstring(target.text).text_content().split())
    assert shown.startswith("a<b & c>d ]]> {x} ~y =z #1 : \\n ( 50 % -> “é” [html] ::t:: // bold c*d{} |")
    assert "x = {1} # ~" in shown
    assert "\\(x<y\\)" in shown
    assert "\\begin{bmatrix} 1 & -2 \\\\ 3 & 4 \\end{bmatrix}" in html.fromstring(target.general).text_content()
    if kind == QuestionKind.MCQ:
        assert "a<b & c>d ]]> {x} ~y =z #1 :" in html.fromstring(target.answers[0]["text"]).text_content()
    for trial in trials(question):
        if kind != QuestionKind.ESSAY:
            check(question, target, trial)


def test_what_is_lost_is_said():
    for question, _ in imported():
        said = " ".join(gift.losses(question))
        assert ("marks" in said) == (question.marks != 1)
        assert ("picture" in said) == bool(question.picture)
        assert ("rubric" in said) == (question.kind == QuestionKind.ESSAY)
        assert ("share" in said) == (question.kind in (QuestionKind.ORDER, QuestionKind.MATCH)
                                     or (question.kind == QuestionKind.MSQ and len(question.answer) > 1))  # fmt: skip


@pytest.mark.slow
def test_many_variants(thorough):
    many = questions(25 if thorough else 3)
    for question, target in zip(many, read(gift.render(paper(many))), strict=True):
        for trial in trials(question):
            if question.kind != QuestionKind.ESSAY:
                check(question, target, trial)
