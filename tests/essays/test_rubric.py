"""`grade rubric`: points are recorded as they were given, and the interview asks for them."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.freetext.assessment import load_record
from tests.essays.commands import A3, ALL, GRADE, TEXT, grade, shown

pytestmark = pytest.mark.usefixtures("here")


def test_each_entry_is_kept_and_the_history_grows():
    grade("rubric", "a3.md", "--points", "weights=2", "--by", "Asha")
    grade("rubric", "a3.md", "--points", "limits=1", "--by", "Asha")
    record = load_record(Path("a3.rubric.json"))
    assert len(record.assessments) == 1, "an unfinished assessment goes on"
    assert record.assessments[0].points == {"weights": 2, "limits": 1}
    grade("rubric", "a3.md", *ALL, "--by", "Asha")
    grade("rubric", "a3.md", "--points", "limits=0", "--by", "Asha")
    grade("rubric", "a3.md", *ALL, "--by", "Ben")
    record = load_record(Path("a3.rubric.json"))
    assert [(a.by, a.score(A3)) for a in record.assessments] == [("Asha", 8), ("Asha", 6), ("Ben", 8)]
    assert "also recorded: 6 by Asha" in grade("submit", "a3.md").stdout


def test_a_finished_assessment_counts_while_another_is_under_way():
    grade("rubric", "a3.md", *ALL, "--by", "Asha")
    grade("rubric", "a3.md", "--points", "limits=0", "--by", "Ben")
    assert shown()["score"] == 8


def test_a_changed_text_awaits_assessment_again(here):
    grade("rubric", "a3.md", *ALL, "--by", "Asha")
    (here / "a3.md").write_text(TEXT + "More.\n", encoding="utf-8")
    data = shown()
    assert (data["score"], data["state"]) == (0, "changed since")
    assert "the text has changed since Asha assessed it" in grade("submit", "a3.md").stdout
    grade("rubric", "a3.md", "--points", "weights=1", "--by", "Asha")
    assert shown()["score"] == 1, "points of the earlier text are not carried over"
    (here / "a3.md").write_text(TEXT.replace("\n", "\r\n") + "\n\n", encoding="utf-8", newline="")
    assert shown()["score"] == 8, "line ends are no change"


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("weights=3", "not a number from 0 to 2.5"),
        ("weights=-1", "not a number from 0"),
        ("weights=nan", "not a number from 0"),
        ("weights=inf", "not a number from 0"),
        ("weights=two", "not a number from 0"),
        ("weights", "write CRITERION=POINTS"),
        ("width=2", "the criteria of a3 are receptive-field, weights"),
    ],
)
def test_points_that_cannot_be_are_refused_and_nothing_is_written(here, points, said):
    result = grade("rubric", "a3.md", "--points", points)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (here / "a3.rubric.json").exists()


def test_giving_a_criterion_twice_or_no_name_is_refused():
    assert "given twice" in grade("rubric", "a3.md", "--points", "limits=1", "--points", "limits=2").stderr
    assert "name is empty" in grade("rubric", "a3.md", "--points", "limits=1", "--by", " ").stderr
    assert "Which answer?" in grade("rubric").stderr


@settings(max_examples=30)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.text(max_size=50))
def test_what_is_recorded_is_what_is_shown(here, halves, comment):
    (here / "a3.rubric.json").unlink(missing_ok=True)
    given_points = {c.id: min(h / 2, c.points) for c, h in zip(A3.criteria, halves, strict=True)}
    arguments = [f"--points={k}={v}" for k, v in given_points.items()]
    result = grade("rubric", "a3.md", *arguments, f"--comment={comment}")
    data = shown()
    assert result.exit_code == 0
    assert data["score"] == sum(given_points.values())
    assert {c["name"]: c["score"] for c in data["checks"]} == given_points


# ---------------------------------------------------------------- asking


def test_the_interview_asks_for_every_criterion_and_a_comment():
    result = grade("rubric", "a3.md", typed="Asha\n1.5\n9\nx\n2,5\n1\n0\nthanks\n")
    assert result.exit_code == 0
    assert "Two layers see as much as one" in result.stdout, "the answer is there to be read"
    assert "'9' is not a number from 0 to 2.5" in result.stdout
    last = load_record(Path("a3.rubric.json")).assessments[-1]
    assert (last.by, last.score(A3), last.comment) == ("Asha", 5, "thanks")


def test_an_interrupted_interview_goes_on_where_it_was():
    assert grade("rubric", "a3.md", typed="Asha\n1.5\n").exit_code == 1  # the input ends here
    assert load_record(Path("a3.rubric.json")).assessments[-1].points == {"receptive-field": 1.5}
    result = grade("rubric", "a3.md", typed="\n2.5\nq\n")  # Asha is offered as the name
    assert "2 of 4" in result.stdout
    assert "1 of 4" not in result.stdout
    assert "Stopped. The same command goes on from here." in result.stdout
    assert grade("rubric", "a3.md", "--by", "Asha", typed="2\n2\n\n").exit_code == 0
    record = load_record(Path("a3.rubric.json"))
    assert [a.score(A3) for a in record.assessments] == [8]


def test_leaving_open_and_going_back():
    assert grade("rubric", "a3.md", "--by", "A", typed="s\n2\nb\n1\n2\n2\n\n").exit_code == 1
    assert load_record(Path("a3.rubric.json")).assessments[-1].points == {
        "weights": 1,
        "non-linearity": 2,
        "limits": 2,
    }


def test_a_finished_assessment_is_only_begun_anew_when_wanted():
    grade("rubric", "a3.md", *ALL, "--by", "Asha", "--comment", "fine")
    before = Path("a3.rubric.json").read_bytes()
    assert grade("rubric", "a3.md", "--by", "Asha", typed="n\n").exit_code == 0
    assert Path("a3.rubric.json").read_bytes() == before
    grade("rubric", "a3.md", "--by", "Asha", typed="y\n\n\n\n1\n-\n")
    record = load_record(Path("a3.rubric.json"))
    assert [(a.score(A3), a.comment) for a in record.assessments] == [(8, "fine"), (7, "")]


def test_an_interrupt_in_the_real_command_loses_nothing(here):
    with subprocess.Popen(
        [GRADE, "rubric", "a3.md", "--by", "Asha"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=here
    ) as process:
        process.stdin.write(b"1.5\n")
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not (here / "a3.rubric.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Stopped" in out.decode()
    assert load_record(here / "a3.rubric.json").assessments[-1].points == {"receptive-field": 1.5}
    assert sorted(p.name for p in here.iterdir()) == ["a3.md", "a3.rubric.json"]
