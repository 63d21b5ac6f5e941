"""Which of several answers is wrong, or which value of one: said where the others are right in every case."""

from __future__ import annotations

import json
from types import ModuleType

import numpy as np
import torch

from grader.checks.diagnose import scopes
from grader.checks.log import Entry
from grader.exercise import load_exercise
from grader.explain.asked import AskedCase, WrongPart, by_case, helps
from grader.explain.inputs import substitutions
from grader.explain.places import Places, placed
from grader.explain.relations import about
from grader.gradebook.findings import from_rows, to_rows
from grader.model.explanation import AnswerRelation, Explanation, Likeness, Piece
from grader.report.relations import sentence
from grader.sandbox.inside import wire
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Array, Name
from solutions.backprop import MaxPool2D
from solutions.convnext import ConvNeXtBlock
from solutions.mc_dropout import mc_dropout_predict
from solutions.receptive_field import receptive_field
from solutions.training import update_params
from tests.explain.test_relations import relation, search
from tests.explain.test_where import said_of


def test_which_of_several_values_is_wrong():
    def wrong(layers):
        size, jump = receptive_field(layers)
        return size + (-1) ** size * (len(layers) ** 2 + jump % 3), jump

    found = relation("receptive_field", 0, "receptive_field", wrong)
    first, second = (f"the {ordinal} value of `receptive_field`" for ordinal in ("first", "second"))
    assert sentence(found) == f"Only {first} is wrong: {second} is right in every case."

    def both(layers):
        size, jump = wrong(layers)
        return (size, jump) if len(layers) < 3 else (size, jump + (-1) ** size * (size % 4))

    assert relation("receptive_field", 0, "receptive_field", both) is None


class WrongBackwards(MaxPool2D):
    """Its gradient is wrong in another way at each place."""

    def backward(self, dout):
        dX = super().backward(dout)
        return dX + np.cos(np.arange(dX.size)).reshape(dX.shape)


class WrongForwards(WrongBackwards):
    """What it answers is wrong, too, for one width."""

    def forward(self, X):
        Y = super().forward(X)
        return Y + (Y.shape[-1] == 2)


def test_which_of_the_answers_is_wrong_that_a_helper_asked_for():
    said = relation("backprop", 1, "MaxPool2D", WrongBackwards)
    assert sentence(said).startswith("Only “backward”, ")
    assert sentence(said).endswith(" are wrong: “forward” is right in every case.")
    assert relation("backprop", 1, "MaxPool2D", WrongForwards).what is not Likeness.APART


def test_what_few_cases_tell_of_one_part_does_not_hide_what_all_of_them_tell():
    """The sum of the runs for their mean: in three cases a part is 0, and in all of them other parts are right."""

    def summed(model, x, runs=10):
        mean, std = mc_dropout_predict(model, x, runs)
        return mean * runs, std

    said = sentence(relation("mc_dropout", 0, "mc_dropout_predict", summed))
    assert said.endswith("“what the probabilities of an image add up to” is the right one, multiplied by `runs`.")

    def spread(model, x, runs=10):
        mean, std = mc_dropout_predict(model, x, runs)
        return mean, std + torch.linspace(1, 2, std.numel()).reshape(std.shape)

    said = sentence(relation("mc_dropout", 0, "mc_dropout_predict", spread))
    assert said.startswith("Only “the standard deviation is that of this mean”")


def test_what_is_right_of_several_properties_is_said_where_fresh_cases_agree():
    """Each class takes the rows of those before it, too: too many in each part, and now and then one twice."""

    def split_indices(labels, seed=0):
        labels, rng = np.asarray(labels), np.random.default_rng(seed)
        order, parts = rng.permutation(len(labels)), np.zeros(len(labels), int)
        for label in np.unique(labels):
            mine = order[labels[order] <= label]
            first, second = (round(share * len(mine)) for share in (0.7, 0.85))
            parts[mine[first:second]], parts[mine[second:]] = 1, 2
        return [np.where(parts == k)[0] for k in range(3)]

    said = sentence(relation("transfer", 2, "split_indices", split_indices))
    assert said.startswith("Only “within one of 70, 15 and 15 %” is wrong: “parts”, “each index once”")


