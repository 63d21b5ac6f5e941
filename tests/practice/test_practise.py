"""`grade practice`: the terminal's conversation, and how `grade next` and `grade progress` tell of it."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generators.blueprint import practice
from generators.model import plain
from generators.paper import make_papers
from grader.cli.group import cli
from grader.practice import answers, store
from grader.practice.history import Try
from grader.practice.place import HOME
from grader.practice.practising import Practice
from tests.practice.days import FLIPPED, answered
from tests.quiz.test_take import written
from tests.test_cli import WRONG, grade

YESTERDAY = timedelta(days=1).total_seconds()  # at any hour: a learner's day begins at four


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """Where things are kept in this test."""
    monkeypatch.setenv(HOME, str(tmp_path / "kept"))
    return tmp_path / "kept"


def practise(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["practice", *arguments], input=typed)


def flipped_yesterday() -> None:
    """As if `grade submit` had found the mistake a day ago."""
    one = Try(time.time() - YESTERDAY, "conv", "", 9, 22, False, mistakes=(FLIPPED,), lost=("window",))
    mistakes = json.dumps([[FLIPPED.slug, FLIPPED.title, FLIPPED.checks]])
    store.add("tries", [vars(one) | {"mistakes": mistakes, "lost": "[]"}])


@pytest.mark.slow
def test_a_mistake_in_code_comes_back_as_two_questions_and_then_nothing_is_left(tmp_path):
    assert grade("submit", WRONG, "--no-timing", "--no-explain", cwd=tmp_path).returncode == 1
    with store.opened(write=True) as connection:  # a night passes
        connection.execute("UPDATE tries SET at = at - ?", (YESTERDAY,))
    shown = practise("--list").output
    assert "You had “Kernel flipped” in conv yesterday. Two questions." in shown
    said, practice = [], Practice(kept=False)
    while asked := practice.next():
        said.append(written(asked.question))
        practice.answer(asked, said[-1])
    assert len(said) == 3  # and one on a new topic
    assert answers.answers() == []
    for _ in said:
        asked = Practice().next()
        ended = practise("--count", "1", typed=f"{written(asked.question)}\n\n")
        assert ended.exit_code == 0
        assert "✓ right" in ended.output
    assert "Done for today: 3 questions answered. More tomorrow." in ended.output
    assert practise().output.startswith("Done for today")
    kernel = [a for a in answers.answers() if a.card == "convolution/kernel-flipped"]
    assert len({(a.generator, a.seed) for a in kernel}) == 2


def test_hint_solution_and_what_cannot_be_read(folder):
    flipped_yesterday()
    first = Practice().next().question
    ended = practise(typed="\nnonsense\nhint\nsolution\nquit\n")
    assert ended.exit_code == 1
    assert "Not readable" in ended.output
    assert "because of conv yesterday" in ended.output
    assert ended.output.count("It comes again tomorrow.") == 1
    assert "Stopped; 1 answered. To go on: grade practice" in ended.output
    (kept,) = answers.answers()
    assert (kept.outcome, kept.helped, kept.generator, kept.seed) == ("given_up", True, first.generator, first.seed)


def test_a_wrong_answer_is_named_and_comes_tomorrow():
    flipped_yesterday()
    question = Practice().next().question
    given = next(m for m in question.misconceptions if m.slug == "kernel-flipped")
    ended = practise(typed=f"{json.dumps(plain(given.value))}\n\n")
    assert "The mistake behind it: kernel flipped." in ended.output
    assert "It comes again tomorrow." in ended.output
    assert answers.answers()[0].mistake == "kernel-flipped"


def test_what_is_read_otherwise_than_it_looks_can_be_changed():
    asked = Practice("output size").next()
    assert asked is not None
    key = written(asked.question)
    ended = practise("--topic", "output size", "--count", "1", typed=f"{key},5\n{key}\n")
    assert "; Enter counts it, or answer again]" in ended.output
    assert (answers.answers()[0].given, answers.answers()[0].outcome) == (key, "right")


def test_one_topic_due_or_not_and_a_name_that_is_not_there():
    ended = practise("--topic", "padding", "--count", "2", typed="solution\nsolution\n")
    assert ended.exit_code == 0
    assert "0 of 2 right." in ended.output
    assert "Question 2 of 2 · padding" in ended.output
    assert {a.topic for a in answers.answers()} == {"padding"}
    unknown = practise("--topic", "paddin")
    assert unknown.exit_code == 2
    assert "Did you mean `padding`?" in unknown.stderr


def test_without_history_nothing_is_kept(folder):
    ended = practise("--no-history", typed="solution\nsolution\n")
    assert "0 of 2 right. Done for today" in ended.output
    assert not (folder / store.NAME).exists()


def test_an_answer_sent_twice_counts_once():
    practice = Practice()
    asked = practice.next()
    for _ in range(2):
        practice.answer(asked, written(asked.question))
    assert len(answers.answers()) == 1


def test_a_finished_quiz_is_learned_from_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paper = make_papers(practice(2, generators=["output_size"], kinds=["NAT"]), 3)[0]
    wrong = paper.questions[0].misconceptions[0]
    Path("paper.json").write_text(json.dumps(paper.as_json()))
    typed = f"{plain(wrong.value)}\n{written(paper.questions[1])}\n"
    take = ["quiz", "take", "paper.json"]
    for options in (["--no-history"], ["--again"], []):
        assert CliRunner().invoke(cli, [*take, *options], input=typed).exit_code == 1
        assert len(answers.answers()) == (0 if options == ["--no-history"] else 2)
    first, second = answers.answers()
    assert (first.outcome, first.mistake, second.outcome) == ("wrong", wrong.slug, "right")
    assert Practice().today().coming == 2


def test_next_and_progress_tell_of_it():
    assert "grade practice" not in CliRunner().invoke(cli, ["next"]).output
    flipped_yesterday()
    answers.remember_answer(replace(answered(0, card="padding"), at=time.time()))
    assert "2 questions are due today:  grade practice" in CliRunner().invoke(cli, ["next"]).output
    shown = CliRunner().invoke(cli, ["progress"]).output
    assert "padding      █████████░  95%   1 of 1 right" in shown
    assert "convolution  not asked yet" in shown
    assert "to put right: kernel flipped" in shown
    assert "due now" in shown


def test_a_broken_file_is_one_line(folder):
    folder.mkdir()
    (folder / store.NAME).write_bytes(b"no database, but long enough to look like one" * 100)
    for command in ("practice", "next", "progress"):
        ended = CliRunner().invoke(cli, [command])
        assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
        assert "not a database" in ended.stderr


def test_fsrs_is_imported_only_where_there_is_something_to_remember():
    code = """
        import sys
        from click.testing import CliRunner
        import grader.cli.work.submit
        from grader.cli.group import cli
        from grader.practice import history
        history.remember([])
        for command in (["--help"], ["practice", "--help"], ["practice", "--list"], ["next"]):
            assert CliRunner().invoke(cli, command).exit_code == 0
            assert "fsrs" not in sys.modules, command
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(code)]).returncode == 0
