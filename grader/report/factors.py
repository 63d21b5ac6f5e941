"""When it is wrong, in words: what the factors of a case space are called where a student reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..model.explanation import FactorRule, Literal, Relation
from . import message

CALLS = {
    "positional": "the arguments are given by position",
    "keywords": "the arguments are given by name",
    "again": "it is called a second time with the same arguments",
    "defaults": "arguments are left to their defaults",
    "arguments afterwards": "what it leaves of its arguments is looked at",
    "answer afterwards": "its answer is looked at after another call",
    "without gradients": "no gradients are recorded, as under torch.no_grad()",
}
PASSED = {  # what several ways to call have in common, and no others
    frozenset({"positional", "again", "answer afterwards"}): "positional",
    frozenset({"keywords", "arguments afterwards"}): "keywords",
}
OPTIONS = {
    "positional": "the constructor's arguments are given by position",
    "keywords": "the constructor's arguments are given by name",
    "defaults": "the constructor's arguments are left to their defaults",
}
LAYOUTS = {
    "C": "the input is laid out row by row in memory, as usual",
    "F": "the input is laid out column by column in memory",
    "reversed": "the input is a view that runs backwards, as `X[::-1]`",
    "sliced": "the input is a slice of a larger array",
    "broadcast": "the input is a broadcast view, of which several entries share their memory",
    "channels_last": "the input is in the memory format channels_last",
}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "call": CALLS,
    "options": OPTIONS,
    "layout": LAYOUTS,
    "integers": {"int": "sizes are plain `int`s", "np.int64": "sizes are NumPy integers (`np.int64`)"},
    "magnitude": {
        "small": "the numbers are small",
        "large": "the numbers are large and positive",
        "tiny": "the numbers are tiny",
        "lowest": "the numbers are among the lowest of their type",
    },
    "passes": {
        "forward": "only forward was called",
        "backward": "forward and backward were called once",
        "twice": "forward and backward were called twice",
        "backward again": "backward was called twice in a row",
        "again": "the layer was used for another image before",
        "another layer meanwhile": "another layer was used between forward and backward",
    },
    "meanwhile": {"nothing": "no other layer is used", "another layer": "another layer is used meanwhile"},
    "stride_divides": {
        "dy and dx": "`stride` divides both `dy` and `dx`",
        "only dx": "`stride` divides only `dx`",
        "only dy": "`stride` divides only `dy`",
        "neither": "`stride` divides neither `dy` nor `dx`",
        "neither, by two": "`stride` divides neither `dy` nor `dx`",
    },
    "default": {True: "`stride` is left to its default", False: "`stride` is given"},
    "defaults": {"given": "every entry is given", "left out": "entries that equal their default are left out"},
    "alive": {
        "all": "no weight was pruned before",
        "most": "few weights were pruned before",
        "few": "most weights were pruned before",
        "none": "all weights were pruned before",
    },
    "zero_weights": {
        "none": "no weights are zero",
        "norm and layer scale": "the scales of the norm and the layer scale are 0",
        "linear layers": "the weights of the linear layers are 0",
        "depthwise kernels": "the depthwise kernels are 0",
    },
    "frozen": {
        "nothing": "nothing is frozen",
        "all": "everything is frozen",
        "backbone": "the backbone alone is frozen",
    },
}

NOT = {  # where a word more does not say that it is otherwise
    ("passes", "forward"): "backward was called, too",
    ("alive", "all"): "weights were pruned before",
    ("alive", "none"): "some weights were not pruned before",
    ("zero_weights", "none"): "some weights are 0",
    ("frozen", "nothing"): "something is frozen",
    ("frozen", "all"): "not everything is frozen",
    ("stride_divides", "dy and dx"): "`stride` does not divide both `dy` and `dx`",
}
VERB = re.compile(r" (is|are|was|were) ")
MOST_IN_WORDS = 2  # values that are whole phrases, in one sentence
MOST_LISTED = 4  # other values


def rule_said(found: FactorRule) -> str:
    """A rule as a sentence."""
    where = " and ".join(map(_literal, found.literals))
    wrong, cases = found.share or (0, 0)
    if found.right and wrong == cases:
        return f"Right exactly where {where}, and wrong in all other cases."
    if found.right:
        return f"Right wherever {where}, and wrong in {wrong} of {cases} other cases."
    if wrong == cases:
        return f"Wrong exactly where {where}."
    return f"Wrong only where {where}: in {wrong} of {cases} such cases."


def _literal(found: Literal) -> str:
    name, value = f"`{found.factor}`", found.value
    known = WORDS.get(found.factor, {})
    if found.relation is Relation.IS and value in known:
        return known[value]
    if found.relation is Relation.IS_NOT and (said := _not(found.factor, value)):
        return said
    if found.relation is Relation.ONE_OF:
        return _one_of(found, known)
    if found.relation is Relation.NONE_OF:
        return f"{name} is none of {message.listed(_texts(value))}"
    (text,) = _texts((value,))
    match found.relation:
        case Relation.IS:
            return f"{name} is {text}"
        case Relation.IS_NOT:
            return f"{name} is not {text}"
        case Relation.ABOVE:
            return f"{name} is greater than {text}"
        case Relation.BELOW:
            return f"{name} is less than {text}"
        case Relation.EVEN | Relation.ODD:
            return f"{name} is {found.relation}"
        case Relation.LIKE:
            return f"{name} and `{text}` are equal"
        case Relation.UNLIKE:
            return f"{name} and `{text}` are not equal"
    raise ValueError(f"no such relation: {found.relation}")


def _not(factor: str, value: Any) -> str:
    """That a factor has another value, where that has words and they can be turned round."""
    said = WORDS.get(factor, {}).get(value, "")
    return NOT.get((factor, value)) or (VERB.sub(r" \1 not ", said, count=1) if VERB.search(said) else "")


def readable(factor: str, values: Sequence[Any]) -> bool:
    """Whether a sentence can name all of these values."""
    if factor == "call" and frozenset(values) in PASSED:
        return True
    phrases = factor in WORDS or any(isinstance(value, str) and value.count(" ") > 1 for value in values)
    return len(values) <= (MOST_IN_WORDS if phrases else MOST_LISTED)


def _one_of(found: Literal, known: Mapping[Any, str]) -> str:
    """One of several values; those that have words are whole phrases."""
    if found.factor == "call" and (way := PASSED.get(frozenset(found.value))):
        return CALLS[way]
    if all(value in known for value in found.value):
        return " or ".join(dict.fromkeys(known[value] for value in found.value))
    texts = _texts(found.value)
    return f"`{found.factor}` is {', '.join(texts[:-1])} or {texts[-1]}"


def _texts(values: Sequence[Any]) -> list[str]:
    """Values of one factor. Words stand for themselves; beside other values, and where blanks count, in quotes."""
    words = all(isinstance(value, str) and value and value == value.strip() for value in values)
    return [value if words else repr(value) for value in values]