def test_of_a_helper_only_arguments_are_said_that_students_know():
    found, asked = search("mc_dropout", 0, ModuleType("nothing"))
    reference = scopes(load_exercise("mc_dropout"), load_exercise("mc_dropout").reference_file)
    case = by_case(asked.log.entries)[0]
    places = Places(Interpreter(reference))
    places.learn(case, Interpreter(reference))
    names = {s.argument for s in substitutions(case, places, found.space.factors)}
    assert {"p", "runs", "x"} <= names  # factors, and a parameter of the function that is asked for
    assert not names & {"weights", "predict"}


def test_what_prepares_an_object_is_asked_nothing_else():
    """To draw a network's weights for as many channels as its seed says would take all memory."""

    class OneMore(ConvNeXtBlock):
        def forward(self, x):
            return super().forward(x) + 1

    module = ModuleType("one_more")
    module.ConvNeXtBlock = OneMore
    found, asked = search("convnext", 0, module)
    reference = scopes(load_exercise("convnext"), load_exercise("convnext").reference_file)
    case = by_case(asked.log.entries)[0]
    places = Places(Interpreter(reference))
    places.learn(case, Interpreter(reference))
    given = [op for op, place in placed(case) if helps(op) and "seed" in places.bound(op, place)]
    assert given
    made = [s.made(case) for s in substitutions(case, places, found.space.factors)]
    changed = [ops for ops in made if ops is not None]
    assert changed
    assert all(any(op is fill for op in ops) for ops in changed for fill in given)


def test_methods_are_called_by_their_own_names():
    sides = (Piece("Layer.backward"),), (Piece("Layer.forward"), Piece("Layer.dW"))
    text = "Only `backward` is wrong: `forward` and `dW` are right in every case."
    assert sentence(AnswerRelation(Likeness.APART, value=sides)) == text
    named = AnswerRelation(Likeness.APART, value=((Piece("f", 1, "jump"),), (Piece("f", 0, "size"),)))
    assert sentence(named) == "Only `jump` is wrong: `size` is right in every case."
    assert from_rows(json.loads(json.dumps(to_rows((Explanation(relation=named),)))))[0].relation == named


def test_an_attribute_does_not_return_anything():
    sides = (Piece("Parameters.W"), Piece("Parameters.b")), (Piece("Parameters.X"),)
    text = "Only `W` and `b` are wrong: `X` is right in every case."
    assert sentence(AnswerRelation(Likeness.APART, value=sides)) == text
    sides = (Piece("train"),), (Piece("Dense.W"),)
    text = "Only `train` is wrong: `Dense.W` is right in every case."
    assert sentence(AnswerRelation(Likeness.APART, value=sides)) == text
    called = (Piece("Block"),), (Piece("Block.forward"),)
    assert sentence(AnswerRelation(Likeness.APART, value=called)).startswith("Only what `Block` returns is wrong")


def test_what_has_nothing_to_answer_is_not_said_to_be_right():
    """update_params changes the layers and returns None, also where it changes them in a wrong way."""

    def wrong(layers, lr=0.01):
        update_params(layers, lr)
        for layer in layers:
            for name in {"W", "gamma", "beta", "X", "mask"} & {*vars(layer)}:
                value = getattr(layer, name)
                setattr(layer, name, value + np.cos(np.arange(value.size)).reshape(value.shape) / 7)

    said = sentence(relation("training", 2, "update_params", wrong))
    assert said.startswith("Only ")
    assert said.endswith(" are wrong: `b` is right in every case.")


def test_a_value_far_down_is_called_by_its_number():
    sixth, first = Piece("f", 5), Piece("f", 0)
    text = "Only value 6 of `f` is wrong: the first value of `f` is right in every case."
    assert sentence(AnswerRelation(Likeness.APART, value=((sixth,), (first,)))) == text
    assert sentence(AnswerRelation(Likeness.EMPTY, part=5)) == "Value 6 of your answer is empty."


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


def test_of_a_module_it_is_what_it_returns_that_is_wrong():
    parts = [Piece("statistics", name) for name in ("of shape [3]", "of shape [4]")]
    text = "Only what `Block` returns is wrong: “of shape [3]” and “of shape [4]” are right in every case."
    assert sentence(AnswerRelation(Likeness.APART, value=((Piece("Block"),), tuple(parts)))) == text


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
