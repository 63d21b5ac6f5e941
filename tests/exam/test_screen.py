"""Exams sat in a real browser, by keyboard alone, while things go wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generators.blueprint import load_blueprint
from generators.model import Question, QuestionKind
from generators.paper import Paper, make_papers
from generators.reading import rows_of
from grader.exam.hall import NAME, ExamHall
from tests.exam.served import Keyboard, Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAVED = "All answers are saved"
OWNER = "me"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("home"))
    yield server
    server.kill()


@pytest.fixture(scope="module")
def signed_in(served: Served, chromium: Any) -> Iterator[Any]:
    """A browser that is signed in, and asks no other host for anything."""
    with closing(chromium.new_context()) as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        context.new_page().goto(served.link)
        yield context
        assert all(url.startswith(served.address) for url in asked)


@pytest.fixture
def page(signed_in: Any) -> Iterator[Any]:
    """A page on which no script fails."""
    with closing(signed_in.new_page()) as opened:
        failed: list[str] = []
        opened.on("pageerror", lambda error: failed.append(str(error)))
        yield opened
        assert not failed


def made(served: Served, paper: Paper, *, started: datetime | None = None) -> int:
    """An exam on this paper; its number."""
    with ExamHall.open(served.home / NAME) as hall:
        number = hall.make(paper, learner=OWNER)
        if started:
            hall.clock = lambda: started
            hall.start(number, OWNER)
    return number


def answers(served: Served, number: int) -> dict[int, str]:
    with ExamHall.open(served.home / NAME) as hall:
        return dict(hall.look(number, OWNER).given)


def saved(page: Any) -> None:
    page.wait_for_function("(said) => document.getElementById('saved').textContent === said", arg=SAVED)


def faults(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(page).response["violations"]]


def fill(keys: Keyboard, number: int, question: Question) -> None:
    """Give the right answer."""
    place, key = f"#q{number} ", question.answer
    match question.kind:
        case QuestionKind.MCQ | QuestionKind.MSQ:
            keys.reach(f"{place} input")
            for step in range(len(question.options)):
                option = question.options[step].key
                if question.kind == QuestionKind.MCQ:
                    keys.page.keyboard.press("Space" if step == 0 else "ArrowDown")
                    if option == key:
                        return
                else:
                    keys.reach(f'{place} [value="{option}"]')
                    if option in key:
                        keys.page.keyboard.press("Space")
        case QuestionKind.MATRIX:
            rows = rows_of(key)
            for way, size in (("rows", len(rows)), ("columns", len(rows[0]))):
                keys.reach(f'{place} [data-grow={way}][data-by="{1 if size > 2 else -1}"]')
                for _ in range(abs(size - 2)):
                    keys.page.keyboard.press("Enter")
            for i, row in enumerate(rows, 1):
                for j, cell in enumerate(row, 1):
                    keys.type(f'{place} [aria-label="row {i}, column {j}"]', str(cell))
        case QuestionKind.ORDER:
            for option in question.options:
                keys.reach(f'{place} [data-key="{option.key}"]')
                keys.page.keyboard.type(str(list(key).index(option.key) + 1))
        case QuestionKind.MATCH:
            for item in question.items:
                keys.reach(f'{place} [data-key="{item.key}"]')
                keys.page.keyboard.type(str(key[item.key]))
        case _:
            keys.type(f"{place} [data-answer]", "Words." if question.kind == QuestionKind.ESSAY else str(key))


def test_every_button_and_kind_with_a_reload_a_killed_and_an_unreachable_server(served, signed_in, page, paper):
    number, keys = made(served, paper), Keyboard(page)
    page.goto(f"{served.address}/exam/{number}")
    assert not faults(page)
    keys.use("[required]", "Space")
    keys.use("main form button")
    page.wait_for_selector("#q1:not([hidden])")
    buttons_and_keypad(page, keys, paper)
    saved(page)
    assert page.locator(".sign-answered_marked[id^=go]").count() == 2
    page.reload()  # the fourth is open, as before
    page.wait_for_selector("#q4:not([hidden])")
    through_a_killed_server(served, page, keys, paper)
    assert sorted(answers(served, number)) == [1, 2, 3, 4, 5]
    through_an_unreachable_one(signed_in, page, keys, paper)
    palette_and_tools(page, keys, paper)
    keys.use("#next")  # after the last one: the summary
    assert page.locator("#counts td:last-child").all_text_contents() == ["0", "0", "7", "0", "2"]
    assert not faults(page)
    keys.use("#finish")
    page.wait_for_selector(".score")
    assert "10 of 10 marks (100 %); 6 more are for a person to give" in page.inner_text(".score")
    assert not faults(page)
    keys.use(".exam-after a[href$=delete]")
    page.wait_for_selector("button.risky")
    assert not faults(page)
    keys.use("button.risky")
    page.wait_for_url("**/exam")
    assert not faults(page)
    assert not page.locator(f"[href='/exam/{number}']").count()


def buttons_and_keypad(page: Any, keys: Keyboard, paper: Paper) -> None:
    fill(keys, 1, paper.questions[0])
    keys.use("#clear")
    assert not page.locator("#q1 input:checked").count()
    fill(keys, 1, paper.questions[0])
    keys.use("#next")
    assert page.evaluate("document.activeElement.textContent") == "Question 2"
    keys.type("#q2 [data-answer]", "0,12")
    keys.use('#q2 [aria-label="5"]')
    page.wait_for_selector("#q2 .feedback:has-text('Read as 0.125.')")
    keys.use('#q2 [aria-label="Clear all"]')
    for figure in str(paper.questions[1].answer):
        keys.use(f'#q2 [aria-label="{figure}"]')
    keys.use("#mark")
    fill(keys, 3, paper.questions[2])
    keys.use("#mark")


def through_a_killed_server(served: Served, page: Any, keys: Keyboard, paper: Paper) -> None:
    keys.reach("#q4 [data-answer]")
    page.keyboard.type("1,210")
    page.wait_for_selector("#q4 .feedback:has-text('can be two numbers')")
    served.kill()
    fill(keys, 4, paper.questions[3])
    page.keyboard.press("Enter")  # in a field: Save & Next
    page.wait_for_selector("#net:has-text('The server does not answer')")
    fill(keys, 5, paper.questions[4])
    assert not faults(page)
    served.start()
    saved(page)
    assert page.locator("#net").is_hidden()


def through_an_unreachable_one(browser: Any, page: Any, keys: Keyboard, paper: Paper) -> None:
    keys.use("#next")
    browser.set_offline(True)
    fill(keys, 6, paper.questions[5])
    page.wait_for_selector("#net:has-text('The server does not answer')")
    keys.use("#next")
    fill(keys, 7, paper.questions[6])
    browser.set_offline(False)
    saved(page)


def palette_and_tools(page: Any, keys: Keyboard, paper: Paper) -> None:
    keys.use("#next")
    fill(keys, 8, paper.questions[7])
    keys.use("#previous")
    assert page.locator("#q7").is_visible()
    keys.reach("#go7")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    fill(keys, 9, paper.questions[8])
    keys.use("[data-opens=calculator]")
    for key in "2*(3+4)=":
        page.keyboard.press(key)
    assert page.locator("#calculator-value").text_content() == "14"
    page.keyboard.press("Escape")
    keys.use("[data-opens=paper-view]")
    assert page.locator("#paper-text section").count() == 9
    page.keyboard.press("Escape")
    assert not faults(page)


def test_two_windows_ask_which_answer_counts(served, page, signed_in, paper):
    number = made(served, paper, started=datetime.now(UTC))
    with closing(signed_in.new_page()) as other:
        for window in (page, other):
            window.goto(f"{served.address}/exam/{number}")
            saved(window)
        page.check("#q1 [value=A]")
        saved(page)
        other.check("#q1 [value=B]")  # it has not heard of that yet
        other.wait_for_selector("#q1 .feedback:has-text('There: A. Here: B.')")
        assert answers(served, number) == {1: "A"}
        other.click("text=The one here")
        saved(other)
        assert answers(served, number) == {1: "B"}
        page.evaluate("dispatchEvent(new Event('focus'))")  # who comes back to a window sees what counts
        page.wait_for_selector("#q1 [value=B]:checked")


def test_what_a_closed_window_could_not_send_the_next_one_sends(served, signed_in, page, paper):
    number = made(served, paper, started=datetime.now(UTC))
    with closing(signed_in.new_page()) as window:
        window.goto(f"{served.address}/exam/{number}")
        saved(window)
        signed_in.set_offline(True)
        window.click("#go2")
        window.fill("#q2 [data-answer]", "7")
        window.wait_for_selector("#net:has-text('kept in this browser')")
    signed_in.set_offline(False)
    assert not answers(served, number)
    page.goto(f"{served.address}/exam/{number}")
    saved(page)
    assert answers(served, number) == {2: "7"}
    assert page.input_value("#q2 [data-answer]") == "7"
    assert page.evaluate("localStorage.length") == 0


def test_time_over_ends_it_in_the_browser_and_without_one(served, page, paper):
    short = replace(paper, allowed=1)
    number = made(served, short, started=datetime.now(UTC) - timedelta(seconds=56))
    page.goto(f"{served.address}/exam/{number}")
    page.check("#q1 [value=A]")
    page.wait_for_selector(".score")
    assert "Time ran out after 1 minute." in page.inner_text("main")
    assert answers(served, number) == {1: "A"}
    unseen = made(served, short, started=datetime.now(UTC) - timedelta(hours=9))
    page.goto(f"{served.address}/exam")
    assert "running" not in page.inner_text(f"li:has([href='/exam/{unseen}'])")


def test_a_whole_paper_opens_with_its_palette_following_on_a_phone(served, page):
    paper = make_papers(load_blueprint("gate-full"), 7)[0]
    number = made(served, paper, started=datetime.now(UTC))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served.address}/exam/{number}")
    assert page.locator("[id^=go]").count() == 65
    page.click(".exam-sections button:nth-child(2)")
    for wanted in (31, 45, 65):
        page.evaluate(f"document.getElementById('go{wanted}').click()")
        box = page.locator(f"#go{wanted}").bounding_box()
        assert 0 <= box["x"] <= 390 - box["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not faults(page)


def test_calculator(served, page, paper):
    """By its keys, as GATE's: the number first, then its function."""
    number = made(served, paper, started=datetime.now(UTC))
    page.goto(f"{served.address}/exam/{number}")
    script = """async ([address, keys]) => { const { Calculator } = await import(address); const c = new Calculator();
      for (const key of keys.split(" ")) c.press(key); return c.value; }"""
    address = page.evaluate("document.querySelector('[src*=\"exam.js\"]').src").replace("exam.js", "exam-calculator.js")
    expected = {
        "7 + 3 × 2 =": "13", "( 7 + 3 ) × 2 =": "20", "2 ^ 3 ^ 2 =": "512", "1 − 2 − 3 =": "−4", "3 0 sin": "0.5",
        "1 8 0 sin": "0", "9 0 tan": "Error", "Rad π cos": "−1", "8 root 3 =": "2", "8 log 2 =": "3", "5 n!": "120",
        "1 ÷ 0 =": "Error", "1 ÷ 0 = 4 √": "2", "5 + × 2 =": "10", "7 MS 1 M+ C MR": "8", "2 ± x²": "4",
        "1 Exp 3 =": "1000", "0 . 1 + 0 . 2 =": "0.3", "2 × ( 3 + 4 =": "14", "1 7 mod 5 =": "2", "5 0 %": "0.5",
        ". 5 ⌫": "0.",
    }  # fmt: skip
    assert {keys: page.evaluate(script, [address, keys]) for keys in expected} == expected


def test_what_is_typed_is_on_the_disk_within_half_a_second(served, page, paper):
    number = made(served, paper, started=datetime.now(UTC))
    page.goto(f"{served.address}/exam/{number}")
    page.click("#go9")
    page.type("#q9 [data-answer]", "so", delay=10)
    saved(page)
    with closing(sqlite3.connect(Path(served.home / NAME))) as raw:
        rows = raw.execute("SELECT answer FROM exam_answers WHERE sitting_id = ? AND number = 9", (number,)).fetchall()
    assert rows == [("so",)]
