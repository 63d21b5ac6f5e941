"""`grade quiz take`: practice and mock exams, driven as a person would, also through interruptions."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generators.blueprint import load_blueprint, practice
from generators.model import Question, QuestionKind, plain
from generators.paper import Paper, make_papers
from grader.cli.group import cli
from grader.cli.work.quiz_session import load_session

GRADE = Path(sys.executable).with_name("grade")


def take(*arguments: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["quiz", "take", *map(str, arguments)], input=typed)


def written(question: Question, answer: Any = None) -> str:
    """An answer as a person types it; the right one otherwise."""
    answer = question.answer if answer is None else answer
    if question.kind == QuestionKind.MATRIX:
        return json.dumps(plain(answer))
    if isinstance(answer, dict):
        return " ".join(f"{left}-{right}" for left, right in answer.items())
    return " ".join(answer) if isinstance(answer, list) else str(answer)


def wrong(question: Question) -> str:
    return next(option.key for option in question.options if not option.correct)


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """Three MCQs in paper.json."""
    monkeypatch.chdir(tmp_path)
    made = make_papers(practice(3, generators=["output_size", "conv_params", "macs"], kinds=["MCQ"]), 3)[0]
    Path("paper.json").write_text(json.dumps(made.as_json()))
    return made


def test_all_right_in_every_kind_earns_full_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = make_papers(load_blueprint("chapter-test"), 5)[0]
    typed = "".join(f"{written(question)}\n" for question in made.questions)
    result = take("--blueprint", "chapter-test", "--seed", 5, typed=typed)
    assert result.exit_code == 0, result.output
    assert f"{made.marks} of {made.marks} marks (100 %)" in result.output
    assert result.output.count("✓ right") == len(made.questions)
    assert "Practise next" not in result.output


def test_the_terminal_shows_how_it_reads_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = make_papers(practice(2, generators=["conv_params"], kinds=["NAT"]), 3)[0]
    Path("paper.json").write_text(json.dumps(made.as_json()))
    first, second = (f"= {q.answer}." for q in made.questions)
    result = take("paper.json", typed=f"9,99,999\n{first}\n\n{second}.\n{second}\n\n")
    assert "Read as 999999; Enter counts it, or answer again" in result.output
    assert "is not a number" in result.output
    assert f"Read as {made.questions[0].answer}; Enter" in result.output
    assert result.output.count("✓ right") == 2


def test_practice_says_at_once_what_was_wrong_and_why(paper: Paper) -> None:
    first = paper.questions[0]
    option = next(o for o in first.options if not o.correct)
    why = next(m.why for m in first.misconceptions if m.slug == option.misconception)
    result = take("paper.json", typed=f"{option.key}\n")
    before, _, after = result.output.partition("✗ wrong")
    assert first.solution[-1] not in before
    assert (option.misconception or "").replace("-", " ") in after
    assert why.split("$")[0].strip() in after
    assert "Answer: " in after
    assert result.exit_code == 1
    assert "To go on: grade quiz take paper.taken.json" in result.output


def test_an_exam_keeps_its_solutions_until_the_end(paper: Paper) -> None:
    a, b, _ = paper.questions
    result = take("paper.json", "--exam", typed=f"{wrong(a)}\n{written(b)}\n\nfinish\nyes\n")
    before, _, after = result.output.partition("Finish all the same?")
    assert "Answer: " not in before
    assert "Solution:" not in before
    assert f"Your answer: {wrong(a)}" in after
    assert "1 right, 1 wrong, 1 open" in after
    assert "left" in before
    assert result.exit_code == 1


def test_answers_of_an_exam_can_be_changed_and_removed(paper: Paper) -> None:
    a, b, c = paper.questions
    typed = f"{wrong(a)}\n{written(b)}\nback\n-\n{written(b)}\ngo 1\n{written(a)}\n\n{written(c)}\n\n"
    result = take("paper.json", "--exam", typed=typed)
    assert f"{paper.marks} of {paper.marks} marks" in result.output, result.output
    assert result.exit_code == 0


def test_a_question_whose_solution_was_shown_is_not_answered_again(paper: Paper) -> None:
    a = paper.questions[0]
    result = take("paper.json", typed=f"{wrong(a)}\nback\n{written(a)}\n")
    assert json.loads(Path("paper.taken.json").read_text())["answers"] == {"1": wrong(a)}
    assert "Answered; Enter goes on" in result.output


def test_what_cannot_be_read_costs_nothing_and_is_asked_again(paper: Paper) -> None:
    result = take("paper.json", typed=f"banana\n{written(paper.questions[0])}\n")
    assert "Not readable: answer with A, B, C, D" in result.output
    assert result.output.count("Question 1 of 3") == 1
    assert "✓ right" in result.output


def test_a_comma_that_can_be_two_things_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = make_papers(practice(1, generators=["conv_params"], kinds=["NAT"]), 1)[0]
    Path("paper.json").write_text(json.dumps(made.as_json()))
    count = made.questions[0].answer
    result = take("paper.json", typed=f"{count:,}\n{count}\n")
    assert f"Not readable: '{count:,}' can be two numbers: write " in result.output
    assert f" or {count}" in result.output
    assert result.exit_code == 0


def test_words_lead_through_the_paper(paper: Paper) -> None:
    result = take("paper.json", typed="\ngo 3\ngo 9\nreview\nhelp\nback\nquit\n")
    assert "There are questions 1 to 3." in result.output
    assert "Your answers" in result.output
    assert result.output.rstrip().endswith("To go on: grade quiz take paper.taken.json")


def test_an_interrupted_paper_goes_on_where_it_was(paper: Paper) -> None:
    a, b, c = (written(question) for question in paper.questions)
    take("paper.json", typed=f"{a}\n")
    again = take("paper.json", typed=f"{b}\n")
    assert "You go on where you were: 1 of 3 answered." in again.output
    assert "Question 1 of 3" not in again.output
    last = take("paper.taken.json", typed=f"{c}\n")
    assert last.exit_code == 0
    finished = take("paper.json")
    assert "You finished this paper; --again starts over." in finished.output
    assert finished.exit_code == 0
    assert "Question 1 of 3" in take("paper.json", "--again").output


def test_without_a_word_the_last_unfinished_one_goes_on(paper: Paper) -> None:
    take("--generator", "output_size", "--count", 2, "--seed", 9)
    result = take()
    assert "my_quiz-practice-9.json" in result.output
    assert "You go on where you were" in result.output
    assert "my_quiz-practice-9.json" not in take("--topic", "padding").output


def test_a_killed_program_loses_no_answer(paper: Paper) -> None:
    process = subprocess.Popen([GRADE, "quiz", "take", "paper.json", "--exam"], stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, text=True)  # fmt: skip
    assert process.stdin
    process.stdin.write("A\nB\n")
    process.stdin.flush()
    saved, deadline = {}, time.monotonic() + 20
    while len(saved) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
        if Path("paper.taken.json").exists():
            saved = json.loads(Path("paper.taken.json").read_text())["answers"]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdin.close()
    assert saved == {"1": "A", "2": "B"}
    assert "2 of 3 answered" in take("paper.json").output


def test_time_ends_an_exam_and_a_late_answer_does_not_count(paper: Paper) -> None:
    take("paper.json", "--exam", typed=f"{written(paper.questions[0])}\n")
    record = json.loads(Path("paper.taken.json").read_text())
    begun = datetime.now(UTC) - timedelta(minutes=float(paper.minutes), seconds=1)
    Path("paper.taken.json").write_text(json.dumps(record | {"started": begun.isoformat()}))
    result = take("paper.json", typed=f"{written(paper.questions[1])}\n")
    assert "Time is up." in result.output
    assert "1 right, 0 wrong, 2 open" in result.output
    assert json.loads(Path("paper.taken.json").read_text())["seconds"] == paper.minutes * 60


def test_an_exams_clock_runs_on_while_nobody_looks(paper: Paper) -> None:
    stopped = take("paper.json", "--exam", typed=f"{written(paper.questions[0])}\n")
    assert re.search(r"1 of 3 answered\. The clock runs on: [\d:]+ left\.", stopped.output)
    record = json.loads(Path("paper.taken.json").read_text())
    session = load_session(Path("paper.taken.json"))
    session.started -= timedelta(seconds=100)
    assert paper.minutes * 60 - 110 < (session.left() or 0) <= paper.minutes * 60 - 100
    record.pop("started")  # as older versions wrote it: what was spent counts, and the clock runs on from here
    Path("paper.taken.json").write_text(json.dumps(record | {"seconds": 30.0}))
    assert paper.minutes * 60 - 40 < (load_session(Path("paper.taken.json")).left() or 0) <= paper.minutes * 60 - 30


def test_the_summary_names_topics_and_mistakes(paper: Paper) -> None:
    typed = "".join(f"{wrong(question)}\n" for question in paper.questions)
    output = take("paper.json", typed=typed).output
    assert "−1 1/3 of 4 marks" in output
    assert "0 of 1 right, −1/3 of 1 marks" in output
    assert "Behind wrong answers" in output
    assert "Practise next: grade quiz take --topic" in output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "holds no paper"),
        ("{}", "'questions' is missing"),
        ('{"questions": []}', "no questions"),
        ('{"questions": [3], "title": "t", "seed": 1}', "holds no paper"),
        ('{"paper": 3}', "holds no paper"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_file_that_is_no_paper_says_so(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "bad.json").write_text(content)
    result = take(tmp_path / "bad.json")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("field", "value"),
    [("prompt", 3), ("marks", "2"), ("marks", 0), ("topic", None), ("solution", [1]), ("range", None),
     ("answer", "28 px"), ("kind", "MCX"), ("options", 3),
     ("misconceptions", [{"value": [], "slug": "s", "why": "w"}])],
)  # fmt: skip
def test_a_damaged_question_is_said_before_anybody_answers_it(tmp_path: Path, field: str, value: object) -> None:
    record = make_papers(practice(2, generators=["output_size"], kinds=["NAT"]), 1)[0].as_json()
    record["questions"][1][field] = value
    (tmp_path / "bad.json").write_text(json.dumps(record))
    result = take(tmp_path / "bad.json")
    assert result.exit_code == 2, result.output
    assert "bad.json holds no paper" in result.stderr


def test_a_spoilt_session_says_so(paper: Paper) -> None:
    take("paper.json")
    record = json.loads(Path("paper.taken.json").read_text())
    for change in ({"answers": {"99": "A"}}, {"answers": 3}, {"mode": "open book"}, {"seconds": "long"},
                   {"started": "noon"}, {"started": 3}, {"seconds": 1e18, "started": None}):
        Path("paper.taken.json").write_text(json.dumps(record | change))
        assert "was changed and is no session" in take("paper.json").stderr, change


def test_options_that_contradict_each_other_are_refused(paper: Paper) -> None:
    assert "leave out the file" in take("paper.json", "--count", 3).stderr
    assert "missing.json" in take("missing.json").stderr
    take("paper.json", typed="A\n")
    assert "begun as practice" in take("paper.json", "--exam").stderr
    for name in ("my_quiz-practice-9.json", "my_quiz-practice-9-2.json"):
        topic = "padding" if Path("my_quiz-practice-9.json").exists() else "parameters"
        assert f"saved in {name}." in take("--topic", topic, "--count", 1, "--seed", 9).output
    other = take("--topic", "padding", "--count", 1, "--session", "paper.taken.json")
    assert "belongs to another paper" in other.stderr
