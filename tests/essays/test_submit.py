"""`grade submit` with free text: what is shown, and that words alone win no points."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader.freetext.essays import all_essays
from tests.essays.commands import A3, ALL, GRADE, grade, shown

pytestmark = pytest.mark.usefixtures("here")


def test_without_a_record_nothing_is_scored():
    result = grade("submit", "a3.md")
    assert result.exit_code == 1
    assert "0 of 8 points  ·  awaits assessment" in result.stdout
    assert "grade rubric a3.md" in result.stdout
    assert all(c.idea in result.stdout for c in A3.criteria)
    assert all(c.claim in result.stdout and c.why in result.stdout for c in A3.contradictions)


def test_the_words_of_an_answer_are_never_scored(here):
    """Not even the model answer wins points by itself."""
    (here / "a3.md").write_text("# A3\n\n" + "\n".join([*A3.model, *(c.idea for c in A3.criteria)]), encoding="utf-8")
    data = shown()
    assert (data["score"], data["state"]) == (0, "awaits assessment")
    assert {c["verdict"] for c in data["checks"]} == {"not_run"}


def test_json_has_what_every_result_has():
    data = shown()
    assert {"exercise", "score", "max_score", "isolation", "seed", "checks"} <= data.keys()
    assert (data["exercise"], data["max_score"], data["kind"]) == ("a3", 8, "ESSAY")
    keys = {"name", "title", "verdict", "score", "max_score", "message", "misconception", "seconds"}
    assert all(keys <= c.keys() for c in data["checks"])
    assert [c["name"] for c in data["checks"]] == [c.id for c in A3.criteria]
    assert data["essay"]["question"] == A3.question


def test_recorded_points_are_shown_and_full_marks_end_with_0():
    assert grade("rubric", "a3.md", *ALL, "--by", "A. Rao", "--comment", "well done").exit_code == 0
    result = grade("submit", "a3.md")
    assert result.exit_code == 0
    assert "8 of 8 points  ·  excellent, assessed by A. Rao" in result.stdout
    assert "well done" in result.stdout
    assert {c["verdict"] for c in shown()["checks"]} == {"accepted"}


def test_fewer_points_end_with_1_and_the_rest_is_open():
    assert grade("rubric", "a3.md", "--points", "weights=1.5").exit_code == 1
    data = shown()
    assert (data["score"], data["state"]) == (1.5, "under way")
    assert {c["name"]: c["verdict"] for c in data["checks"]} == {
        "receptive-field": "not_run",
        "weights": "wrong_answer",
        "non-linearity": "not_run",
        "limits": "not_run",
    }


def test_several_answers_in_one_go(here):
    (here / "b.md").write_text("# A1\n\nwords", encoding="utf-8")
    data = json.loads(grade("submit", "a3.md", "b.md", "--format", "json").stdout)
    assert (data["exercise"], data["max_score"]) == ("a3,a1", 14)
    assert data["checks"][0]["name"] == "a3.receptive-field"
    page = grade("submit", "a3.md", "b.md", "--format", "html").stdout
    assert page.count("<section>") == 2
    assert "Why not fully connected?" in grade("submit", "a3.md", "b.md").stdout


def test_reports_go_to_a_file(here):
    for form in ("text", "json", "html"):
        result = grade("submit", "a3.md", "--format", form, "-o", f"r.{form}")
        assert (result.exit_code, result.stdout) == (1, "")
    assert "awaits assessment" in (here / "r.text").read_text(encoding="utf-8")
    assert (here / "r.html").read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")


def test_code_and_free_text_are_handed_in_apart(here):
    (here / "conv.py").write_text("def conv2d(X, K): pass\n")
    result = grade("submit", "a3.md", "conv.py")
    assert result.exit_code == 2
    assert "conv.py is not free text" in result.stderr
    assert "hand in a .md or .txt file" in grade("submit", "conv.py", "--exercise", "a3").stderr


@pytest.mark.parametrize("text", ["", "# A3\n", "# A3\n\n> only the question\n"])
def test_an_empty_answer_is_nothing_to_grade(here, text):
    (here / "a3.md").write_text(text)
    for command in ("submit", "rubric"):
        result = grade(command, "a3.md", *(["--points", "weights=2"] if command == "rubric" else []))
        assert result.exit_code == 2
        assert "holds no answer to a3 yet" in result.stderr
    assert not (here / "a3.rubric.json").exists()


@pytest.mark.parametrize("essay", all_essays(), ids=lambda e: e.slug)
def test_every_task_can_be_started_and_shown_in_every_form(here, essay):
    assert grade("start", essay.slug).exit_code == 0
    target = here / f"my_{essay.slug}.md"
    assert grade("submit", target.name).exit_code == 2, "the question alone is no answer"
    target.write_text(target.read_text(encoding="utf-8") + "Some words.\n", encoding="utf-8")
    for form in ("text", "json", "html"):
        result = grade("submit", target.name, "--format", form)
        assert result.exit_code == 1
        assert essay.title in result.stdout
    assert essay.title in grade("rubric", "--show", essay.slug).stdout


def test_start_never_overwrites(here):
    (here / "my_a3.md").write_text("my work")
    assert grade("start", "a3").exit_code == 2
    assert (here / "my_a3.md").read_text() == "my work"
    assert grade("start", "a3", "--force").exit_code == 0


def test_list_and_show():
    for command in (["list"], ["rubric", "--list"]):
        shown = grade(*command).stdout
        assert all(e.slug in shown for e in all_essays())
    unknown = grade("rubric", "--show", "interview1")
    assert unknown.exit_code == 2
    assert "Did you mean `interview-1`" in unknown.stderr


def test_the_real_command_shows_and_records(here):
    first = subprocess.run([GRADE, "submit", "a3.md"], capture_output=True, text=True, cwd=here, check=False)
    assert (first.returncode, first.stderr) == (1, "")
    assert "awaits assessment" in first.stdout
    done = subprocess.run([GRADE, "rubric", "a3.md", *ALL], capture_output=True, text=True, cwd=here, check=False)
    assert done.returncode == 0
    last = subprocess.run([GRADE, "submit", "a3.md"], capture_output=True, text=True, cwd=here, check=False)
    assert last.returncode == 0


def test_no_numpy_for_free_text():
    code = (
        "import sys; from grader.cli.work.essay import show_essays; show_essays(['a3.md'], None, 'text', None);"
        "print([m for m in ('numpy', 'torch', 'rich', 'pytest') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip().endswith("[]")
