"""Moodle XML: by the rules of Moodle's importer, and imported and answered by a second hand's importer."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from lxml import etree, html

from generators import expression
from generators.export import fidelity, moodle
from generators.export.rich_text import in_brackets, paragraphs
from generators.model import Question, QuestionKind
from generators.reading import rows_of
from tests.lms.moodle_importer import Imported, read
from tests.lms.moodle_rules import complaints
from tests.lms.samples import NASTY, THIRD, mixed, nasty, paper, questions
from tests.lms.trials import Trial, trials


@cache
def imported() -> list[tuple[Question, Imported]]:
    chosen = (*questions(), mixed())
    return list(zip(chosen, read(moodle.render(paper(chosen))), strict=True))


def of(kind: QuestionKind) -> list[tuple[Question, Imported]]:
    return [pair for pair in imported() if pair[0].kind == kind]


def test_moodle_takes_every_question_as_it_is():
    assert not complaints(moodle.render(paper((*questions(), mixed()))))


@cache
def one_of_each_kind() -> str:
    first = {question.kind: question for question in questions(1)} | {QuestionKind.NAT: THIRD}
    drawn = next(question for question in questions(1) if question.picture and question.kind == QuestionKind.MCQ)
    return moodle.render(paper((*first.values(), drawn))).decode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fraction="-33.33333"', 'fraction="-33"', "no answer may earn -0.33"),
        ('fraction="100"', 'fraction="90"', "no answer earns everything"),
        ("<tolerance>0", "<tolerance>-1", "a tolerance is below 0"),
        ("<tolerance>0.", "<tolerance>0,", "tolerance of an answer is 0,"),
        ('encoding="base64"', "", "is not in base64"),
        ('name="picture.svg"', 'name="other.svg"', "shown are"),
        ("<penalty>0<", "<penalty>2<", "penalty is 2"),
        ("<answernumbering>ABCD<", "<answernumbering>A<", "answernumbering is A"),
        ("<name><text>", "<name><text>" + 300 * "x", "the name has 3"),
        ("$course$/top/", "$course$/", r"a category begins with $course$/top/"),
        ('type="matching"', 'type="matched"', "unknown question type 'matched'"),
        ("<subquestion", "<pair/><subquestion", "<pair> is not read"),
        ("<answer><text>(1)", "<answer><text>&lt; &gt;(1)", "the space in &lt; &gt; is lost"),
        ("<answer><text>(1)", "<answer><text>" + 300 * "x", "a right side has 3"),
        (r"\*", "*", "stands for any text"),
        ("<usecase>1<", "<usecase>yes<", "usecase is yes"),
        ("<selectcount>", "<selectcount>1", "not all lines are shown"),
        ("<shownumcorrect>1</shownumcorrect>", "", "two empty hints"),
        ("{1:NUMERICAL:=", "{1:NUMBER:=", "a field is not read"),
        ("{1:NUMERICAL:=", "{1:NUMERICAL:%50%", "field 1 has no right answer"),
        ("<responsefieldlines>15<", "<responsefieldlines>16<", "responsefieldlines is 16"),
        ("<tag><text>", "<tag><text>" + 60 * "x", "would be changed"),
        ('format="html"', 'format="tex"', "unknown format tex"),
    ],
)
def test_what_moodle_would_refuse_or_change_is_noticed(old, new, said):
    assert not complaints(one_of_each_kind().encode())
    assert old in one_of_each_kind()
    found = complaints(one_of_each_kind().replace(old, new).encode())
    assert any(said in line for line in found), found


def respond(question: Question, target: Imported, given: Any) -> Any:
    """The learner's answer as Moodle gets it; options are found by what is written on them."""
    match question.kind:
        case QuestionKind.MCQ:
            return "ABCDEFGH".index(given)
        case QuestionKind.MSQ:
            return ["ABCDEFGH".index(key) for key in given]
        case QuestionKind.NAT:
            return float(given)
        case QuestionKind.MATRIX:
            return [float(value) for row in rows_of(given) for value in row]
        case QuestionKind.ORDER:
            by_key = {answer["text"][1]: answer["text"] for answer in target.answers}
            return [by_key[key] for key in given]
        case QuestionKind.MATCH:
            rights = {re.match(r"\((\d)\)", right)[1]: right for _, right in target.pairs}
            return {left: rights[given[left[0]]] for left, _ in target.pairs if left}
    return given


def check(question: Question, target: Imported, trial: Trial) -> None:
    share, told = target.grade(respond(question, target, trial.given))
    where = f"{target.name}: {trial.given}"
    assert (share > 0.999999) == trial.right, where
    if trial.why and question.kind not in (QuestionKind.ORDER, QuestionKind.MATRIX, QuestionKind.MATCH):
        assert paragraphs(trial.why, in_brackets) in told, where
    if trial.right:
        assert not told, where
    elif question.kind == QuestionKind.MCQ:
        assert share == pytest.approx(-1 / 3, abs=1e-7), where
    else:
        assert share >= 0, where


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind != QuestionKind.ESSAY])
def test_the_key_is_right_and_misconceptions_are_wrong_and_told(kind):
    assert of(kind)
    for question, target in of(kind):
        for trial in trials(question):
            check(question, target, trial)


