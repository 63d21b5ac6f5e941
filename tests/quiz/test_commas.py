"""`grade quiz mark` and commas: decimal in files of semicolons and tabs, else clear or named."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generators.blueprint import practice
from generators.model import QuestionKind
from generators.paper import Paper, make_papers
from grader.cli.group import cli
from tests.generators.spellings import CASES, formula_question, matrix_question


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["quiz", "mark", *map(str, arguments)])


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def with_commas(separator: str) -> Path:
    """A file as a spreadsheet with decimal commas writes it, for a number 1.21, a matrix and a formula."""
    number = next(case for case in CASES if case.typed == "1,21" and case.decimal_comma).question()
    questions = (number, matrix_question("0.308 -0.769; 1.5 2"), formula_question("C/8"))
    Path("commas.json").write_text(json.dumps(Paper("Commas", 1, questions).as_json()))
    rows = [
        ["student", "q1", "q2", "q3"],
        ["ada", "1,210", "0,308, -0,769; 1,5, 2", "0,125*C"],
        ["alan", "1,21", "[[0.308, -0.769], [1.5, 2]]", "1/8 C"],
        ["grace", "1 121/100", "0,308 1,5", "1,210C"],
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    Path("commas.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
    return Path("commas.csv")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_without_commas_between_columns_those_in_answers_are_decimal(separator: str) -> None:
    result = run("commas.json", with_commas(separator), "--format", "json")
    ada, alan, grace = json.loads(result.stdout)["students"]
    assert ada["marks"]["exact"] == alan["marks"]["exact"] == str(ada["of"])
    assert [q["outcome"] for q in grace["questions"]] == ["unreadable", "wrong", "wrong"]
    assert "line 4: grace, q1: '1 121/100' is not readable: '1 121/100' can be two numbers" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_a_comma_may_be_is_not_guessed_and_costs_nothing() -> None:
    Path("hard.json").write_text(json.dumps({"negative": dict.fromkeys(QuestionKind, 1)}))
    arguments = ("commas.json", with_commas(","), "--scheme", "hard.json")
    data = json.loads((result := run(*arguments, "--format", "json")).stdout)
    ada, alan, _ = data["students"]
    assert [q["outcome"] for q in ada["questions"]] == ["unreadable", "unreadable", "right"]
    assert Fraction(ada["marks"]["exact"]) == 1
    assert alan["marks"]["exact"] == str(alan["of"])
    for said in ("line 2: ada, q1: '1,210' is not readable: '1,210' can be two numbers: write 1.210 or 1210",
                 "line 2: ada, q2: '0,308, -0,769; 1,5, 2' is not readable: the commas can be decimal points or",
                 "line 4: grace, q3: '1,210C' is not readable: '1,210' can be two numbers"):  # fmt: skip
        assert said in result.stderr
        assert any(p["text"].startswith(said.partition(": ")[2]) for p in data["problems"])
    row = next(line.split() for line in run(*arguments).stdout.splitlines() if line.startswith("ada"))
    assert row[-4:] == ["1", "0", "2", "0"]  # right, wrong, unreadable, open


def test_thousands_in_a_file_of_decimal_commas_are_pointed_out() -> None:
    paper = make_papers(practice(1, generators=["conv_params"], kinds=["NAT"]), 1)[0]
    Path("paper.json").write_text(json.dumps(paper.as_json()))
    count = f"{paper.questions[0].answer:,}"
    assert count.count(",") == 1
    Path("answers.csv").write_text(f"student;q1\nada;{count}\nalan;7,123\n")
    result = run("paper.json", "answers.csv", "--format", "json")
    assert json.loads(result.stdout)["questions"][0]["outcomes"]["wrong"] == 2
    assert result.stderr.splitlines() == [
        f"answers.csv, line 2: ada, q1: '{count}' is wrong with a decimal comma, as commas are in this file, "
        "and right with one between thousands"]  # fmt: skip
