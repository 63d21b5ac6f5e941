"""Graded checks of `padding`.

So that each mistake costs its own points only, the checks of `output_size` add one thing at a time, and images are
square except in `rectangles`.
"""

import numpy as np

from grader.checks.authoring import CALLS, INTEGERS, LAYOUTS, REAL, cases, check


@check(points=1, needs="output_size")
def test_size_examples(submission):
    """The sizes of the statement: 32 → 28, 64 → 31, 224 → 112."""
    submission.output_size(32, 5)
    submission.output_size(64, 5, 1, 2)
    submission.output_size(224, 7, 3, 2)


@check(points=1, needs="output_size")
def test_size(submission, draw):
    """Without padding and with stride 1 there are W − F + 1 positions."""
    W = draw.integer(10, 40)
    for F in (1, 2, 5, W):
        submission.output_size(W, F)


@check(points=1, needs="output_size")
def test_size_padding(submission, draw):
    """The image grows by P at both ends."""
    W = draw.integer(10, 40)
    for P in (0, 1, 2, 5):
        submission.output_size(W, 3, P)
    submission.output_size(4, 7, 2)


@check(points=1, needs="output_size")
def test_size_stride(submission, draw):
    """With stride S only every S-th position counts."""
    k = draw.integer(3, 9)
    for S in (1, 2, 3, 4):
        submission.output_size(3 + k * S, 3, 0, S)


@check(points=2, needs="output_size")
def test_size_floor(submission, draw):
    """A window that does not fit does not count: the division rounds down."""
    k = draw.integer(3, 9)
    for rest in (0, 1, 2, 3):
        submission.output_size(5 + 4 * k + rest, 5, 0, 4)
    submission.output_size(6 + 2 * k, 3, 1, 2)
    submission.output_size(7 + 3 * k, 3, 2, 3)


@check(points=1, needs="output_size")
def test_size_keywords(submission):
    """The parameters are called W, F, P and S; P is 0 and S 1 unless given."""
    submission.output_size(15, 3)
    submission.output_size(F=3, W=15)
    submission.output_size(15, 3, S=2)
    submission.output_size(S=2, P=2, F=5, W=15)


@check(points=1, needs="pad2d")
def test_valid(submission, draw):
    """'valid' adds nothing, 'same' does."""
    image = draw.array(5, 5)
    for F in (1, 3, 4):
        submission.pad2d(image, F, "valid")
    submission.pad2d(image, 5, "same")  # nothing for a pad2d that never adds anything


@check(points=2, needs="pad2d")
def test_same(submission, draw):
    """'same' adds F // 2 zeros on all four sides, so that with stride 1 the output is as large as the image."""
    image = draw.array(4, 4)
    for F in (1, 3, 5, 7):
        submission.pad2d(image, F, "same")


@check(points=2, needs="pad2d")
def test_full(submission, draw):
    """'full' adds F − 1 zeros on all four sides, so that every overlap of kernel and image counts."""
    image = draw.array(3, 3)
    for F in (1, 2, 3, 4):
        submission.pad2d(image, F, "full")


@check(points=1, needs="pad2d")
def test_rectangles(submission, draw):
    """The image need not be square."""
    submission.pad2d(draw.array(5, 3), 3, "full")
    submission.pad2d(draw.array(2, 6), 3, "same")
    submission.pad2d(draw.array(1, 4), 5, "same")


@check(points=1, needs="pad2d")
def test_other_modes(submission):
    """Any other mode raises ValueError."""
    image = np.ones((3, 3))
    submission.pad2d(image, 3, "valid")
    for mode in ("reflect", "half", "", "Same", "FULL", " valid", "f", 1, "constant", "edge", "causal"):
        submission.pad2d.raises(image, 3, mode, error="ValueError")


@check(points=1, needs="pad2d")
def test_integers(submission, draw):
    """Any kind of number goes in and floating point comes out."""
    submission.pad2d(draw.array(2, 2), 2, "full")
    submission.pad2d(draw.integers(-9, 9, 2, 2), 2, "full")
    submission.pad2d(draw.integers(100, 255, 2, 2).astype(np.uint8), 2, "full")


@check(points=1, needs="pad2d")
def test_arguments(submission, draw):
    """The parameters are called X, F and mode, and the image is left as it was."""
    image = submission.hold(draw.array(3, 3))
    submission.pad2d(image, 2, "full")
    submission.pad2d(mode="full", F=2, X=image)
    image.unchanged()


@cases(
    points=1,
    needs="output_size",
    W=range(1, 10),
    F=range(1, 7),
    P=range(4),
    S=range(1, 5),
    integers=INTEGERS,
    call=CALLS,
    where=lambda W, F, P, **_: F <= W + 2 * P,
)
def output_size(submission, draw, W, F, P, S, integers, call):
    """output_size for any sizes: a window as large as the padded image, strides larger than it, NumPy's integers."""
    number = INTEGERS[integers]
    submission.output_size.by(call, W=number(W), F=number(F), P=number(P), S=number(S))


@cases(
    points=1,
    needs="pad2d",
    count=150,
    H=range(1, 6),
    W=range(1, 6),
    F=[*range(1, 8), 11],
    mode=["valid", "same", "full", "half", None, "Full", "same ", "va", 0, 2],
    dtype=REAL,
    magnitude=["small", "large", "lowest"],
    layout=LAYOUTS,
    integers=INTEGERS,
    call=CALLS,
    where=lambda F, mode, layout, **_: (
        (mode != "same" or F % 2 == 1)
        and (mode in ("valid", "same", "full") or layout == "C")  # the other layouts meet modes that there are
    ),
)
def pad2d(submission, draw, H, W, F, mode, dtype, magnitude, layout, integers, call):
    """pad2d for any image, number type, kernel (also one larger than the image) and mode (also others)."""
    pixels = {"small": draw.digits, "large": draw.large, "lowest": draw.lowest}[magnitude]
    X, F = pixels(H, W, dtype=dtype, layout=layout), INTEGERS[integers](F)
    if mode in ("valid", "same", "full"):
        submission.pad2d.by(call, X=X, F=F, mode=mode)
    else:  # which there are not
        submission.pad2d.raises(X, F, mode, error="ValueError")
