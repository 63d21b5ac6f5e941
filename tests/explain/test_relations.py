"""What a wrong answer is said to be holds on every wrong case that is asked, or nothing is said."""

from __future__ import annotations

import time
from types import ModuleType

import numpy as np
import pytest

from grader.author.honesty import same
from grader.author.wrongness import spaces
from grader.checks.backend import LocalBackend
from grader.checks.diagnose import scopes
from grader.checks.draw import Draw
from grader.checks.log import Entry, Log
from grader.checks.subject import Subject
from grader.exercise import all_exercises, load_exercise
from grader.explain.asked import AskedCase, by_case
from grader.explain.budget import Budget
from grader.explain.outputs import changes
from grader.explain.relations import Changed, Guess, candidates, confirmed
from grader.explain.search import Search
from grader.model.explanation import AnswerRelation, Likeness
from grader.report.relations import sentence
from grader.sandbox.inside.interpreter import Interpreter, quiet
from grader.sandbox.inside.wire import Array
from solutions.conv import conv2d, conv2d_multichannel
from solutions.loss import softmax_cross_entropy
from solutions.pooling import avg_pool2d


def search(slug: str, number: int, wrong: ModuleType) -> tuple[Search, Subject]:
    """What asks on of a case space of an exercise, and what its check asked."""
    exercise = load_exercise(slug)
    space = spaces(exercise)[number]
    sides = scopes(exercise, exercise.reference_file), scopes(exercise, exercise.reference_file) | {"submission": wrong}

    def started() -> Subject:
        return Subject(Interpreter(sides[0]), LocalBackend(Interpreter(sides[1])), framework=exercise.framework)

    draw = Draw(1, f"{slug}/{space.name}")
    asked = started()
    space.check(asked, draw)
    asked.settle()
    return Search(space, started, draw, Budget(600, time.process_time)), asked


def relation(slug: str, number: int, name: str, function) -> AnswerRelation | None:
    wrong = ModuleType("wrong")
    setattr(wrong, name, function)
    exercise = load_exercise(slug)
    found, asked = search(slug, number, wrong)
    return found.relation(asked.log, lambda: Interpreter(scopes(exercise, exercise.reference_file)))


def of_conv2d(change):
    return relation("conv", 0, "conv2d", lambda X, K, stride=1, padding=0: change(X, K, stride, padding))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda X, K, s, p: conv2d(X, K, s, p).T, "Your answer is the right one, transposed."),
        (lambda X, K, s, p: conv2d(X, K, 1, p), "Your answer is the right one for `stride` 1."),
        (lambda X, K, s, p: conv2d(X, K[::-1, ::-1], s, p), "Your answer is the right one for `K` turned by 180°."),
        (lambda X, K, s, p: conv2d(X, K, s, p) / K.size, "Your answer is the right one, divided by `Fh`·`Fw`."),
        (lambda X, K, s, p: conv2d(X, K, s, p)[:-1], "Your answer is the right one, without its last row."),
        (
            lambda X, K, s, p: conv2d(np.pad(X.astype(float), p, mode="edge"), K, s),
            "Your answer is the right one for `X` padded with copies of its border.",
        ),
    ],
    ids=["transposed", "stride", "flipped", "averaged", "cropped", "edge"],
)
def test_what_the_answer_is_instead(change, text):
    found = of_conv2d(change)
    assert sentence(found) == text
    assert found.cases >= 30


def test_a_bias_of_zeros_and_another_function_are_recognised():
    forgotten = relation(
        *("conv", 1, "conv2d_multichannel"),
        lambda X, K, b, stride=1, padding=0: conv2d_multichannel(X, K, 0 * b, stride, padding),
    )
    assert sentence(forgotten) == "Your answer is the right one for zeros in place of `b`."
    averaged = relation("pooling", 0, "max_pool2d", avg_pool2d)
    assert sentence(averaged) == "Your answer is the right one for `avg_pool2d`."


@pytest.mark.parametrize("change", [lambda X: X, lambda X: np.array(X, dtype=float)], ids=["itself", "a copy"])
def test_an_argument_that_is_passed_on(change):
    found = relation("pooling", 2, "global_avg_pool", change)
    assert sentence(found) == "Your answer is `X`, as it was passed."