def test_options_stand_in_the_order_that_the_solution_names():
    for question, target in of(QuestionKind.MCQ):
        assert [answer["fraction"] == 1 for answer in target.answers] == [o.correct for o in question.options]
        assert target.settings["shuffleanswers"] == "0"


def test_a_wrong_entry_of_a_matrix_is_explained():
    told = 0
    for question, target in of(QuestionKind.MATRIX):
        for trial in trials(question):
            _, feedback = target.grade(respond(question, target, trial.given))
            if trial.why:
                assert any(paragraphs(f"A value that also comes from this: {slip.why}", in_brackets) in feedback
                           for slip in question.misconceptions)  # fmt: skip
                told += 1
    assert told > 20


def test_a_selection_gives_nothing_as_soon_as_one_choice_is_wrong():
    for question, target in of(QuestionKind.MSQ):
        for trial in trials(question):
            chosen = set(trial.given)
            share, _ = target.grade(respond(question, target, trial.given))
            if chosen - set(question.answer):
                assert share == 0
            else:
                assert share == pytest.approx(len(chosen) / len(question.answer), abs=1e-6)


def test_accepted_formulas_are_equal_to_the_key_and_explained_ones_to_a_misconception():
    for question, target in of(QuestionKind.EXPRESSION):
        for answer in target.answers:
            tree = expression.parse(answer["text"].replace(r"\*", "*"))
            assert expression.equal(tree, expression.parse(question.answer)) == (answer["fraction"] == 1)


def test_an_asterisk_is_no_wildcard():
    question, target = next((q, t) for q, t in of(QuestionKind.EXPRESSION) if "*" in q.answer)
    assert target.grade(question.answer)[0] == 1
    assert target.grade(question.answer.replace("*", "*999*"))[0] == 0


def test_rubrics_are_for_those_who_mark():
    for question, target in of(QuestionKind.ESSAY):
        node = next(node for node in etree.fromstring(moodle.render(paper((question,)))) if node.get("type") == "essay")
        shown = html.fromstring(node.findtext("graderinfo/text")).text_content()
        assert all(html.fromstring(paragraphs(c.idea, in_brackets)).text_content() in shown for c in question.rubric)
        assert question.rubric[0].idea not in target.text + target.general


def test_names_are_unique_and_tags_say_topic_level_and_difficulty():
    names = [target.name for _, target in imported()]
    assert len(set(names)) == len(names)
    for question, target in imported():
        assert str(question.seed) in target.name
        assert {question.topic, question.bloom, question.difficulty} <= set(target.tags)
        assert target.category.endswith(question.topic.replace("/", "//"))


def test_marks_are_kept_or_the_report_says_so():
    for question, target in imported():
        lost = [sentence for sentence in moodle.losses(question) if f"set {question.marks}" in sentence]
        assert (target.marks == question.marks) == (not lost)


def test_pictures_come_along():
    drawn = [(question, target) for question, target in imported() if question.picture]
    assert len(drawn) > 10
    for question, target in drawn:
        assert target.files["picture.svg"].decode() == question.picture.svg
        assert html.fromstring(target.text).xpath("//img[@src='@@PLUGINFILE@@/picture.svg']/@alt") == [
            question.picture.alt
        ]


@pytest.mark.parametrize("kind", QuestionKind)
def test_hard_text_survives(kind):
    question = nasty(kind)
    content = moodle.render(paper((question,), NASTY))
    assert not complaints(content)
    (target,) = read(content)
    shown = " ".join(html.fromstring(target.text).text_content().split())
    assert shown.startswith("a<b & c>d ]]> {x} ~y =z #1 : \\n ( 50 % -> “é” [html] ::t:: // bold c*d{} |")
    assert "x = {1} # ~" in shown
    assert r"\(x<y\)" in shown
    assert "a<b & c>d ]]>" in html.fromstring(target.general).text_content()
    if kind == QuestionKind.MCQ:
        told = target.grade(respond(question, target, next(o.key for o in question.options if not o.correct)))[1]
        assert "{x} ~y =z #1" in html.fromstring(told).text_content()
    for trial in trials(question):
        if kind != QuestionKind.ESSAY:
            assert (target.grade(respond(question, target, trial.given))[0] > 0.99) == trial.right


def test_what_is_lost_is_said():
    said = {question.kind: list(moodle.losses(question)) for question, _ in imported()}
    assert not said[QuestionKind.MCQ]
    assert any("share" in sentence for sentence in moodle.losses(mixed()))
    assert any("three right places" in sentence for sentence in moodle.losses(THIRD))
    assert [place for place, _ in fidelity(paper((mixed(), THIRD)), "moodle")] == [1, 2]


@pytest.mark.slow
def test_many_variants(thorough):
    many = questions(25 if thorough else 3)
    for question, target in zip(many, read(moodle.render(paper(many))), strict=True):
        for trial in trials(question):
            if question.kind != QuestionKind.ESSAY:
                check(question, target, trial)
