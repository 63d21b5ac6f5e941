"""Marks are exact, and wrong answers are explained."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from generators.build import build, rebuild
from generators.expression import equal
from generators.marking import GATE, Scheme, mark, total
from generators.model import Question, QuestionKind
from generators.reading import read, said, told
from tests.generators import marking_cases
from tests.generators.spellings import CASES, Case, formula_question, matrix_question

SIZE = {"W": 32, "F": 5, "P": 0, "S": 1}


@pytest.mark.parametrize("case", marking_cases.CASES, ids=lambda case: f"{case.question.kind} {case.typed}")
def test_an_answer_earns_what_the_table_says(case: marking_cases.Marked) -> None:
    result = mark(case.question, case.typed, case.scheme)
    assert marking_cases.seen(result) == case.seen, result
    assert case.message in result.message


def test_the_table_has_every_outcome_of_every_kind() -> None:
    outcomes = {(case.question.kind, case.outcome) for case in marking_cases.CASES}
    assert {(kind, outcome) for kind in set(QuestionKind) - {QuestionKind.ESSAY}
            for outcome in ("right", "wrong", "blank", "unreadable")} <= outcomes  # fmt: skip
    assert {kind for kind, outcome in outcomes if outcome == "partial"} == {"MSQ", "MATRIX", "MATCH", "ORDER"}
    assert {case.question.kind for case in marking_cases.CASES if case.named} == set(QuestionKind) - {"ESSAY"}


def _mcq() -> Question:
    return rebuild("conv_params", {"F": 3, "Ci": 64, "Co": 128, "H": 32, "bias": True}, seed=1, kind="MCQ")


def _nat(generator: str = "output_size", **params: object) -> Question:
    return rebuild(generator, params or SIZE, kind="NAT")


def test_an_mcq_costs_a_third_of_its_marks() -> None:
    question = _mcq()
    wrong = next(option.key for option in question.options if not option.correct)
    assert mark(question, question.answer).marks == 1
    assert mark(question, f"({question.answer.lower()})").marks == 1
    assert mark(question, wrong).marks == Fraction(-1, 3)
    assert mark(question, "").marks == 0
    assert mark(question, "Z").outcome == "unreadable"
    assert mark(question, "AB").outcome == "unreadable"


def test_two_mark_mcq_costs_two_thirds() -> None:
    question = build("macs", 3, "MCQ")
    wrong = next(option for option in question.options if not option.correct)
    result = mark(question, wrong.key)
    assert question.marks == 2
    assert result.marks == Fraction(-2, 3)
    assert result.misconception
    assert result.misconception.slug == wrong.misconception


def test_three_wrong_mcqs_cost_exactly_one() -> None:
    question = _mcq()
    wrong = next(option.key for option in question.options if not option.correct)
    assert total([mark(question, wrong)] * 3) == -1


def test_msq_is_all_or_nothing_without_negative_marks() -> None:
    question = next(q for q in (build("same_layers", seed) for seed in range(50)) if len(q.answer) == 2)
    assert mark(question, ",".join(reversed(question.answer))).marks == 2
    assert mark(question, question.answer[0]).marks == 0
    wrong = next(option.key for option in question.options if not option.correct)
    assert mark(question, wrong).marks == 0
    assert mark(question, wrong).misconception
    partial = Scheme.from_json({"partial": ["MSQ"]})
    assert mark(question, question.answer[0], partial).marks == 1
    assert mark(question, f"{question.answer[0]} {wrong}", partial).marks == 0


@pytest.mark.parametrize("answer", ["28", " 28 ", "+28", "28.0", "56/2"])
def test_nat_forms(answer: str) -> None:
    assert mark(_nat(), answer).marks == 1


def test_nat_wrong_is_named_and_free() -> None:
    result = mark(_nat(), "27")
    assert result.marks == 0
    assert result.misconception
    assert result.misconception.slug == "plus-one-forgotten"
    assert mark(_nat(), "twenty").outcome == "unreadable"
    assert mark(_nat(), "1/0").outcome == "unreadable"
    assert mark(_nat(), "9" * 5000).outcome == "unreadable"


def test_nat_zero_is_an_answer() -> None:
    question = _nat("pool_params", ask="pooling", mode="max", F=2, C=64, H=28, K=16)
    assert mark(question, "0").marks == 1
    assert mark(question, "-0").marks == 1
    assert mark(question, "").outcome == "blank"


def test_nat_interval_is_closed() -> None:
    question = _nat("fc_share", H=7, C=512, N=4096, rest=35_593_000)
    assert question.range == (Fraction("74.2"), Fraction("74.4"))
    assert [mark(question, a).outcome for a in ("74.2", "74.4", "74.19", "74.41")] == [
        "right",
        "right",
        "wrong",
        "wrong",
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.context} {case.kind} {case.typed}")
def test_a_spelling_is_read_right_or_refused_by_name(case: Case) -> None:
    question = case.question()
    result = mark(question, case.typed, decimal_comma=case.decimal_comma)
    assert result.outcome == case.outcome, result
    assert case.unreadable in result.message
    if case.value:
        given = read(question, case.typed, decimal_comma=case.decimal_comma)
        same = equal(given, case.read()) if case.kind == QuestionKind.EXPRESSION else given == case.read()
        assert same
        assert read(question, said(question, given)) == given or case.kind == QuestionKind.EXPRESSION


def test_the_table_has_three_hundred_spellings_of_every_kind() -> None:
    assert len({(case.kind, case.typed, case.context, case.shape, case.unit) for case in CASES}) == len(CASES) >= 300
    for kind in set(QuestionKind) - {QuestionKind.ESSAY}:
        assert {case.outcome for case in CASES if case.kind == kind} == {"right", "unreadable"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("28", ""), ("28 ", ""), ("1 2; 3 4", ""), ("[[1, 2], [3, 4]]", ""), ("18C^2 + 2C", ""), ("0,5", "0.5"),
     ("4,60,800", "460800"),
     ("1 1/2", "1.5"), ("1,2;3,4", "1 2; 3 4"), ("18C²", "18*C^2"), ("1/8 C", "1/8*C")],
)  # fmt: skip
def test_how_it_was_read_is_told_where_it_looks_otherwise(typed: str, shown: str) -> None:
    matrix = ";" in typed or "[" in typed
    question = formula_question("C") if "C" in typed else matrix_question("1 2; 3 4") if matrix else _nat()
    assert told(question, typed, read(question, typed)) == shown


def test_no_file_makes_a_lone_zero_a_thousand_and_no_answer_keeps_the_reader_busy() -> None:
    question = _nat()
    for text in ("1" * 100_000, "1 " * 50_000, "1," * 50_000, " " * 100_000 + "1", "- " * 50_000):
        start = time.process_time()
        for kind in (question, build("pooling", 1, "MATRIX")):
            assert mark(kind, text).outcome in ("unreadable", "wrong")
        assert time.process_time() - start < 2
    assert [str(read(question, "0,000", decimal_comma=comma)) for comma in (False, True)] == ["0", "0"]


def test_marks_to_all_and_another_scheme() -> None:
    question = _mcq()
    wrong = next(option.key for option in question.options if not option.correct)
    assert mark(question, wrong, to_all=True).marks == 1
    assert mark(question, None, to_all=True).marks == 1
    assert mark(question, wrong, Scheme()).marks == 0
    assert mark(question, wrong, Scheme.from_json({"negative": {"MCQ": "1/4"}})).marks == Fraction(-1, 4)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Scheme.from_json({"negative": {"MCQ": "5/4"}})
    assert GATE.negative == {QuestionKind.MCQ: Fraction(1, 3)}


def test_matrix() -> None:
    X = [[1, 2, 0, 1], [0, 1, 3, 2], [2, 0, 1, 1], [1, 1, 0, 2]]
    question = rebuild("conv_by_hand", {"X": X, "K": [[1, 2], [0, -1]], "b": 0, "S": 1})
    rows = "; ".join(" ".join(map(str, row)) for row in question.answer)
    assert mark(question, rows).marks == 2
    assert mark(question, str(question.answer)).marks == 2
    assert mark(question, rows.replace(";", "\n")).marks == 2
    flipped = next(entry for entry in question.misconceptions if entry.slug == "kernel-flipped")
    result = mark(question, str(flipped.value))
    assert result.marks == 0
    assert result.misconception == flipped
    assert mark(question, "1 2").outcome == "wrong"
    assert mark(question, "[[1, [2]]]").outcome == "unreadable"
    assert mark(question, "1 x; 2 3").outcome == "unreadable"


def test_matrix_of_thirds_takes_three_decimals() -> None:
    question = rebuild("softmax_gradient", {"n": 1, "weights": [[1, 2, 3]], "labels": [1]})
    assert question.answer == [[Fraction(1, 6), Fraction(-2, 3), Fraction(1, 2)]]
    assert mark(question, "1/6 -2/3 1/2").marks == 2
    assert mark(question, "0.167 -0.667 0.5").marks == 2
    assert mark(question, "0.17 -0.67 0.5").marks == 0
    assert mark(question, "1/6, 1/3, 1/2").misconception == question.misconceptions[0]


def test_expression() -> None:
    question = rebuild("stacked_expression", {"F": 3, "n": 2, "bias": True})
    for answer in ("18C^2+2C", "2*C*(9*C + 1)", "18·C·C + C*2", "2C(9C+1)"):
        assert mark(question, answer).marks == 1, answer
    assert mark(question, "18C^2").misconception.slug == "bias-forgotten"  # type: ignore[union-attr]
    assert mark(question, "18C^2 + 2c").message == "unknown name c; use C"
    assert mark(question, "__import__('os')").outcome == "unreadable"


def test_order_and_match() -> None:
    question = rebuild("order_steps", {"subject": "gradcam"})
    assert mark(question, " ".join(question.answer)).marks == 1
    swapped = question.misconceptions[4]
    assert mark(question, ",".join(swapped.value)).misconception == swapped
    assert mark(question, "A A B C D E F").outcome == "unreadable"
    match = build("match_architectures", 5)
    assert mark(match, ", ".join(f"{k}-{v}" for k, v in match.answer.items())).marks == 1
    assert mark(match, "P-1").outcome == "unreadable"


def test_a_formula_cannot_keep_the_marker_busy() -> None:
    question = rebuild("stacked_expression", {"F": 3, "n": 2, "bias": False})
    ninths = [f"1/(C+{k})^9" for k in range(1, 10)]
    none = "+".join(f"1/(C+{k})^12-1/(C+{k})^12" for k in range(1, 5))
    bombs = [
        "18C^2*((2C+2)^12*(C+3)^12)/((C+1)^12*(C+3)^12*4096)",
        "18C^2*(2a+2b+2c+2d+2e+2f)^12/(4096(a+b+c+d+e+f)^12)",
        f"18C^2+{'-'.join(ninths)}+{'-'.join(ninths[1:])}",
        f"18C^2+{none}",
    ]
    start = time.process_time()
    assert [mark(question, bomb).outcome for bomb in bombs] == ["right", "unreadable", "wrong", "right"]
    assert time.process_time() - start < 1