@pytest.mark.parametrize(
    "change",
    [lambda X: X if len(X) < 4 else X + 1, lambda X: X.astype(float) + 0.01, lambda X: X[::-1]],
    ids=["a few", "nearly", "reversed"],
)
def test_nothing_is_passed_on_that_is_another_one_somewhere(change):
    found = relation("pooling", 2, "global_avg_pool", change)
    assert found is None or found.what is not Likeness.PASSED_ON


def test_a_number_that_is_passed_on():
    found = relation("padding", 0, "output_size", lambda W, F, P=0, S=1: F)
    assert sentence(found) == "Your answer is `F`, as it was passed."


def test_an_answer_that_another_call_overwrites_is_like_nothing():
    kept = {}

    def same_array(X, K, stride=1, padding=0):
        Y = conv2d(X, K, stride, padding)
        answer = kept.setdefault(Y.shape, np.empty(Y.shape))
        answer[...] = Y
        return answer

    wrong = ModuleType("wrong")
    wrong.conv2d = same_array
    found, asked = search("conv", 0, wrong)
    assert asked.log.first_failure is not None
    assert found.guesses(asked.log, lambda: Interpreter({})) == []
    assert found.again == []


def test_a_list_without_rows_has_no_columns():
    """The last row and column left out, by lists: nothing is left of one row."""
    found = of_conv2d(lambda X, K, s, p: conv2d(X, K, s, p)[:-1, :-1].tolist())
    assert sentence(found) == "Your answer is the right one, without its last row and column."


def test_a_mistake_that_few_cases_show_is_recognised():
    """A wrong default: few cases of 120 leave it out."""
    found = relation("pooling", 1, "avg_pool2d", lambda X, pool_size=1, stride=2: avg_pool2d(X, pool_size, stride))
    assert sentence(found) == "Where it is wrong, your answer is the right one for `pool_size` 1."


def rarely_negated(X, K, stride=1, padding=0):
    Y = conv2d(X, K, stride, padding)
    return -Y if stride == 3 and padding == 2 else Y


@pytest.mark.parametrize("rare", [True, False])
def test_few_wrong_cases_are_asked_again_before_others(rare):
    """The budget is enough for a hundred cases: of as many fresh ones too few are wrong."""
    wrong = ModuleType("wrong")
    wrong.conv2d = rarely_negated
    found, asked = search("conv", 0, wrong)
    log = Log([e for case in by_case(asked.log.entries)[::3] for e in case.entries])
    subjects: list[Subject] = []

    def started() -> Subject:
        subjects.append(found.started())
        return subjects[-1]

    limited = Search(found.space, started, found.draw, Budget(100, lambda: sum(len(s.log.entries) for s in subjects)))
    ours = scopes(load_exercise("conv"), load_exercise("conv").reference_file)
    reference = lambda: Interpreter(ours)  # noqa: E731
    limited.guesses(log, reference)
    assert limited.rare
    limited.rare = rare
    said = limited.relation(log, reference)
    assert (said is not None and said.what is Likeness.NEGATED) == rare


def right_for_one_row(X, K, stride, padding):
    """Raises where there are several rows of windows; else transposed."""
    Y = conv2d(X, K, stride, padding)
    if len(Y) > 2:
        raise ValueError("too many rows")
    return Y.T


def test_what_is_returned_is_told_apart_from_what_raises():
    found = of_conv2d(right_for_one_row)
    assert sentence(found) == "Where it is wrong and raises nothing, your answer is the right one, transposed."


def test_one_value_of_several_is_looked_at_alone():
    def wrong(logits, labels):
        loss, gradient = softmax_cross_entropy(logits, labels)
        return 1 / loss if len(labels) > 1 else loss + 3, -gradient

    found = relation("loss", 0, "softmax_cross_entropy", wrong)
    text = "Where it is wrong, the second value of your answer is the right one, with the sign changed."
    assert sentence(found) == text


