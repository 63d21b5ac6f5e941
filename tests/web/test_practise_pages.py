"""The practice pages in a real Chromium: by keyboard until nothing is due; without scripts; axe finds nothing."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from grader.batch.executor import Farm
from grader.practice import answers, store
from grader.practice.history import Mistake, Try
from grader.practice.practising import Practice
from grader.web.app import make_app
from grader.web.serve import bound
from tests.quiz.test_take import written
from tests.web.conftest import ADA, IdleExecutor, server_state

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOKS = ((1280, "light"), (390, "dark"), (390, "light"), (1280, "dark"))
SHOTS = os.environ.get("SHOTS")  # a folder: screenshots to look at


@pytest.fixture
def link(home: Path) -> Iterator[str]:
    """A server in a thread of this process, for Ada, who flipped a kernel yesterday; the link that lets her in."""
    flipped = json.dumps([["kernel-flipped", "Kernel flipped", ["window"]], ["stride-ignored", "Stride ignored", []]])
    one = Try(time.time() - 24 * 3600, "conv", "", 9, 22, False, mistakes=(Mistake("", "", ()),))
    store.add("tries", [vars(one) | {"mistakes": flipped, "lost": "[]"}])
    listening = bound(0)
    port = listening.getsockname()[1]
    state = server_state(home, Farm(IdleExecutor(), lambda *_: None, lambda: 1), port=port)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(make_app(state), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/enter?token={state.invited(ADA)}"
    server.should_exit = True
    thread.join(10)


def tabbed(page: Any, name: str) -> None:
    """Press Tab until the element with this name has the focus."""
    for _ in range(40):
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} by keyboard")


def accessible(page: Any) -> None:
    """Nothing for axe to say, nothing wider than the window."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def shot(page: Any, name: str) -> None:
    """The page in both widths and both schemes, in all four for a person to look at; axe looks at each."""
    for width, scheme in LOOKS if SHOTS else LOOKS[:2]:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        accessible(page)
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_practised_by_keyboard_until_nothing_is_due(link: str, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=True)
    page, hosts = context.new_page(), set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(link)
    page.goto(link.partition("/enter")[0] + "/practise")
    assert page.get_by_text("You had “Kernel flipped” in conv yesterday. Two questions.").is_visible()
    shot(page, "list")
    tabbed(page, "Begin")
    page.keyboard.press("Enter")
    for number in range(12):
        asked = Practice().next()
        if asked is None:
            break
        page.wait_for_selector("form.ask")
        if number == 0:
            shot(page, "question")
        page.keyboard.insert_text("nonsense 1 2" if number == 1 else written(asked.question))
        tabbed(page, "Answer")
        page.keyboard.press("Enter")
        if number == 1:
            page.wait_for_selector("[role=alert]")
            shot(page, "unreadable")
            tabbed(page, "Show the solution")
            page.keyboard.press("Enter")
        page.wait_for_selector("h1.outcome")
        if number < 2:
            shot(page, f"answer-{number}")
        page.keyboard.press("Enter")  # the link to what follows has the focus
    page.wait_for_url("**/practise")
    assert "Done for today" in page.inner_text("main")
    assert Practice().next() is None
    assert [a.outcome for a in answers.answers()] == ["right", "given_up", "right", "right"]
    shot(page, "done")
    assert hosts == {page.url.split("/")[2]}


def test_it_works_without_scripts(link: str, chromium: Any) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(link)
    page.goto(link.partition("/enter")[0] + "/practise")
    page.get_by_role("link", name="Begin").click()
    asked = Practice().next()
    assert asked is not None
    page.locator("#answer").fill(written(asked.question))
    page.get_by_role("button", name="Answer", exact=True).click()
    assert page.locator("h1.outcome").inner_text() == "✓ Right"
    page.goto(link.partition("/enter")[0] + "/practise")
    page.locator("#topic").select_option("architectures")
    page.get_by_role("button", name="Practise it").click()
    page.get_by_role("button", name="Show the first step").click()
    assert page.get_by_text("The first step.").is_visible()
