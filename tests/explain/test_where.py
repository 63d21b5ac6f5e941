"""Where an answer is wrong, and which of several answers is: said where it is so, and not where one more is wrong."""

from __future__ import annotations

import json
from types import ModuleType

import numpy as np
import pytest

from grader.author.honesty import same
from grader.checks.log import Entry
from grader.explain.asked import AskedCase, WrongPart, by_case
from grader.explain.relations import about, candidates, confirmed
from grader.gradebook.findings import from_rows, to_rows
from grader.model.explanation import SAYS_LITTLE, AnswerRelation, Explanation, Likeness, Piece
from grader.report.relations import sentence
from grader.sandbox.inside import wire
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Array, Name
from solutions.conv import conv2d, conv2d_multichannel
from solutions.loss import softmax_cross_entropy
from solutions.receptive_field import receptive_field
from solutions.shapes import compute_output_shape
from tests.explain.test_relations import of_conv2d, relation


def wrong_in(index):
    """conv2d, wrong in these places only."""

    def change(X, K, stride, padding):
        Y = conv2d(X, K, stride, padding)
        Y[index] += 1 + np.arange(Y[index].size).reshape(Y[index].shape) ** 2
        return Y

    return change


def right_in(index):
    """conv2d, right in these places only."""

    def change(X, K, stride, padding):
        Y = conv2d(X, K, stride, padding)
        wrong = Y + 1 + np.arange(Y.size).reshape(Y.shape) ** 2
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

    text = "Your answer is wrong only in its last entry along the first axis; the rest is right."
    assert sentence(relation("conv", 1, "conv2d_multichannel", last_filter)) == text


def test_nothing_is_said_where_one_entry_elsewhere_is_wrong_too():
    def change(X, K, stride, padding):
        Y = wrong_in(-1)(X, K, stride, padding)
        if X.shape == (6, 6):
            Y[0] += 1 + np.arange(Y.shape[1])
        if X.shape == (5, 6):
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


def test_which_of_several_values_is_wrong():
    def wrong(layers):
        size, jump = receptive_field(layers)
        return size + len(layers) ** 2 + jump % 3, jump

    found = relation("receptive_field", 0, "receptive_field", wrong)
    first, second = (f"the {ordinal} value of `receptive_field`" for ordinal in ("first", "second"))
    assert sentence(found) == f"Only {first} is wrong: {second} is right in every case."

    def both(layers):
        size, jump = wrong(layers)
        return (size, jump) if len(layers) < 3 else (size, jump + size % 4)

    assert relation("receptive_field", 0, "receptive_field", both) is None


def test_methods_are_called_by_their_own_names():
    sides = (Piece("Layer.backward"),), (Piece("Layer.forward"), Piece("Layer.dW"))
    text = "Only `backward` is wrong: `forward` and `dW` are right in every case."
    assert sentence(AnswerRelation(Likeness.APART, value=sides)) == text
    named = AnswerRelation(Likeness.APART, value=((Piece("f", 1, "jump"),), (Piece("f", 0, "size"),)))
    assert sentence(named) == "Only `jump` is wrong: `size` is right in every case."
    assert from_rows(json.loads(json.dumps(to_rows((Explanation(relation=named),)))))[0].relation == named


# ---------------------------------------------------------------- what a helper puts together in a dict

SEEN = Call(Name("kit", "seen"), [], {})
KIT = ModuleType("kit")
KIT.seen = dict
RIGHT = "“shift” and “sign” are right in every case."


def seen(changed) -> list[AskedCase]:
    """Cases of a helper that looks at several things; `changed` gives other ones for the map, and the number."""
    found = []
    for number, values in enumerate(np.random.default_rng(0).normal(size=(40, 4, 3))):
        expected = {"map": Array(values), "shift": Array(values[0] + 1), "sign": float(np.sign(values[0, 0]))}
        entry = Entry(SEEN, "seen", expected, case={"H": 4, "channels": number % 3 + 1})
        entry.answered, entry.actual = True, expected | changed(values, number)
        found.append(entry)
    return by_case(found)