def test_what_is_rarely_wrong_is_asked_again_with_other_inputs():
    """Only some of the images of one type are large enough to wrap round."""
    found = of_conv2d(lambda X, K, s, p: -conv2d(X, K, s, p) if X.dtype == np.uint32 else conv2d(X, K, s, p))
    assert sentence(found) == "Where it is wrong, your answer is the right one, with the sign changed."
    assert found.cases >= 30


def test_nothing_is_said_where_one_kind_of_case_disagrees():
    def mostly(X, K, stride, padding):
        return conv2d(X, K, stride, padding).T if X.shape[0] != 5 else conv2d(X, K, stride, padding) + 1

    assert of_conv2d(mostly) is None


def test_nothing_is_said_of_what_raises_or_changes_its_arguments():
    def overwriting(X, K, stride, padding):
        if X.flags.writeable:
            X[0] = 0
        return -conv2d(X, K, stride, padding)

    assert of_conv2d(overwriting) is None
    assert of_conv2d(lambda X, K, s, p: conv2d(X, K, s, p)[:, :, 0]) is None


ROWS = np.arange(80.0).reshape(40, 2)


def negative_of(value: np.ndarray) -> AskedCase:
    """A case of a function whose answer should be this, and has the other sign."""
    entry = Entry(None, "f", Array(value), case={"H": 1})
    entry.answered, entry.actual = True, Array(-value)
    return by_case([entry])[0]


@pytest.mark.parametrize(
    ("values", "said"),
    [(np.full((40, 1, 1), 2.0), False), (np.full(40, 2.0), False), (np.arange(1.0, 41), True), (ROWS, True)],
    ids=["1×1", "one number", "numbers", "rows"],
)
def test_answers_of_one_number_that_is_always_the_same_are_no_evidence(values, said):
    cases = [negative_of(np.asarray(value)) for value in values]
    negated = [Guess(Changed(change)) for change in changes(cases[-1]) if change.what is Likeness.NEGATED]
    assert (confirmed(negated, cases) is not None) == said


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda X, K, b: conv2d_multichannel(X, K, b * X.shape[0]), "for `b` multiplied by `C_in`"),
        (lambda X, K, b: conv2d_multichannel(X, K / X.shape[0], b), "divided by `C_in`"),
        (lambda X, K, b: conv2d_multichannel(X, 0 * K + K[:1], b), "for `K` with its first entry everywhere along the"),
    ],
    ids=["bias for each channel", "channels averaged", "one kernel"],
)
def test_arguments_that_are_scaled_or_the_same_along_an_axis(change, text):
    def wrong(X, K, b, stride=1, padding=0):
        X, K, b = (np.asarray(a, dtype=float) for a in (X, K, b))
        return change(np.pad(X, ((0, 0), (padding, padding), (padding, padding))), K, b)[:, ::stride, ::stride]

    assert text in sentence(relation("conv", 1, "conv2d_multichannel", wrong))


ENOUGH = Budget(3600, time.process_time)


SOME = {"backprop": 4, "conv": 2, "batchnorm": 2, "equivariance": 6, "padding": 4}  # one in so many files: dear ones


@pytest.mark.sampled(ci=11)
@pytest.mark.slow
@pytest.mark.parametrize("slug", [e.slug for e in all_exercises() if e.framework == "numpy"])
def test_no_relation_of_a_known_mistake_is_violated_on_fresh_inputs(slug):
    exercise = load_exercise(slug)
    said = 0
    for path in exercise.wrong_files[:: SOME.get(slug, 1)]:
        for number in range(len(spaces(exercise))):
            found, asked = search(slug, number, scopes(exercise, path)["submission"])
            reference = lambda: Interpreter(scopes(exercise, exercise.reference_file))  # noqa: E731
            if (what := found.relation(asked.log, reference)) is None:
                continue
            said += 1
            asked_first = [case for case in by_case(asked.log.entries) if case.wrong]
            known = candidates(asked_first, reference, found.space.factors, bool)
            meant = next(guess for guess in known if same(guess.said(asked_first), what))
            others = Search(found.space, found.started, Draw(77, "others"), ENOUGH)
            entries = others.fresh(200)
            with quiet():
                for case in meant.about([case for case in by_case(entries) if case.wrong]):
                    assert meant.candidate.answers(case) is not None, f"{path.stem}: {sentence(what)}"
    assert said
