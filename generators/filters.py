"""What small filters do to a picture: 3×3 weights, and the effect in words (cross-correlation)."""

from __future__ import annotations

from fractions import Fraction

from .arrays import Rows

ONE, NINTH = Fraction(1), Fraction(1, 9)
EFFECTS: dict[str, tuple[str, Rows]] = {
    "keep": ("leaves the picture as it is", [[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    "blur": ("gives every pixel the mean of its 3×3 neighbourhood: it blurs", [[NINTH] * 3] * 3),
    "left-edge": ("is large where dark pixels on the left meet bright ones on the right: vertical edges",
                  [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "right-edge": ("is large where bright pixels on the left meet dark ones on the right: vertical edges",
                   [[1, 0, -1], [2, 0, -2], [1, 0, -1]]),
    "top-edge": ("is large where dark pixels above meet bright ones below: horizontal edges",
                 [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "bottom-edge": ("is large where bright pixels above meet dark ones below: horizontal edges",
                    [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]),
    "sharpen": ("adds to every pixel what it differs from its four neighbours: it sharpens",
                [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "laplace": ("is 0 on flat and evenly rising areas and large at spots and edges of any direction",
                [[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
    "shift-left": ("moves the picture one pixel to the left", [[0, 0, 0], [0, 0, 1], [0, 0, 0]]),
    "shift-up": ("moves the picture one pixel up", [[0, 0, 0], [0, 0, 0], [0, 1, 0]]),
    "negative": ("turns the sign of every pixel and does nothing else", [[0, 0, 0], [0, -1, 0], [0, 0, 0]]),
    "brighter": ("doubles every pixel and does nothing else", [[0, 0, 0], [0, 2, 0], [0, 0, 0]]),
    "row-blur": ("gives every pixel the mean of itself and its neighbours left and right",
                 [[0, 0, 0], [Fraction(1, 3)] * 3, [0, 0, 0]]),
    "column-blur": ("gives every pixel the mean of itself and its neighbours above and below",
                    [[0, Fraction(1, 3), 0]] * 3),
}  # fmt: skip
"""Name: what it does, its weights."""

DESIGNS: dict[str, tuple[str, Rows]] = {
    "mean": ("the mean of the 3×3 neighbourhood", [[NINTH] * 3] * 3),
    "plus": ("the mean of the pixel and its four neighbours above, below, left and right",
             [[0, ONE / 5, 0], [ONE / 5] * 3, [0, ONE / 5, 0]]),
    "others": ("the pixel less the mean of its eight neighbours",
               [[-ONE / 8] * 3, [-ONE / 8, 1, -ONE / 8], [-ONE / 8] * 3]),
    "right": ("the right neighbour less the left one", [[0, 0, 0], [-1, 0, 1], [0, 0, 0]]),
    "below": ("the neighbour below less the one above", [[0, -1, 0], [0, 0, 0], [0, 1, 0]]),
    "half": ("half the difference of the right neighbour less the left one",
             [[0, 0, 0], [-ONE / 2, 0, ONE / 2], [0, 0, 0]]),
    "columns": ("the sum of the right column of the 3×3 neighbourhood less the sum of its left column",
                [[-1, 0, 1]] * 3),
    "rows": ("the sum of the lowest row of the 3×3 neighbourhood less the sum of its highest row",
             [[-1] * 3, [0] * 3, [1] * 3]),
    "bend": ("the left neighbour plus the right one, less twice the pixel", [[0, 0, 0], [1, -2, 1], [0, 0, 0]]),
    "four": ("four times the pixel less its neighbours above, below, left and right",
             [[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
    "sharp": ("the pixel plus four times what it exceeds the mean of its neighbours above, below, left and right",
              [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "left": ("the value of the right neighbour, so that the picture moves to the left",
             [[0, 0, 0], [0, 0, 1], [0, 0, 0]]),
    "down": ("the value of the neighbour above, so that the picture moves down", [[0, 1, 0], [0, 0, 0], [0, 0, 0]]),
    "diagonal": ("the lower right neighbour less the upper left one", [[-1, 0, 0], [0, 0, 0], [0, 0, 1]]),
}  # fmt: skip
"""Name: what every pixel of the output shall be, the only weights that do so."""
