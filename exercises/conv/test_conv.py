"""Graded checks of `conv`."""

import numpy as np

from grader.authoring import check


@check(points=2, needs="conv2d")
def test_window(submission, draw):
    """conv2d slides the kernel over the image without flipping it."""
    submission.conv2d(draw.array(5, 7), draw.array(3, 2))
    submission.conv2d(draw.array(4, 4), draw.array(4, 4))


@check(points=2, needs="conv2d")
def test_stride(submission, draw):
    """The window moves `stride` pixels at a time, along both axes."""
    submission.conv2d(draw.array(8, 11), draw.array(3, 2), stride=2)
    submission.conv2d(draw.array(9, 7), draw.array(2, 3), 3)
