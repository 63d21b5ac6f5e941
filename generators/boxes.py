"""Boxes of object detection: (left, top, right, bottom) in whole pixels, edges between pixels."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .draw import Stream

Box = Sequence[int]


def area(box: Box) -> int:
    """Pixels inside; 0 where right and bottom are not beyond left and top."""
    left, top, right, bottom = box
    return max(right - left, 0) * max(bottom - top, 0)


def common(a: Box, b: Box) -> Box:
    """The intersection, of area 0 where there is none."""
    return (*map(max, a[:2], b[:2]), *map(min, a[2:], b[2:]))


def iou(a: Box, b: Box) -> Fraction:
    """Intersection over union."""
    both = area(common(a, b))
    return Fraction(both, area(a) + area(b) - both)


def kept(boxes: Sequence[Box], scores: Sequence[int], threshold: Fraction) -> dict[int, int | None]:
    """Greedy non-maximum suppression: for each box, by falling score, None if it stays, else which box removes it."""
    removed_by: dict[int, int | None] = {}
    for k in sorted(range(len(boxes)), key=lambda k: -scores[k]):
        rivals = (j for j, by in removed_by.items() if by is None and iou(boxes[j], boxes[k]) > threshold)
        removed_by[k] = next(rivals, None)
    return removed_by


def moved_boxes(draw: Stream, count: int) -> list[list[int]]:
    """Boxes of one size, each a few pixels beside the one before or far away."""
    left, top, width, height = 0, 0, draw.integer(4, 8), draw.integer(4, 8)
    boxes = []
    for _ in range(count):
        boxes.append([left, top, left + width, top + height])
        far = draw.below(4) == 0
        left, top = (left + width + 1, top) if far else (left + draw.integer(1, 3), top + draw.integer(0, 2))
    return draw.shuffled(boxes)