def test_a_part_of_what_a_helper_sees_is_changed():
    cases = seen(lambda values, number: {"map": Array(-values)})
    found = said_of(cases, KIT)
    assert sentence(found) == "Where it is wrong, “map” is the right one, with the sign changed."
    assert from_rows(json.loads(json.dumps(to_rows((Explanation(relation=found),)))))[0].relation == found
    assert about(cases, WrongPart(found.subjects[0], found.part))


def test_nothing_is_said_of_a_part_that_is_something_else_once():
    assert said_of(seen(lambda values, number: {"map": Array(-values if number else values**3 + 2)}), KIT).part is None


def test_only_one_of_the_things_that_a_helper_sees_is_wrong():
    found = said_of(seen(lambda values, number: {"map": Array(values**3 + number)}), KIT)
    assert sentence(found) == f"Only “map” is wrong: {RIGHT}"
    both = seen(lambda values, number: {"map": Array(values**3 + number), "sign": float(number == 39)})
    assert sentence(said_of(both, KIT)) == "Only “map” and “sign” are wrong: “shift” is right in every case."


def test_the_same_of_each_of_several_things():
    found = []
    for number in range(40):
        expected = {f"layer{i}": {"survive": number + i, "larger": False} for i in range(number % 2 + 1)}
        entry = Entry(SEEN, "seen", expected, case={"H": 4})
        other = expected | {"layer0": {"survive": number, "larger": True}}
        entry.answered, entry.actual = True, other
        found.append(entry)
    assert sentence(said_of(by_case(found), KIT)) == "Only “larger” is wrong: “survive” is right in every case."


def test_many_things_that_are_right_are_not_listed():
    parts = [Piece("seen", name) for name in ("map", "modes", "hooks", "image", "gradients", "trainable")]
    text = "Only “map” is wrong: the rest is right in every case."
    assert sentence(AnswerRelation(Likeness.APART, value=((parts[0],), tuple(parts[1:])))) == text


def test_a_helper_s_own_parameters_are_not_spoken_of():
    """Those that are factors of the case are."""
    kit = ModuleType("kit")
    kit.seen = lambda scale, H: {"map": scale * (np.arange(H) + scale), "rest": scale + np.arange(H)}

    def said(other):
        found = []
        for number in range(40):
            op = Call(Name("kit", "seen"), [float(number % 5 + 2), number % 3 + 3], {})
            expected, actual = (wire.snapshot(kit.seen(*args)) for args in (op.args, other(*op.args)))
            entry = Entry(op, "seen", expected, case={"H": op.args[1]})
            entry.answered, entry.actual = True, actual | {"rest": expected["rest"]}
            found.append(entry)
        return sentence(said_of(by_case(found), kit, H=[3, 4, 5]))

    assert said(lambda scale, H: (1.0, H)) == "Only “map” is wrong: “rest” is right in every case."
    assert said(lambda scale, H: (scale, 2)) == "Where it is wrong, “map” is the right one for `H` 2."


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

    text = "Your answer is the right one for `K` with zeros everywhere but in its last row and column."
    assert sentence(of_conv2d(last_term)) == text


def test_what_says_little_comes_last():
    """The last row is scaled: of a whole answer it is said what it is, and not where it is wrong."""
    found = of_conv2d(lambda X, K, s, p: 2 * conv2d(X, K, s, p))
    assert found.what is Likeness.SCALED
    assert found.what not in SAYS_LITTLE


def test_what_is_said_holds_where_fewer_are_wrong():
    """Of fresh cases, fewer values or types may be wrong."""
    types = [AnswerRelation(Likeness.FIRST_AT, value=value) for value in (("conv",), ("conv", "maxpool"))]
    assert same(*types)
    assert not same(*types[::-1])
    one, other = Piece("f", 0), Piece("f", 1, "jump")
    apart = [AnswerRelation(Likeness.APART, value=value) for value in (((one,), (other,)), ((one, other), ()))]
    assert same(*apart)
    assert not same(*apart[::-1])
