"""`grade submit` and `grade rubric` with free text: what is shown, what is recorded, what is refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.cli import cli
from grader.freetext.assessment import RecordError, load_record, record_path
from grader.freetext.essays import all_essays, load_essay

GRADE = Path(sys.executable).with_name("grade")
A3 = load_essay("a3")
ALL = [f"--points={c.id}={c.points:g}" for c in A3.criteria]
TEXT = "# A3\n\nTwo layers see as much as one, with 18C² against 25C² weights.\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "student")
    (tmp_path / "a3.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def grade(*arguments: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(cli, arguments, input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def shown() -> dict:
    return json.loads(grade("submit", "a3.md", "--format", "json").stdout)


# ---------------------------------------------------------------- submit


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


# ---------------------------------------------------------------- hostile answers

NASTY = "\x1b[31mred\x1b[0m \u202ereversed \x07 <script>alert(1)</script> <img src=x onerror=y> {{ 7*7 }} [bold]x"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


def assert_harmless(text: str) -> None:
    assert not [c for c in text if c in "\x1b\x07\u202e"]


def test_control_characters_and_markup_never_come_through(here):
    name = "a3 <b>\x1b[2J.md"
    (here / name).write_text(f"# A3\n\n{NASTY}\n", encoding="utf-8")
    grade("rubric", name, "--points", "weights=2", "--by", NASTY, "--comment", NASTY)
    for form in ("text", "html"):
        assert_harmless(grade("submit", name, "--format", form).output)
    assert_harmless(grade("rubric", name, typed="q\n").output)
    page = grade("submit", name, "--format", "html").stdout
    tags = Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "b[31mred"}
    assert "&lt;script&gt;" in page
    assert "49" not in page.split("Answer")[1].split("Rubric")[0]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_gives_a_page_a_report_or_a_reason(here, text):
    (here / "a3.md").write_bytes(b"# A3\n\n" + text.encode("utf-8", "replace"))
    for form in ("text", "json", "html"):
        result = grade("submit", "a3.md", "--format", form)
        assert result.exit_code in (1, 2)
        assert bool(result.stdout) == (result.exit_code == 1)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bad.md", b"# A3\n\xff", "not UTF-8"),
        ("bad.md", b"# A3\0", "NUL bytes"),
        ("bad.md", b"# A3\n" + b"x" * (1 << 19), "too large"),
        ("bad.md", b"no task", "does not say which task"),
        ("bad.md", b"task: \x1b[31mnone\nwords", "no free-text task"),
        ("missing.md", None, "No such file"),
    ],
)
@pytest.mark.parametrize("command", ["submit", "rubric"])
def test_what_cannot_be_assessed_exits_with_2_and_a_reason(here, command, name, data, said):
    if data is not None:
        (here / name).write_bytes(data)
    result = grade(command, name)
    assert result.exit_code == 2
    assert said in result.stderr
    assert_harmless(result.output)
    assert "Traceback" not in result.output


def test_a_folder_with_the_name_of_a_text(here):
    (here / "f.md").mkdir()
    assert "is a folder" in grade("submit", "f.md").stderr


def test_a_name_that_is_no_utf8(here):
    name = os.fsdecode(b"a3-\xff.md")
    (here / name).write_text(TEXT, encoding="utf-8")
    for form in ("text", "json", "html"):
        assert grade("submit", name, "--exercise", "a3", "--format", form).exit_code == 1
    assert grade("rubric", name, *ALL).exit_code == 0
    assert grade("submit", name).exit_code == 0


# ---------------------------------------------------------------- recording


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


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
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


# ---------------------------------------------------------------- records


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "cnn-grader rubric record", "version": 9}',
        b'{"format": "cnn-grader rubric record", "version": 1, "essay": "a3", "file": "a3.md", "assessments": 7}',
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
def test_a_record_that_is_none_is_refused_and_left_alone(here, data):
    (here / "a3.rubric.json").write_bytes(data)
    for arguments in (["submit", "a3.md"], ["rubric", "a3.md", "--points", "weights=2"]):
        result = grade(*arguments)
        assert result.exit_code == 2
        assert "a3.rubric.json is not a record" in result.stderr
    assert (here / "a3.rubric.json").read_bytes() == data


@pytest.mark.parametrize("points", ["true", "NaN", "1e999", '"2"', "null", "1" + "0" * 400])
def test_points_in_a_record_are_numbers(here, points):
    grade("rubric", "a3.md", "--points", "weights=2")
    text = (here / "a3.rubric.json").read_text()
    (here / "a3.rubric.json").write_text(text.replace('"weights": 2.0', f'"weights": {points}'))
    assert grade("submit", "a3.md").exit_code == 2


def test_points_beyond_the_rubric_do_not_count(here):
    grade("rubric", "a3.md", "--points", "weights=2")
    text = (here / "a3.rubric.json").read_text()
    (here / "a3.rubric.json").write_text(text.replace('"weights": 2.0', '"weights": 200.0, "charm": 50'))
    assert shown()["score"] == 0


def test_a_changed_rubric_is_noticed(here):
    grade("rubric", "a3.md", *ALL)
    text = (here / "a3.rubric.json").read_text()
    (here / "a3.rubric.json").write_text(text.replace(A3.fingerprint, "0" * 16))
    assert "the rubric has changed since this assessment" in grade("submit", "a3.md").stdout


def test_a_record_of_another_file_or_task_is_refused(here):
    grade("rubric", "a3.md", *ALL)
    assert "not to a4" in grade("submit", "a3.md", "--exercise", "a4").stderr
    (here / "a3.txt").write_text("# A3\n\nother words", encoding="utf-8")
    assert "is the record of a3.md" in grade("submit", "a3.txt").stderr
    (here / "a3.md").rename(here / "b.md")
    (here / "a3.rubric.json").rename(here / "b.rubric.json")
    assert grade("submit", "b.md").exit_code == 0, "renamed together they belong together"


def test_a_record_is_replaced_whole_or_not_at_all(here, monkeypatch):
    grade("rubric", "a3.md", "--points", "weights=2")
    before = (here / "a3.rubric.json").read_bytes()

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    result = grade("rubric", "a3.md", "--points", "limits=2")
    assert result.exit_code == 2
    assert "cannot write a3.rubric.json" in result.stderr
    assert (here / "a3.rubric.json").read_bytes() == before
    assert sorted(p.name for p in here.iterdir()) == ["a3.md", "a3.rubric.json"]


def test_the_record_lies_beside_the_file(tmp_path):
    assert record_path(Path("x/y.b.md")) == Path("x/y.b.rubric.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(RecordError):
        load_record(tmp_path / "folder.json")


# ---------------------------------------------------------------- lists


def test_list_and_show():
    for command in (["list"], ["rubric", "--list"]):
        shown = grade(*command).stdout
        assert all(e.slug in shown for e in all_essays())
    unknown = grade("rubric", "--show", "interview1")
    assert unknown.exit_code == 2
    assert "did you mean 'interview-1'" in unknown.stderr


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
