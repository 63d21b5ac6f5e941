"""Learning curves of two networks, made and drawn: the errors of training and validation images, every ten epochs."""

from __future__ import annotations

from collections.abc import Sequence

from .authoring import Picture
from .pictures import MARK, Block, above, beside, letters, lines, picture, word

Run = tuple[list[int], list[int]]
"""The errors of one network: of training images, then of validation images."""
POINTS, GUESSING = 7, 90
WIDTH, HEIGHT = 280, 190
DASHED = ' stroke-dasharray="5 4"'


def falling(end: int, steps: int = POINTS) -> list[int]:
    """From guessing towards `end`: each step halves what is left above it."""
    return [end + ((GUESSING - end) >> step) for step in range(steps)]


def learning(training: int, gap: int) -> Run:
    """Both errors fall; the validation error stays `gap` above the other."""
    return falling(training), [GUESSING, *[error + gap for error in falling(training)[1:]]]


def overfitting(training: int, low: int, rise: int) -> Run:
    """The validation error turns at `low`, which it nears after 30 epochs, and rises again, by `rise` in all."""
    turned = falling(low)[:4]
    return falling(training), turned + [turned[-1] + rise * step // 3 for step in (1, 2, 3)]


def stuck(below: int) -> Run:
    """Neither error leaves that of guessing by more than a little."""
    training = [GUESSING - below * step % 3 for step in range(POINTS)]
    return training, [GUESSING, *[error + step % 2 for step, error in enumerate(training[1:])]]


def drawn(small: str, small_run: Run, large: str, large_run: Run) -> Picture:
    """Both networks in one drawing: the larger one thick and blue, training errors dashed."""
    blue = f' stroke-width="3" style="stroke:{MARK}"'
    svg = _axes() + "".join(_curve(errors, style) for errors, style in (
        (small_run[0], DASHED), (small_run[1], ""), (large_run[0], blue + DASHED), (large_run[1], blue)))  # fmt: skip
    samples = [(small, ""), (large, blue), ("training", DASHED), ("validation", "")]
    legend = [beside(Block(lines("M0 8h26", style), 26, 16), word(text), gap=6) for text, style in samples]
    key = above(beside(*legend[:2], gap=16), beside(*legend[2:], gap=16))
    alt = ("Error in % over the epochs, from 0 to 60; the axis has marks at 0, 50 and 100. Dashed: training; others: "
           f"validation. {_spoken(small, small_run)} {_spoken(large, large_run)}")  # fmt: skip
    return picture(above(word("error in %"), Block(svg, WIDTH + 48, HEIGHT + 24), key), alt)


def _axes() -> str:
    marks = "".join(letters(str(error), 14, _y(error)) for error in (0, 50, 100))
    epochs = "".join(letters(text, x, HEIGHT + 14) for text, x in (("0", _x(0)), ("60", _x(6)), ("epochs", _x(3))))
    grid = lines(f"M36 {_y(50):g}h{WIDTH}M36 {_y(100):g}h{WIDTH}", ' stroke-opacity="0.25"')
    return grid + lines(f"M36 0V{HEIGHT}H{WIDTH + 36}", ' stroke-opacity="0.6"') + marks + epochs


def _curve(errors: Sequence[int], style: str) -> str:
    points = "L".join(f"{_x(step):g} {_y(error):g}" for step, error in enumerate(errors))
    return lines(f"M{points}", style)


def _x(step: int) -> float:
    return 36 + step * WIDTH / (POINTS - 1)


def _y(error: int) -> float:
    return 8 + (HEIGHT - 8) * (1 - error / 100)


def _spoken(name: str, run: Run) -> str:
    training, validation = (", ".join(map(str, errors)) for errors in run)
    return f"{name}, every ten epochs: training {training}; validation {validation}."
