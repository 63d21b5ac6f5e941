"""The page in a real Chromium: it marks as `marking.py` does, keeps what was done, and hands answers in."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generators.answers import read_answers
from generators.export import export
from generators.marking import MarkedAnswer, mark
from generators.model import Question, QuestionKind
from generators.paper import Paper
from tests.generators import marking_cases
from tests.generators.spellings import matrix_question

from .conftest import of_all_generators

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def text_of(question: Question, value: Any) -> str:
    """An answer as a learner would type it; empty where the value is none that can be given."""
    match question.kind:
        case QuestionKind.MCQ:
            slug = next((entry.slug for entry in question.misconceptions if entry.value == value), None)
            keys = [option.key for option in question.options if slug in (None, option.misconception)]
            return keys[0] if slug and keys else str(value) if isinstance(value, str) else ""
        case QuestionKind.MSQ | QuestionKind.ORDER:
            return ", ".join(value)
        case QuestionKind.MATRIX:
            return "; ".join(" ".join(map(str, row)) for row in (value if isinstance(value[0], list) else [value]))
        case QuestionKind.MATCH:
            return ", ".join(f"{item}-{option}" for item, option in value.items())
    return str(value)


ODD = ["1,792", "1,79", "0,125", "1,792,000", "1,792.5", "1 792", "1 1/2", "1,5 -0,5; 2 3", "1,2; 3,4", "0,5*C",
       "−1/3", "1/0", ".5", "5.", "x", "A", "b", "A, B", "ABCD", "1 2; 3 4", "1 2 3", "1 ?; 3 4",
       ", 1", "C^2 + C", "2(D+1)(D-1)/(D+1)", "((((", "C^13", "2^-1", "1/(C-C)", "P-1, Q-2, R-3",
       "P-1, Q-2, R-3, S-4", "P1 Q1"]  # fmt: skip


def answers(question: Question) -> list[str]:
    """The right answer, all that misconceptions give, and things that are wrong or unreadable otherwise."""
    texts = [text_of(question, question.answer), *(text_of(question, entry.value) for entry in question.misconceptions)]
    chance = random.Random(question.prompt)
    number, known = chance.randint(-9, 99), [option.key for option in question.options]
    if question.kind == QuestionKind.EXPRESSION:
        texts += [f"2*({texts[0]}) - ({texts[0]})", f"({texts[0]})^2/({texts[0]}) + 1/1000000"]
    if question.range:
        low, high = question.range
        texts += [str(low), str(high), str(low - Fraction(1, 10**6)), str(high + Fraction(1, 10**6)), f"{float(high)}"]
    return [*texts, "", " ", str(number), f"{number / 8}", ", ".join(chance.sample(known, len(known))), *ODD]


def as_seen(result: MarkedAnswer) -> list[str | None]:
    return [result.outcome, str(result.marks), result.misconception and result.misconception.slug, result.message]


MARK_ALL = """(texts) => texts.map((list, i) => list.map((text) => {
  const { outcome, marks, slugs, message } = mark(paper.questions[i], text, paper.negative);
  return [outcome, marks.d === 1n ? String(marks.n) : `${marks.n}/${marks.d}`, slugs[0] ?? null, message];
}))"""


@pytest.mark.parametrize("seed", range(1, 4))
def test_the_page_marks_every_answer_as_python_does(visit: Any, seed: int) -> None:
    paper = of_all_generators(seed)
    given = [answers(question) for question in paper.questions]
    in_page = visit(export(paper, "html", key=True)).evaluate(MARK_ALL, given)
    compared: set[tuple[str, str]] = set()
    for question, texts, results in zip(paper.questions, given, in_page, strict=True):
        for text, result in zip(texts, results, strict=True):
            expected = as_seen(mark(question, text))
            assert result == expected, (question.generator, question.kind, text)
            compared.add((question.kind, expected[0]))
    for kind in set(QuestionKind) - {QuestionKind.ESSAY}:
        assert {(kind, outcome) for outcome in ("right", "wrong", "blank", "unreadable")} <= compared


MARK_EACH = """(cases) => cases.map(([text, negative], i) => {
  const { outcome, marks, slugs, message } = mark(paper.questions[i], text, negative);
  return [outcome, marks.d === 1n ? String(marks.n) : `${marks.n}/${marks.d}`, slugs[0] ?? null, message];
})"""


def test_the_page_goes_through_the_table_of_marks(visit: Any) -> None:
    cases = [case for case in marking_cases.CASES if case.in_page]
    given = [[case.typed, {kind: str(share) for kind, share in case.scheme.negative.items()}] for case in cases]
    paper = Paper("Marks", 1, tuple(case.question for case in cases))
    results = visit(export(paper, "html", key=True)).evaluate(MARK_EACH, given)
    differing = [(case.question.kind, case.typed, result) for case, result in zip(cases, results, strict=True)
                 if tuple(result[:3]) != case.seen or case.message not in result[3]]  # fmt: skip
    assert differing == []


# ---------------------------------------------------------------- as a learner


def enter(page: Any, number: int, question: Question, text: str) -> None:
    """Fills the fields of a question as a person does."""
    form = page.locator(f"#q{number}")
    match question.kind:
        case QuestionKind.MCQ | QuestionKind.MSQ:
            for key in text.split(", "):
                form.locator(f"input[value={key}]").check()
        case QuestionKind.ORDER:
            for place, key in enumerate(text.split(", "), 1):
                form.locator(f"select[data-key={key}]").select_option(str(place))
        case QuestionKind.MATCH:
            for pair in text.split(", "):
                form.locator(f"select[data-key={pair[0]}]").select_option(pair[2:])
        case QuestionKind.MATRIX:
            enter_matrix(form, [row.split(" ") for row in text.split("; ")])
        case _:
            form.locator("[data-answer]").fill(text)


def enter_matrix(form: Any, rows: list[list[str]]) -> None:
    for name, size in (("rows", len(rows)), ("columns", len(rows[0]))):
        for _ in range(abs(size - 2)):
            form.get_by_role("button", name=f"{'more' if size > 2 else 'fewer'} {name}").click()
    for i, row in enumerate(rows, 1):
        for j, entry in enumerate(row, 1):
            form.get_by_label(f"row {i}, column {j}", exact=True).fill(entry)


def explained(question: Question) -> str | None:
    """An answer that a misconception gives."""
    values = [entry.value for entry in question.misconceptions]
    texts = [text_of(question, [value] if question.kind == QuestionKind.MSQ else value) for value in values]
    return next((text for text in texts if text and mark(question, text).outcome == "wrong"), None)


def test_practice_says_at_once_what_is_wrong_and_why(visit: Any, every_kind: Paper) -> None:
    page, named = visit(export(every_kind, "html", key=True)), set()
    for number, question in enumerate(every_kind.questions, 1):
        form, text = page.locator(f"#q{number}"), explained(question)
        solution = form.locator(".solution")
        assert not solution.is_visible()
        if question.kind != QuestionKind.ESSAY:
            text = text or text_of(question, question.answer)
            enter(page, number, question, text)
            found = mark(question, text)
            form.get_by_role("button", name="Check the answer").click()
            said = form.locator(".feedback").inner_text()
            assert ("Right" if found.outcome == "right" else "Wrong") in said
            if found.misconception:
                assert found.misconception.slug.replace("-", " ").capitalize() in said
                named.add(question.kind)
            assert form.locator("fieldset").evaluate("group => group.disabled")
        else:
            form.get_by_label("Your text").fill("text")
            form.get_by_role("button", name="Show the rubric").click()
            assert "Rubric" in solution.inner_text()
        assert solution.is_visible()
    assert named >= set(QuestionKind) - {QuestionKind.ESSAY, QuestionKind.MATCH}
    check_summary(page, every_kind)


def check_summary(page: Any, paper: Paper) -> None:
    rows = page.locator("#topics tr")
    assert rows.count() == len({question.topic for question in paper.questions if question.kind != QuestionKind.ESSAY})
    assert f"of {len(paper.questions)} questions" in page.locator("#score").inner_text()


def test_an_exam_is_marked_when_it_is_finished_and_survives_a_reload(visit: Any, every_kind: Paper) -> None:
    page = visit(export(every_kind, "html", key=True))
    page.get_by_label("Exam: feedback when you finish").check()
    total = Fraction(0)
    for number, question in enumerate(every_kind.questions, 1):
        essay = question.kind == QuestionKind.ESSAY
        text = 'My text, with "commas".' if essay else text_of(question, question.answer)
        enter(page, number, question, text)
        total += mark(question, text).marks
    assert page.locator(".check:visible").count() == 0
    page.reload()
    assert page.locator("#answered").inner_text() == "{0} of {0} answered.".format(len(every_kind.questions))
    assert page.locator(".solution:visible").count() == 0
    page.get_by_role("button", name="Finish").click()
    assert page.locator("#score").inner_text().startswith(f"{total} marks of {total} ")
    assert page.locator(".feedback.good").count() == sum(q.kind != QuestionKind.ESSAY for q in every_kind.questions)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Start again").click()
    assert page.locator(".solution:visible, .feedback.good").count() == 0
    assert page.evaluate("Object.keys(state.answers).length") == 0


def test_time_runs_out(visit: Any, every_kind: Paper) -> None:
    page = visit(export(every_kind, "html", key=True))
    page.get_by_label("Exam: feedback when you finish").check()
    page.get_by_role("button", name="Start the clock").click()
    assert page.locator("#clock").inner_text().endswith("left")
    page.evaluate("state.deadline = Date.now() - 1; tick()")
    assert page.get_by_role("alert").inner_text() == "Time is over."
    assert page.locator("fieldset:disabled").count() == len(every_kind.questions)
    assert page.locator("#results").is_visible()


def test_answers_of_a_paper_without_key_are_read_by_the_marker(visit: Any, every_kind: Paper, tmp_path: Path) -> None:
    page = visit(export(every_kind, "html"))
    page.get_by_label("Name or roll number").fill('Ada "A", 7')
    wanted = {number: text_of(question, question.answer) for number, question in enumerate(every_kind.questions, 1)
              if question.kind != QuestionKind.ESSAY}  # fmt: skip
    for number, text in wanted.items():
        enter(page, number, every_kind.questions[number - 1], text)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save answers").click()
    file = tmp_path / "answers.csv"
    download.value.save_as(file)
    row = read_answers(file.read_bytes(), len(every_kind.questions)).rows[0]
    assert row.student == 'Ada "A", 7'
    assert row.answers == wanted
    assert {mark(every_kind.questions[number - 1], text).outcome for number, text in row.answers.items()} == {"right"}


def test_an_unfinished_grid_or_order_is_no_answer(visit: Any, every_kind: Paper) -> None:
    page = visit(export(every_kind, "html", key=True))
    fields = {QuestionKind.MATRIX: "row 1, column 2", QuestionKind.ORDER: "Place of B", QuestionKind.NAT: "Your answer"}
    for kind, field in fields.items():
        number = next(i for i, question in enumerate(every_kind.questions, 1) if question.kind == kind)
        box = page.locator(f"#q{number}").get_by_label(field)
        box.select_option("2") if kind == QuestionKind.ORDER else box.fill("1 x")
        page.locator(f"#q{number}").get_by_role("button", name="Check the answer").click()
        assert "Not marked yet" in page.locator(f"#q{number} .feedback").inner_text()
        assert not page.locator(f"#q{number} .solution").is_visible()


def test_a_matrix_can_be_pasted_and_the_keyboard_is_enough(visit: Any, every_kind: Paper) -> None:
    page = visit(export(every_kind, "html", key=True))
    number = next(i for i, question in enumerate(every_kind.questions, 1) if question.kind == QuestionKind.MATRIX)
    form = page.locator(f"#q{number}")
    form.get_by_label("row 1, column 1").evaluate(
        "(cell) => { const data = new DataTransfer(); data.setData('text', '[[1, 2], [-3, 1/4], [5, 6]]');"
        " cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }"
    )
    assert page.evaluate(f"state.answers[{number - 1}]") == "1 2; -3 1/4; 5 6"
    choice = next(i for i, question in enumerate(every_kind.questions, 1) if question.kind == QuestionKind.MCQ)
    page.locator(f"#q{choice} input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert page.locator(f"#q{choice} .solution").is_visible()
    assert page.locator(f"#q{choice} .feedback:focus").count() == 1


@pytest.mark.parametrize("use", ["to hand in", "exam", "practice"])
def test_a_comma_that_can_be_two_things_is_named_and_stays_as_it_was_typed(visit: Any, use: str) -> None:
    page = visit(export(Paper("Commas", 1, (matrix_question("1.21 0.5; 3 4"),)), "html", key=use != "to hand in"))
    if use == "exam":
        page.get_by_label("Exam: feedback when you finish").check()
    grid, feedback = page.locator("#q1 .grid"), page.locator("#q1 .feedback")
    enter_matrix(page.locator("#q1"), [["1,210", "0,5"], ["3", "4"]])
    page.keyboard.press("Tab")
    if use == "practice":
        page.get_by_role("button", name="Check the answer").click()
    assert "'1,210' can be two numbers: write 1.210 or 1210" in feedback.inner_text()
    page.reload()
    assert [cell.input_value() for cell in grid.locator("input").all()] == ["1,210", "0.5", "3", "4"]
    page.get_by_label("row 1, column 1").fill("1,21")
    page.keyboard.press("Tab")
    assert page.evaluate("state.answers[0]") == "1.21 0.5; 3 4"
    if use == "practice":
        page.get_by_role("button", name="Check the answer").click()
    assert ("✓ Right" if use == "practice" else "") == feedback.inner_text().partition(":")[0]


PASTE = """(cell, text) => { const data = new DataTransfer(); data.setData('text', text);
 return cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }"""


def test_pasted_commas_stand_in_the_cells_where_a_learner_sees_them(visit: Any) -> None:
    page = visit(export(Paper("Commas", 1, (matrix_question("1 2; 3 4"),)), "html", key=True))
    first = page.get_by_label("row 1, column 1", exact=True)
    for pasted, kept in (("0,308\t-0,769\n1,5\t2", "0.308 -0.769; 1.5 2"), ("[[1,2],[3,4]]", "1 2; 3 4"),
                         ("1, 2; 3, 4", "1 2; 3 4"), ("1,2,3\n4,5,6", "1 2 3; 4 5 6")):  # fmt: skip
        assert not first.evaluate(PASTE, pasted)
        assert page.evaluate("state.answers[0]") == kept
    for undecided in ("1,2; 3,4", "0,308\n-0,769"):
        assert not first.evaluate(PASTE, undecided)
        assert page.evaluate("state.answers[0]") == "1 2 3; 4 5 6"
        assert "Not pasted: the commas can be" in page.locator("#q1 .feedback").inner_text()
    for left_to_the_browser in ("0,125", "1,210", ";", "[ ]"):
        assert first.evaluate(PASTE, left_to_the_browser)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("key", [False, True])
def test_the_page_fits_the_window(visit: Any, every_kind: Paper, hostile: Paper, width: int, key: bool) -> None:
    for paper in (every_kind, hostile):
        page = visit(export(paper, "html", key=key), width)
        if key:
            page.evaluate("finish()")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
