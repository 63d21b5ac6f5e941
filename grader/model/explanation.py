"""What was found out about a cause by asking on: the smallest case, a rule, a relation, and the case to run again."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from .findings import Aspect, Finding
from .record import Record, record


class Relation(StrEnum):
    """How a factor of a case stands to a value, or to another factor."""

    IS = "is"
    IS_NOT = "is_not"
    ABOVE = "above"
    BELOW = "below"
    EVEN = "even"
    ODD = "odd"
    LIKE = "like"  # equal to another factor
    UNLIKE = "unlike"
    ONE_OF = "one_of"  # of several values
    NONE_OF = "none_of"


@record()
class Literal(Record):
    """One statement on a factor.

    `value` is another factor's name for LIKE and UNLIKE, None for EVEN and ODD, and a tuple for ONE_OF and NONE_OF.
    """

    factor: str
    relation: Relation
    value: Any


@record()
class FactorRule(Record):
    """Wrong exactly where all of this holds: on all of so many cases, with no exception.

    With `share` it is wrong only there, and not always: in so many of so many such cases. `right` says where it is
    right instead, exactly; with `share` it is always right there, and wrong in so many of so many other cases.
    """

    literals: tuple[Literal, ...]
    cases: int
    share: tuple[int, int] | None = None
    right: bool = False


class Likeness(StrEnum):
    """What a wrong answer is. With an argument: what that is in the call of which the wrong answer is the right one."""

    EQUAL = "equal"  # to a value
    OTHER = "other"  # equal to another argument
    SWAPPED = "swapped"  # with another argument, or axis
    TOGGLED = "toggled"  # the other truth value, or mode
    MORE = "more"  # by a value
    SCALED = "scaled"  # by a value
    FACTOR = "factor"  # scaled by a factor of the case
    PART = "part"  # divided by a factor of the case
    UNBIASED = "unbiased"  # scaled by n/(n − 1) of a factor or product
    BIASED = "biased"  # scaled by (n − 1)/n
    ABOVE = "above"  # more by a factor of the case
    BELOW = "below"
    COMPLEMENT = "complement"  # one minus it
    SQUARED = "squared"
    ROOT = "root"
    NEGATED = "negated"
    ABSOLUTE = "absolute"
    POSITIVE = "positive"  # what is negative is zero
    INVERSE = "inverse"
    ZERO = "zero"
    ONES = "ones"
    TRANSPOSED = "transposed"
    TURNED = "turned"  # by 180°
    ROWS_REVERSED = "rows_reversed"
    COLUMNS_REVERSED = "columns_reversed"
    REVERSED = "reversed"  # the first axis
    FIRST = "first"  # only the first of the first axis
    LAST = "last"  # only the last of the first axis
    FIRST_CHANNEL = "first_channel"  # the others are zero
    LAST_CHANNEL = "last_channel"
    ONLY = "only"  # a row, a column or where they meet; the rest is zero
    CHANNEL_MEAN = "channel_mean"  # in each channel
    ALL_FIRST = "all_first"  # every entry is the first one
    ALL_LAST = "all_last"
    FIRST_CALL = "first_call"  # as it was in the first call
    ROUNDED = "rounded"
    FLOORED = "floored"
    CUT = "cut"  # towards zero
    WRAPPED = "wrapped"  # cut to the number type of the input
    SUMMED = "summed"  # over the first axis
    AVERAGED = "averaged"
    CUMULATED = "cumulated"
    RESHAPED = "reshaped"  # the same values in order
    REORDERED = "reordered"  # the same values in any order
    CROPPED = "cropped"  # the last row, column (or both) is missing
    CROPPED_START = "cropped_start"
    FRAMED = "framed"  # with a row and column of zeros on every side
    MOVED = "moved"  # by a row, column or both; zeros come in
    ROLLED = "rolled"  # the same, cyclic
    BLANKED = "blanked"  # the last row, column (or both) is zero
    EXCHANGED = "exchanged"  # its two values
    WITHOUT = "without"  # an entry
    FUNCTION = "function"  # that of another function of the exercise
    PADDED = "padded"  # the image, in another way
    UNCUT = "uncut"  # equal to a value, but with as many values as are expected
    ROWS_ONLY = "rows_only"  # what a stride is for
    COLUMNS_ONLY = "columns_only"
    ROWS_CUT = "rows_cut"  # the same, with as many values as are expected
    COLUMNS_CUT = "columns_cut"
    HOLES = "holes"  # one and the same number, wherever it is wrong
    LONGER = "longer"  # with values too many at the end
    SHORTER = "shorter"  # with values too few at the end
    OVERLAPPING = "overlapping"  # both along different axes
    NOT_FINITE = "not_finite"  # wherever it is wrong
    SIZE = "size"  # a factor of the case or one over it, wherever it is wrong
    TOO_LARGE = "too_large"  # all that is wrong
    TOO_SMALL = "too_small"
    TOO_FAR = "too_far"  # from zero, on the right side of it
    TOO_NEAR = "too_near"
    EMPTY = "empty"
    NUMBER = "number"  # a single one
    AXES = "axes"  # so many more than there should be
    ONE_SIZE = "one_size"  # wrong in the number of rows or columns alone
    ONLY_AT = "only_at"  # wrong only in a part of the answer
    ONLY_WHERE = "only_where"  # wrong only where the right one is negative, positive …
    RIGHT_AT = "right_at"  # in a part of the answer
    ALWAYS = "always"  # one and the same answer wherever it is wrong
    PASSED_ON = "passed_on"  # one of the call's own arguments
    STAYED = "stayed"  # an attribute, as it was set
    FIRST_AT = "first_at"  # the first wrong entry is one for a layer of these types
    APART = "apart"  # some answers, or values of them, are wrong, others are always right
    ALONG = "along"  # one and the same entry along an axis
    MIRRORED = "mirrored"  # negated, and so is the answer
    AROUND = "around"  # zero, and as many zeros around the answer
    AROUND_CUT = "around_cut"  # the same, with as many values as are expected


# On which side of the right answer it is wrong: a rough thing to say.
SIDES = frozenset({Likeness.TOO_LARGE, Likeness.TOO_SMALL, Likeness.TOO_FAR, Likeness.TOO_NEAR})
WHEREVER = frozenset(  # it is wrong: said by the sentence itself
    {
        *(Likeness.HOLES, Likeness.NOT_FINITE, Likeness.SIZE, Likeness.ALWAYS),
        *(Likeness.ONLY_AT, Likeness.ONLY_WHERE, Likeness.RIGHT_AT, Likeness.FIRST_AT),
        *SIDES,
    }
)

# Where it is wrong or on which side, and not what is there instead: a rule may tell more.
SAYS_LITTLE = frozenset(
    {
        *(Likeness.ONLY_AT, Likeness.ONLY_WHERE, Likeness.RIGHT_AT),
        *(Likeness.TOO_LARGE, Likeness.TOO_SMALL, Likeness.TOO_FAR, Likeness.TOO_NEAR),
        *(Likeness.AXES, Likeness.ONE_SIZE, Likeness.FIRST_AT, Likeness.APART),
    }
)


class Extent(StrEnum):
    """Of which answers something is said."""

    ALL = "all"
    SOME = "some"  # where the answer is wrong; right ones are not like that
    WRONG = "wrong"  # of one of several parts, where that is wrong
    RETURNED = "returned"  # the same, where nothing is raised


@record()
class Piece(Record):
    """What is called or read; with `part`, one of the values of its answer, and its `name` in the contract.

    `part` is a key where a helper of the exercise puts together in a dict, in its author's words, what there is to see.
    """

    call: str
    part: int | str | None = None
    name: str = ""


@record()
class AnswerRelation(Record):
    """What the wrong answers are, on so many cases: expected ones, changed, or the right ones to another call.

    `subjects` are the calls and attributes that were wrong, `extent` says of which it is so. `argument` is what of the
    call is another: a parameter, or an attribute that was set; empty where the expected answer itself is changed.
    `part` counts from 0, where the answer is a tuple and this is about one of its values; `name` is that value's. As in
    `Piece`, it is a key of what a helper puts together.
    """

    what: Likeness
    subjects: tuple[str, ...] = ()
    argument: str = ""
    value: Any = None
    part: int | str | None = None
    cases: int = 0
    extent: Extent = Extent.ALL
    name: str = ""


@record()
class BlamedLine(Record):
    """A line of the submission that may be wrong. `proved`: a small edit of it makes every case right."""

    file: str
    line: int
    text: str
    proved: bool


@record()
class Step(Record):
    """One line of a case: an operation of `sandbox/inside/ops.py`, in the submission's own names.

    `parameters` are the names of its positional arguments; `reshaped` are the attributes that it sets and that the
    submission shapes in its own way.
    """

    op: Any
    parameters: tuple[str, ...] = ()
    reshaped: tuple[str, ...] = ()


class View(StrEnum):
    """What is looked at of an answer."""

    WHOLE = "whole"
    SHAPE = "shape"
    LENGTH = "length"
    KEYS = "keys"
    NOTHING = "nothing"  # only that there is no exception


@record()
class Case(Record):
    """A wrong answer that anybody can ask for again: the steps, of which the last one gives it.

    `path` leads from the answer to the part that is compared, of which `expected` and `actual` are short (in the wire's
    form), as `view` says; with `ravelled`, the numbers are compared in order, whatever the shape.
    `error` is the exception that is due (before arguments are looked at, if the last step does that), `raised` what
    came instead of an answer. An answer agrees within `rtol` times the expected number and `atol`. `kit` is the source
    of the exercise's helpers, where a step uses one.
    """

    steps: tuple[Step, ...]
    expected: Any
    actual: Any
    path: tuple[Any, ...] = ()
    aspect: Aspect | None = None
    view: View = View.WHOLE
    ravelled: bool = False
    error: str = ""
    raised: Finding | None = None
    rtol: float = 0.0
    atol: float = 0.0
    torch: bool = False
    kit: str = ""


@record()
class Explanation(Record):
    """Of a case space: the smallest case that is wrong, as a finding; the rule that says when; what the answer is.

    `case` can be run again, also where it is of a check that is no case space. `lines`: where the mistake may be, the
    likeliest first; empty where that was not searched for. `changes`: beside what is wrong, calls of the check change
    this argument. `mistakes` are the slugs of misconceptions that other checks
    have the names of, where each wrong case comes of one of them: the one that most come of is first.
    """

    smallest: Finding | None = None
    rule: FactorRule | None = None
    relation: AnswerRelation | None = None
    lines: tuple[BlamedLine, ...] = ()
    case: Case | None = None
    mistakes: tuple[str, ...] = ()
    changes: str = ""
