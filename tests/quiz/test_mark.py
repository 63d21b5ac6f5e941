"""`grade quiz mark`: a class's answers, in the state in which such files arrive."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.answers import AnswersError, read_answers
from generators.blueprint import load_blueprint, practice
from generators.classes import guarded, mark_class
from generators.marking import GATE, Scheme, mark
from generators.model import Question, QuestionKind
from generators.paper import Paper, make_papers
from generators.results import decimal, mark_paper, mixed
from grader.cli.group import cli

PAPER = make_papers(practice(4, generators=["output_size", "conv_params", "macs"], kinds=["MCQ"]), 3)[0]
WHOLE = make_papers(load_blueprint("chapter-test"), 5)[0]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["quiz", "mark", *map(str, arguments)])


def right(question: Question) -> str:
    return str(question.answer)


def wrong(question: Question) -> str:
    return next(option.key for option in question.options if not option.correct)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With paper.json and answers.csv: ada all right, alan all wrong, grace the first only."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.json").write_text(json.dumps(PAPER.as_json()))
    rows = ["student,q1,q2,q3,q4", ",".join(["ada", *map(right, PAPER.questions)]),
            ",".join(["alan", *map(wrong, PAPER.questions)]), f"grace,{right(PAPER.questions[0])},,,"]  # fmt: skip
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n")
    return tmp_path


def test_marks_are_exact(folder: Path) -> None:
    result = run("paper.json", "answers.csv", "--format", "json")
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    full = PAPER.marks
    assert [s["marks"]["exact"] for s in data["students"]] == [
        str(full), str(-Fraction(full, 3)), str(PAPER.questions[0].marks)]  # fmt: skip
    facility = (1 - Fraction(1, 3) + 1) / 3
    assert data["questions"][0]["facility"] == float(decimal(facility))
    assert data["questions"][0]["outcomes"]["right"] == 2
    assert data["questions"][1]["outcomes"] | {"right": 1, "wrong": 1, "blank": 1} == data["questions"][1]["outcomes"]
    assert sum(entry["possible"] for entry in data["topics"].values()) == 3 * full
    slugs = {option.misconception for q in PAPER.questions for option in q.options if option.key == wrong(q)}
    assert set(data["misconceptions"]) == slugs
    assert all(entry["students"] == 1 and entry["why"] for entry in data["misconceptions"].values())


def test_the_text_shows_students_questions_topics_and_mistakes(folder: Path) -> None:
    shown = run("paper.json", "answers.csv").stdout
    lost = mixed(-Fraction(PAPER.marks, 3))
    for word in ("ada", "alan", "mean of 3", "facility", "topic", "behind wrong answers", lost):
        assert word in shown
    assert run("paper.json", "answers.csv", "-o", "out.txt").exit_code == 0
    assert "alan" in Path("out.txt").read_text()


def test_csv_has_one_line_a_student_and_no_formulas(folder: Path) -> None:
    text = Path("answers.csv").read_text().replace("ada", '"=HYPERLINK(""http://x"")"').replace("alan", "@sum")
    Path("answers.csv").write_text(text)
    assert run("paper.json", "answers.csv", "-o", "marks.csv").exit_code == 0
    rows = list(csv.DictReader(io.StringIO(Path("marks.csv").read_text())))
    assert [row["student"] for row in rows] == ['\'=HYPERLINK("http://x")', "'@sum", "grace"]
    assert rows[1]["marks"] == decimal(-Fraction(PAPER.marks, 3))
    assert rows[0]["right"] == "4"
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row.values())


def test_a_withdrawn_question_gives_its_marks_to_all(folder: Path) -> None:
    data = json.loads(run("paper.json", "answers.csv", "--to-all", 1, "--to-all", 2, "--format", "json").stdout)
    last_two = sum(q.marks for q in PAPER.questions[2:])
    first_two = sum(q.marks for q in PAPER.questions[:2])
    alan = data["students"][1]
    assert Fraction(alan["marks"]["exact"]) == first_two - Fraction(last_two, 3)
    assert [q["outcome"] for q in alan["questions"]] == ["to_all", "to_all", "wrong", "wrong"]


def test_a_scheme_is_data(folder: Path) -> None:
    Path("kind.json").write_text('{"negative": {}}')
    Path("hard.toml").write_text('[negative]\nMCQ = "1/2"\n')
    kind, hard = (json.loads(run("paper.json", "answers.csv", "--scheme", file, "--format", "json").stdout)
                  for file in ("kind.json", "hard.toml"))  # fmt: skip
    assert kind["students"][1]["marks"]["exact"] == "0"
    assert kind["students"][1]["marks"]["exact"] != hard["students"][1]["marks"]["exact"]
    assert Fraction(hard["students"][1]["marks"]["exact"]) == -Fraction(PAPER.marks, 2)


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("[]", "an object with 'negative'"),
        ('{"negativ": {}}', "not negativ"),
        ('{"negative": {"MCX": 1}}', "no kind 'MCX'"),
        ('{"negative": {"MCQ": "a third"}}', "no fraction as 1/3"),
        ('{"negative": {"MCQ": "1/0"}}', "no fraction as 1/3"),
        ('{"negative": {"MCQ": 2}}', "between 0 and 1"),
        ('{"partial": "MSQ"}', "looks like"),
        ("{", "scheme.json: "),
    ],
)
def test_a_scheme_that_is_none_says_what_is_wrong(folder: Path, scheme: str, said: str) -> None:
    Path("scheme.json").write_text(scheme)
    result = run("paper.json", "answers.csv", "--scheme", "scheme.json")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "scheme.json" in result.stderr


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_spreadsheets_of_every_kind_are_read(separator: str, newline: str, encoding: str) -> None:
    lines = [["Name", "Q1", "Question 2"], ["Zoë", "B", "1 2, 3 4; x"]]
    text = newline.join(separator.join(f'"{cell}"' for cell in line) for line in lines) + newline
    found = read_answers(text.encode(encoding), 2)
    assert [(row.line, row.student, row.answers) for row in found.rows] == [(2, "Zoë", {1: "B", 2: "1 2, 3 4; x"})]
    assert not found.problems


def test_every_oddity_is_named_with_its_line(folder: Path) -> None:
    Path("answers.csv").write_text(
        "student,q1,q2,q3,q3,q9,remark\n"  # q4 is missing, q3 twice, q9 too far
        "\n"
        "ada,A,B,C,D,A,hello\n"
        ",A,B,C\n"  # nobody
        "alan,A,B,C,D,A,x,A,B\n"  # too long
        'grace,"A\nor B",Z,,\n'
        "ada,B\n"
    )
    Path("roster.txt").write_text("student\nada\nedsger\n")
    result = run("paper.json", "answers.csv", "--roster", "roster.txt")
    assert result.exit_code == 1
    for said in ("line 1: column q9: the paper has questions 1 to 4", "line 1: column q3 comes twice",
                 "line 1: no column q4: blank for everybody", "line 4: no student (not marked)",
                 "line 5: 9 cells for 7 columns", "line 6: grace is not on the roster",
                 "line 6: grace, q2: 'Z' is not readable: answer with A, B, C, D",
                 "line 8: ada stands in line 3 too; this later line counts"):  # fmt: skip
        assert said in result.stderr, said
    assert "No answers from: edsger" in result.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"student,a,b\nada,1,2\n", "names no column q1"),
        (b"q1,q2\nA,B\n", "no column for the student"),
        (b"student,q1\n", "no line has a student"),
        (b'student,q1\nada,"A\n' + b"x" * 200_000, "quotation mark"),
        (b"PK\x03\x04\x00\x00", "save the spreadsheet as CSV"),
        (b"student,q1\nada,\x00\n", "save the spreadsheet as CSV"),
    ],
)
def test_a_file_of_no_answers_says_so(folder: Path, content: bytes, said: str) -> None:
    Path("answers.csv").write_bytes(content)
    result = run("paper.json", "answers.csv")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "answers.csv" in result.stderr


def test_several_papers_are_told_apart_by_their_column(folder: Path) -> None:
    forms = make_papers(practice(3, topics=["output size"], kinds=["MCQ"]), 3, 2)
    for form in forms:
        Path(f"p{form.form}.json").write_text(json.dumps(form.as_json()))
    keys = ["".join(f",{q.answer}" for q in form.questions) for form in forms]
    Path("both.csv").write_text(f"student,paper,q1,q2,q3\nada,1{keys[0]}\nalan,02{keys[1]}\neve,3{keys[0]}\n")
    result = run("p1.json", "p2.json", "both.csv", "--format", "json", "--to-all", "2.3")
    data = json.loads(result.stdout)
    assert [(s["student"], s["paper"], s["marks"]["exact"] == str(s["of"])) for s in data["students"]] == [
        ("ada", 1, True), ("alan", 2, True)]  # fmt: skip
    assert "line 4: eve has paper '3'; given to mark: 1 and 2 (not marked)" in result.stderr
    assert [q["place"] for q in data["questions"]] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    assert "column called paper" in run("p1.json", "p2.json", "answers.csv").stderr
    assert "two papers are number 1" in run("p1.json", "p1.json", "both.csv").stderr
    for bad in ("3", "3.1", "1.9", "x"):
        assert "--to-all" in run("p1.json", "p2.json", "both.csv", "--to-all", bad).stderr


def test_missing_files_are_named(folder: Path) -> None:
    for arguments in ("none.json answers.csv", "paper.json none.csv", "paper.json answers.csv --scheme none.json",
                      "paper.json answers.csv --roster none.csv", "answers.csv paper.json"):  # fmt: skip
        result = run(*arguments.split())
        assert result.exit_code == 2
        assert "Traceback" not in result.output
        assert "none" in result.stderr or "answers.csv is not JSON" in result.stderr


# ---------------------------------------------------------------- properties

TYPED = st.one_of(
    st.text(max_size=30),
    st.text("ABCDEFGH ,-PQ1234", max_size=12),
    st.text("0123456789.,;-/[] ", max_size=20),
    st.sampled_from(["C^2", "18C^2+2C", "(((", "D+1"]),
)
SCHEMES = st.sampled_from([GATE, Scheme(), Scheme.from_json({"partial": ["MSQ", "MATRIX", "MATCH", "ORDER"]}),
                           Scheme.from_json({"negative": dict.fromkeys(QuestionKind, "2/3")})])  # fmt: skip


@settings(max_examples=150)
@given(st.sampled_from(WHOLE.questions), TYPED, SCHEMES, st.booleans())
def test_an_answer_earns_at_most_the_marks_and_costs_at_most_its_share(
    q: Question, typed: str, scheme: Scheme, decimal_comma: bool
) -> None:
    result = mark(q, typed, scheme, decimal_comma=decimal_comma)
    assert -scheme.negative.get(q.kind, Fraction(0)) * q.marks <= result.marks <= q.marks
    assert (result.marks == q.marks) == (result.outcome == "right")
    assert result.outcome != "right" or result.misconception is None


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda name: " ".join(name.split()) == name and name[0] != "\ufeff")  # fmt: skip
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=15)


@settings(max_examples=100)
@given(st.dictionaries(NAMES, st.tuples(CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_is_read_back(rows: dict[str, tuple[str, str]], separator: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([["student", "q1", "q2"], *([name, *cells] for name, cells in rows.items())])
    found = read_answers(out.getvalue().encode("utf-8-sig"), 2)
    expected = {name: {i: cell for i, cell in enumerate(cells, 1) if cell.strip()} for name, cells in rows.items()}
    assert {row.student: row.answers for row in found.rows} == expected


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    try:
        found = read_answers(data, 3)
    except AnswersError:
        return
    assert found.rows


@given(st.fractions(-100, 100, max_denominator=60))
def test_numbers_for_readers_keep_their_value(value: Fraction) -> None:
    words = mixed(value).replace("−", "").split()
    assert sum(map(Fraction, words)) == abs(value)
    assert abs(Fraction(decimal(value)) - value) <= Fraction(1, 20_000)


@given(st.text(min_size=1))
def test_no_name_is_a_formula(name: str) -> None:
    assert guarded(name)[0] not in "=+-@\t\r"
    assert guarded(name).removeprefix("'") == name.removeprefix("'")


def test_sums_agree() -> None:
    results = mark_class([WHOLE], read_answers(b"student,q1\nada,A\nalan,B\n", 20))
    earned = sum(got for got, _ in results.topics().values())
    assert earned == sum(result.sheet.total for result in results.results)
    empty = mark_paper(WHOLE, {})
    assert (empty.total, empty.count("blank")) == (0, len(WHOLE.questions))
    assert isinstance(results.papers[0], Paper)
