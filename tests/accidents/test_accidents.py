"""No accident costs a point that the functions earned, and what is said of it is what the page says."""

from __future__ import annotations

import pytest

from tests.accidents.accidents import ACCIDENTS
from tests.accidents.table import EXERCISE, HEAD, PAGE, row

ROWS = {line.split(" | ")[0].removeprefix("| "): line for line in PAGE.read_text(encoding="utf-8").splitlines()}
FILLED = "for _ in range(1000)]` needs more than 1024 MiB of memory"
SLOWLY_FILLED = "for _ in range(1000)]` takes more than 3 s of computing"  # the limit that a busy machine meets first
LOST = {  # functions that are not right, and what is no Python
    "writes `not` as C does",
    "asks for input in a function",
    "indents all of the file",
    "leaves the starter below the solution",
    "gives a default that is not defined",
    "has an endless loop in one branch",
}


def test_the_page_has_all_accidents_and_no_others():
    _, _, table = PAGE.read_text(encoding="utf-8").partition(HEAD)
    assert [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines()] == list(ACCIDENTS)
    assert len(ACCIDENTS) >= 40


@pytest.mark.sampled(quick=12, ci=4)
@pytest.mark.parametrize("name", ACCIDENTS)
def test_the_page_says_what_comes_of_it(name, tmp_path, sandboxes):
    found = row(name, tmp_path, sandboxes(EXERCISE)).replace(SLOWLY_FILLED, FILLED)
    assert found == ROWS[name]
    score, whole = found.split(" | ")[1].split(" of ")
    assert (score == whole) == (name not in LOST)
