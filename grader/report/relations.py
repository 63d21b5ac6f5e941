"""What a wrong answer is, in words: the right one changed, or the right one to another call."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..model.explanation import WHEREVER, AnswerRelation, Extent, Likeness, Piece
from .message import listed

MOST_LISTED = 4  # things that are right, one by one
ORDINALS = ("first", "second", "third", "fourth", "fifth")

CHANGED = {  # the right answer
    Likeness.TRANSPOSED: "transposed",
    Likeness.TURNED: "turned by 180°",
    Likeness.ROWS_REVERSED: "with its rows in reverse order",
    Likeness.COLUMNS_REVERSED: "with its columns in reverse order",
    Likeness.REVERSED: "in reverse order along its first axis",
    Likeness.SWAPPED: "with its first two axes exchanged",
    Likeness.NEGATED: "with the sign changed",
    Likeness.ABSOLUTE: "without its sign",
    Likeness.POSITIVE: "with 0 for every negative value",
    Likeness.ROUNDED: "rounded to whole numbers",
    Likeness.FLOORED: "rounded down to whole numbers",
    Likeness.CUT: "cut to whole numbers",
    Likeness.COMPLEMENT: "subtracted from 1",
    Likeness.SQUARED: "squared",
    Likeness.INVERSE: "as 1 divided by it",
    Likeness.WRAPPED: "cut to the number type of the input, so that it wraps round",
    Likeness.CROPPED: "without its last {}",
    Likeness.CROPPED_START: "without its first {}",
    Likeness.BLANKED: "with zeros in its last {}",
    Likeness.ROLLED: "moved {}, cyclically",
    Likeness.MOVED: "moved {}, with zeros coming in",
    Likeness.FRAMED: "with a border of zeros around it",
    Likeness.SUMMED: "summed over its first axis",
    Likeness.AVERAGED: "averaged over its first axis",
    Likeness.CUMULATED: "added up from entry to entry",
    Likeness.RESHAPED: "in another shape",
    Likeness.EXCHANGED: "with its two values exchanged",
    Likeness.REORDERED: "with its values in another order",
}
SENTENCES = {  # that say it otherwise
    Likeness.ZERO: "{} is 0 throughout.",
    Likeness.ROOT: "{} is the square root of the right one.",
    Likeness.HOLES: "{} is {:g} wherever it is wrong.",
    Likeness.LONGER: "{} begins with the right values and then has too many.",
    Likeness.SHORTER: "{} begins with the right values and then has too few.",
    Likeness.NOT_FINITE: "{} is NaN or infinite wherever it is wrong.",
    Likeness.SIZE: "{} is {} wherever it is wrong.",
    Likeness.PASSED_ON: "{} is `{}`, as it was passed.",
    Likeness.FIRST: "{} lacks the first axis of the right one: it is only the first entry along it.",
    Likeness.TOO_LARGE: "{} is too large wherever it is wrong.",
    Likeness.TOO_SMALL: "{} is too small wherever it is wrong.",
    Likeness.TOO_FAR: "{} has the right sign wherever it is wrong, but is too far from 0.",
    Likeness.TOO_NEAR: "{} has the right sign wherever it is wrong, but is too close to 0.",
    Likeness.EMPTY: "{} is empty.",
    Likeness.NUMBER: "{} is a single number, where an array is due.",
    Likeness.ONE_SIZE: "{} has the wrong number of {}; its size along every other axis is right.",
    Likeness.ONLY_AT: "{} is wrong only in its {}; the rest is right.",
    Likeness.ONLY_WHERE: "{} is wrong only where the right one is {}.",
    Likeness.RIGHT_AT: "{} is always right in its {}; what is wrong lies elsewhere.",
    Likeness.OVERLAPPING: "{} has another shape than the right one, with the same values where both have some.",
}
ARGUMENTS = {  # the call to which it would be right
    Likeness.OTHER: "for `{0}` equal to `{1}`",
    Likeness.SWAPPED: "for `{0}` and `{1}` exchanged",
    Likeness.COMPLEMENT: "for 1 − `{0}` in place of `{0}`",
    Likeness.SQUARED: "for the square of `{0}`",
    Likeness.ROOT: "for the square root of `{0}`",
    Likeness.NEGATED: "for −`{0}` in place of `{0}`",
    Likeness.ABSOLUTE: "for `{0}` without its signs",
    Likeness.POSITIVE: "for `{0}` with 0 for every negative value",
    Likeness.ROUNDED: "for `{0}` rounded to whole numbers",
    Likeness.CUT: "for `{0}` cut to whole numbers",
    Likeness.ZERO: "for zeros in place of `{0}`",
    Likeness.ONES: "for ones in place of `{0}`",
    Likeness.TRANSPOSED: "for `{0}` transposed",
    Likeness.TURNED: "for `{0}` turned by 180°",
    Likeness.ROWS_REVERSED: "for `{0}` with its rows in reverse order",
    Likeness.COLUMNS_REVERSED: "for `{0}` with its columns in reverse order",
    Likeness.REVERSED: "for `{0}` in reverse order",
    Likeness.FIRST_CHANNEL: "for `{0}` with zeros in every channel but the first",
    Likeness.LAST_CHANNEL: "for `{0}` with zeros in every channel but the last",
    Likeness.ONLY: "for `{0}` with zeros everywhere but in its {1}",
    Likeness.BLANKED: "for `{0}` with zeros in its {1}",
    Likeness.CHANNEL_MEAN: "for `{0}` with the mean of its channels in each of them",
    Likeness.ALL_FIRST: "for `{0}` with its first value everywhere",
    Likeness.ALL_LAST: "for `{0}` with its last value everywhere",
    Likeness.FIRST_CALL: "for the `{0}` of the first call",
    Likeness.WITHOUT: "for `{0}` without any `{1}`",
    Likeness.CROPPED: "for `{0}` without its last entry",
    Likeness.CROPPED_START: "for `{0}` without its first entry",
    Likeness.PADDED: "for `{0}` padded with {1}",
    Likeness.UNCUT: "for `{0}` {1}, cut to the expected size",
    Likeness.ROWS_ONLY: "for a `{0}` along the rows only",
    Likeness.COLUMNS_ONLY: "for a `{0}` along the columns only",
    Likeness.ROWS_CUT: "for a `{0}` along the rows only, cut to the expected size",
    Likeness.COLUMNS_CUT: "for a `{0}` along the columns only, cut to the expected size",
    Likeness.AROUND: "for `{0}` 0, with the zeros around it instead",
    Likeness.AROUND_CUT: "for `{0}` 0, with the zeros around it instead, cut to the expected size",
    Likeness.FIRST: "for the first entry of `{0}` alone",
    Likeness.LAST: "for the last entry of `{0}` alone",
    Likeness.MIRRORED: "for −`{0}` in place of `{0}`, with the sign changed",
    Likeness.ALONG: "for `{0}` with its {1}",
}
INDEXED = {  # places that are easier to see as Python writes them
    f"{end} entry along the {ordinal} axis": f"{end} entry along the {ordinal} axis, `[{before}{index}]`"
    for ordinal, before in (("first", ""), ("second", ":, "))
    for end, index in (("first", 0), ("last", -1))
}
TOGGLED = {"train": "evaluation", "eval": "training"}
AXES = "first two axes"
EXTENTS = {
    Extent.SOME: "Where it is wrong",
    Extent.WRONG: "Where it is wrong",
    Extent.RETURNED: "Where it is wrong and raises nothing",
}


def sentence(found: AnswerRelation) -> str:
    """What the wrong answers are."""
    said = _sentence(found)
    if found.extent is Extent.ALL or (found.extent is not Extent.RETURNED and found.what in WHEREVER):
        return said
    return f"{EXTENTS[found.extent]}, {said[:1].lower()}{said[1:].replace(' wherever it is wrong', '')}"


def _sentence(found: AnswerRelation) -> str:
    subject = _subject(found)
    if not found.argument and found.what in SENTENCES:
        return SENTENCES[found.what].format(subject, INDEXED.get(found.value, found.value))
    match found.what:
        case Likeness.AXES:
            return f"{subject} has an axis too {'many' if found.value > 0 else 'few'}."
        case Likeness.FIRST_AT:
            whose = f"{subject[:1].lower()}{subject[1:]}"
            return f"The first wrong entry of {whose} is always that of {_layers(found.value)}."
        case Likeness.STAYED:
            one = len(found.subjects) == 1
            whose = subject if one else f"Your {listed(f'`{name}`' for name in found.subjects)}"
            return f"{whose} {'stays as it was' if one else 'stay as they were'}."
        case Likeness.APART:
            return _apart(*found.value)
        case Likeness.ALWAYS:
            return f"{subject} is {_short(found.value)} wherever it is wrong."
    return f"{subject} is the right one{_difference(found)}."


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if not isinstance(value, (list, tuple)):
        return str(value)
    inside = ", ".join(map(_short, value))
    return f"[{inside}]" if isinstance(value, list) else f"({inside}{',' * (len(value) == 1)})"


def _layers(kinds: Sequence[str]) -> str:
    return f"a layer of type {listed([f'`{kind}`' for kind in kinds], 'or')}"


def _apart(wrong: Sequence[Piece], right: Sequence[Piece]) -> str:
    many = len(right) > MOST_LISTED
    be, also = ("is" if len(side) == 1 else "are" for side in (wrong, right[:1] if many else right))
    owners = {piece.call.rpartition(".")[0] for piece in (*wrong, *right)}
    owner = owners.pop() if len(owners) == 1 else ""
    bad, good = (listed(_some([_piece(piece, owner) for piece in side])) for side in (wrong, right))
    return f"Only {bad} {be} wrong: {'the rest' if many else good} {also} right in every case."


def _some(names: list[str]) -> list[str]:
    """All of them, or the first ones and how many others there are."""
    more = len(names) - MOST_LISTED + 1
    return names if more < 2 else [*names[:-more], f"{more} others"]


def _piece(piece: Piece, owner: str) -> str:
    if isinstance(piece.part, str):
        return f"“{piece.part}”"
    call = piece.call.removeprefix(f"{owner}.") if owner else piece.call
    if ": " in call:  # about an object, in an author's words
        return f"“{call.partition(': ')[2]}”"
    if not piece.name and piece.part is None and call[:1].isupper() and "." not in piece.call:  # an object was called
        return f"what `{call}` returns"
    if piece.name or piece.part is None:
        return f"`{piece.name or call}`"
    return f"{_numbered(piece.part)} of `{call}`"


def _numbered(part: int) -> str:
    """One value of an answer that has several."""
    return f"the {ORDINALS[part]} value" if part < len(ORDINALS) else f"value {part + 1}"


def _subject(found: AnswerRelation) -> str:
    """The answer, or the attribute or method whose answer it is."""
    if found.name:
        return f"Your `{found.name}`"
    if isinstance(found.part, str):
        return f"“{found.part}”"
    if len(found.subjects) == 1 and ": " in found.subjects[0]:  # about an object, in an author's words
        return f"“{found.subjects[0].partition(': ')[2]}”"
    named = [name for name in found.subjects if "." in name]
    whole = f"`{named[0]}`" if len(found.subjects) == 1 and named else "your answer"
    if found.part is not None:
        value = _numbered(found.part)
        return f"{value[:1].upper()}{value[1:]} of {whole}"
    return f"Your {whole}" if named and len(found.subjects) == 1 else "Your answer"


def _difference(found: AnswerRelation) -> str:
    if found.what is Likeness.FUNCTION:
        return f" for `{found.value}`"
    if found.what is Likeness.TOGGLED and not found.argument:
        return f" for {TOGGLED[found.value]} mode"
    if found.argument:
        return f" {_other_call(found)}"
    return f", {_changed(found)}"


def _changed(found: AnswerRelation) -> str:
    what, value = found.what, found.value
    if what is Likeness.SCALED:
        return _scaled(value)
    if what in (Likeness.FACTOR, Likeness.PART, Likeness.UNBIASED, Likeness.BIASED):
        return _by_product(what, *value)
    if what in (Likeness.MORE, Likeness.ABOVE, Likeness.BELOW):
        return _more(what, value)
    return CHANGED[what].format(value)


def _scaled(value: Any) -> str:
    if not isinstance(value, Fraction):
        return f"multiplied by {value:.5g}"
    if value.numerator == 1:
        return f"divided by {value.denominator}"
    return f"multiplied by {value}"


def _by_product(what: Likeness, names: tuple[str, ...], times: Fraction) -> str:
    product = "·".join(f"`{name}`" for name in names)
    beside = "" if times == 1 else f" and {_scaled(times)}"
    match what:
        case Likeness.FACTOR:
            return f"multiplied by {product}{beside}"
        case Likeness.PART:
            return f"divided by {product}{beside}"
        case Likeness.UNBIASED:
            return f"multiplied by n/(n − 1), where n is {product}"
    return f"multiplied by (n − 1)/n, where n is {product}"


def _more(what: Likeness, value: Any) -> str:
    if what is Likeness.MORE:
        return f"{'plus' if value > 0 else 'minus'} {abs(value):g}"
    return f"{'plus' if what is Likeness.ABOVE else 'minus'} `{value}`"


def _other_call(found: AnswerRelation) -> str:
    what, name, value = found.what, found.argument, found.value
    match what:
        case Likeness.EQUAL if isinstance(value, tuple) and len(value) == 3:
            return f"for {value[0]} {value[1]} in every {value[2]} of `{name}`"
        case Likeness.EQUAL if isinstance(value, tuple) and len(value) == 2:
            return f"for {value[0]} {value[1]} in all of `{name}`"
        case Likeness.SWAPPED if isinstance(value, tuple):
            return f"for `{name}` with each `{value[0]}` and `{value[1]}` exchanged"
        case Likeness.WITHOUT if isinstance(value, tuple):
            return f"for `{name}` without any `{value[0]}` of {value[1]}"
        case Likeness.FACTOR | Likeness.PART:
            return f"for `{name}` {_by_product(what, *value)}"
        case Likeness.EQUAL:
            return f"for `{name}` {_value(value)}"
        case Likeness.TOGGLED:
            return f"for the other value of `{name}`"
        case Likeness.SCALED:
            return f"for {'twice' if value == 2 else 'half of'} `{name}`"
        case Likeness.MORE:
            return f"for `{name}` {'plus' if value > 0 else 'minus'} {abs(value)}"
        case Likeness.SWAPPED if value == AXES:
            return f"for `{name}` with its first two axes exchanged"
    return ARGUMENTS[what].format(name, value)


def _value(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)
