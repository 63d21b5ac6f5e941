"""Where an answer is wrong, and which of several answers is: said where it is so, and not where one more is wrong."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from grader.checks.log import Entry
from grader.explain.asked import AskedCase, by_case
from grader.explain.relations import candidates, confirmed
from grader.model.explanation import SAYS_LITTLE, AnswerRelation, Extent, Likeness
from grader.report.relations import sentence
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.wire import Array
from solutions.conv import conv2d, conv2d_multichannel
from solutions.loss import softmax_cross_entropy
from solutions.receptive_field import receptive_field
from solutions.shapes import compute_output_shape
from tests.explain.test_relations import of_conv2d, relation


def growing(Y):
    """1, 2, 5, 10 … with both signs."""
    places = np.arange(Y.size).reshape(Y.shape)
    return (1 + places**2) * (-1) ** places


def wrong_in(index):
    """conv2d, wrong in these places only."""

    def change(X, K, stride, padding):
        Y = conv2d(X, K, stride, padding)
        Y[index] += growing(Y[index])
        return Y

    return change


def right_in(index):
    """conv2d, right in these places only."""

    def change(X, K, stride, padding):
        Y = conv2d(X, K, stride, padding)
        wrong = Y + growing(Y)
        wrong[index] = Y[index]
        return wrong

    return change


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (wrong_in(-1), "Your answer is wrong only in its last row; the rest is right."),
        (wrong_in((..., 0)), "Your answer is wrong only in its first column; the rest is right."),
        (wrong_in((-1, -1)), "Your answer is wrong only in its last value; the rest is right."),
        (right_in(0), "Your answer is always right in its first row; what is wrong lies elsewhere."),
    ],
    ids=["last row", "first column", "last value", "all but the first row"],
)
def test_where_the_wrong_values_are(change, text):
    assert sentence(of_conv2d(change)) == text


def test_of_which_sign_they_should_be():
    def signed(X, K, stride, padding):
        Y = conv2d(X, K, stride, padding)
        return np.where(Y < 0, np.square(Y) + 0.3, Y)

    assert sentence(of_conv2d(signed)) == "Your answer is wrong only where the right one is negative."


def test_an_entry_along_a_leading_axis():
    def last_filter(X, K, b, stride=1, padding=0):
        Y = conv2d_multichannel(X, K, b, stride, padding)
        Y[-1] = Y[-1] ** 2 + 1
        return Y

    text = "Your answer is wrong only in its last entry along the first axis, `[-1]`; the rest is right."
    assert sentence(relation("conv", 1, "conv2d_multichannel", last_filter)) == text


def test_nothing_is_said_where_one_entry_elsewhere_is_wrong_too():
    def change(X, K, stride, padding):
        Y = wrong_in(-1)(X, K, stride, padding)
        if len(X) == 6:
            Y[0] += 1 + np.arange(Y.shape[1])
        if len(X) == 5:
            Y[:, Y.shape[1] // 2] += 3 + np.arange(len(Y))
        return Y

    assert of_conv2d(change) is None


def case_of(expected, actual, **factors: int) -> AskedCase:
    """A case of a function that is right but for what differs."""
    entry = Entry(None, "f", expected, case={"H": 1, **factors})
    entry.answered, entry.actual = True, actual
    return by_case([entry])[0]


def said_of(cases: list[AskedCase], kit: object = None, **factors) -> AnswerRelation | None:
    scopes = {"submission": ModuleType("submission"), "kit": kit}
    return confirmed(candidates(cases, lambda: Interpreter(scopes), factors, bool), cases)


def last_row_wrong(values: np.ndarray) -> AskedCase:
    actual = values.copy()
    actual[-1] = actual[-1] * np.arange(2, 5) + 7
    return case_of(Array(values), Array(actual))


def test_a_rest_that_is_the_same_everywhere_is_no_evidence():
    drawn = np.random.default_rng(0).normal(size=(40, 4, 3))
    assert said_of([last_row_wrong(values) for values in drawn]).value == "last row"
    for values in drawn:
        values[:-1] = 2
    assert said_of([last_row_wrong(values) for values in drawn]) is None


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda Y: Y[:0], "Your answer is empty."),
        (lambda Y: Y.max() + 0.5, "Your answer is a single number, where an array is due."),
        (lambda Y: Y[None] + 1, "Your answer has an axis too many."),
        (lambda Y: Y[0] + 1, "Your answer has an axis too few."),
        (
            lambda Y: np.full((len(Y) + 1, *Y.shape[1:]), 0.5),
            "Your answer has the wrong number of rows; its size along every other axis is right.",
        ),
        (lambda Y: np.full_like(Y, 0.5), "Your answer is 0.5 wherever it is wrong."),
    ],
    ids=["empty", "a number", "an axis more", "an axis less", "rows", "one number"],
)
def test_of_what_shape_it_is_instead(change, text):
    assert sentence(of_conv2d(lambda X, K, s, p: change(conv2d(X, K, s, p)))) == text


def off(change):
    """conv2d, wrong in every second value: what `change` makes of the right ones."""

    def wrong(X, K, stride, padding):
        Y = conv2d(X, K, stride, padding)
        Y.ravel()[::2] = change(Y.ravel()[::2])
        return Y

    return wrong


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda y: y + 1 + np.sin(y) ** 2, "Your answer is too large wherever it is wrong."),
        (lambda y: y - 1 - np.sin(y) ** 2, "Your answer is too small wherever it is wrong."),
        (lambda y: y * (2 + np.sin(y)), "Your answer has the right sign wherever it is wrong, but is too far from 0."),
        (lambda y: y / (2 + np.sin(y)), "Your answer has the right sign wherever it is wrong, but is too close to 0."),
    ],
    ids=["large", "small", "far", "near"],
)
def test_on_which_side_of_the_right_one_it_is(change, text):
    assert sentence(of_conv2d(off(change))) == text


def on_the_other_side(X, K, stride, padding):
    """Too large, but for one value of images of one height."""
    Y = off(lambda y: y + 1 + np.sin(y) ** 2)(X, K, stride, padding)
    Y[0, 0] -= 9 * (len(X) == 5)
    return Y


def turned_about(X, K, stride, padding):
    """Too far from zero, but with the other sign in images of one height."""
    Y = off(lambda y: y * (2 + np.sin(y)))(X, K, stride, padding)
    return -Y if len(X) == 5 else Y


@pytest.mark.parametrize("change", [on_the_other_side, turned_about, off(lambda y: y + 3 * np.sin(y))])
def test_no_side_is_said_where_one_value_is_on_the_other(change):
    assert of_conv2d(change) is None


def test_a_side_is_said_of_many_cases_only():
    """Wrong on the other side in one case of a hundred, it may be on one side in 120."""
    values = np.random.default_rng(0).normal(size=(210, 2, 3))
    cases = [case_of(Array(Y), Array(Y + 1 + np.sin(Y) ** 2)) for Y in values]
    assert said_of(cases).what is Likeness.TOO_LARGE
    assert said_of(cases[:190]) is None


def test_an_answer_that_is_a_factor_of_the_case():
    def wrong(logits, labels):
        return float(len(labels)), softmax_cross_entropy(logits, labels)[1]

    found = relation("loss", 0, "softmax_cross_entropy", wrong)
    assert sentence(found) == "The first value of your answer is `N` wherever it is wrong."


def test_one_and_the_same_answer():
    found = relation("receptive_field", 0, "receptive_field", lambda layers: (9, 7))
    assert sentence(found) == "Your answer is (9, 7) wherever it is wrong."


def test_an_answer_that_is_always_the_same_is_short():
    third = AnswerRelation(Likeness.ALWAYS, value=(1 / 3, [2]))
    assert sentence(third) == "Your answer is (0.333333, [2]) wherever it is wrong."


def test_the_first_layer_that_is_wrong():
    def wrong(input_shape, layers_config):
        shapes = compute_output_shape(input_shape, layers_config)
        types = [layer["type"] for layer in layers_config]
        first = types.index("conv") if "conv" in types else len(types)
        return [tuple(n + (i >= first) * (i + 3) ** 2 for n in sizes) for i, sizes in enumerate(shapes)]

    found = relation("shapes", 0, "compute_output_shape", wrong)
    assert sentence(found) == "The first wrong entry of your answer is always that of a layer of type `conv`."


def test_layers_with_two_of_their_numbers_exchanged():
    names = {"stride": "dilation", "dilation": "stride"}

    def wrong(layers):
        return receptive_field([{names.get(k, k): v for k, v in layer.items()} for layer in layers])

    text = "Your answer is the right one for `layers` with each `stride` and `dilation` exchanged."
    assert sentence(relation("receptive_field", 0, "receptive_field", wrong)) == text


def test_an_argument_of_which_only_a_line_counts():
    def last_term(X, K, stride, padding):
        only = np.zeros_like(K)
        only[-1, -1] = K[-1, -1]
        return conv2d(X, only, stride, padding)

    text = "Your answer is the right one for `K` with zeros everywhere but in its bottom right corner."
    assert sentence(of_conv2d(last_term)) == text


def test_what_says_little_comes_last():
    """The last row is scaled: of a whole answer it is said what it is, and not where it is wrong."""
    found = of_conv2d(lambda X, K, s, p: 2 * conv2d(X, K, s, p))
    assert found.what is Likeness.SCALED
    assert found.what not in SAYS_LITTLE


@pytest.mark.parametrize(
    ("argument", "index", "name"),
    [("X", 0, "first row"), ("X", (..., 0), "first column"), ("K", -1, "last row"), ("K", (..., -1), "last column")],
)
def test_a_line_of_an_argument_that_is_left_out(argument, index, name):
    def change(X, K, stride, padding):
        given = {"X": X.astype(float), "K": K.astype(float)}
        given[argument][index] = 0
        return conv2d(given["X"], given["K"], stride, padding)

    assert sentence(of_conv2d(change)) == f"Your answer is the right one for `{argument}` with zeros in its {name}."


def test_a_channel_too_few_even_where_none_is_left():
    """Nested lists, of which the last channel is missing: of one channel an empty list is left."""

    def short(X, K, b, stride=1, padding=0):
        return conv2d_multichannel(X, K, b, stride, padding)[:-1].tolist()

    found = relation("conv", 1, "conv2d_multichannel", short)
    assert sentence(found) == "Your answer begins with the right values and then has too few."


@pytest.mark.parametrize("what", [Likeness.ALWAYS, Likeness.TOO_LARGE])
def test_where_it_is_wrong_is_not_said_twice(what):
    said = sentence(AnswerRelation(what, ("receptive_field",), value=1, extent=Extent.RETURNED))
    assert said.startswith("Where it is wrong and raises nothing, your answer is ")
    assert "wherever" not in said
