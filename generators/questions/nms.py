"""Greedy non-maximum suppression: which boxes stay?"""

from generators.authoring import Fraction, Line, Redraw, Which, about, decimal, drawn
from generators.boxes import iou, kept, moved_boxes
from generators.pictures import boxes as drawing


@about("object detection", "Apply", "intermediate", kinds="MSQ", marks=2, minutes=4)
@drawn(stay=[2, 2, 2, 2, 3, 3, 4], boxes=lambda draw: moved_boxes(draw, 5), tenths=[3, 4, 5],
       scores=lambda draw: draw.sample(range(50, 100), 5))
def question(stay: int, boxes: list[list[int]], tenths: int, scores: list[int]) -> Which:
    threshold = Fraction(tenths, 10)
    removed = kept(boxes, scores, threshold)
    highest = [max((j for j in removed if j != k), key=lambda j: iou(boxes[j], boxes[k])) for k in range(5)]
    close = [abs(iou(a, b) - threshold) < Fraction(2, 100) for a in boxes for b in boxes]
    if list(removed.values()).count(None) != stay or any(close):
        raise Redraw("not so many stay, or a value is close to the threshold")
    lines, steps = [], []
    for k, by in removed.items():
        rival = highest[k] if by is None else by
        value = decimal(iou(boxes[rival], boxes[k]), 2)
        said = (f"Box {k + 1} stays: its largest IoU with a box that stays before it is at most {decimal(threshold)}"
                if by is None else f"Box {k + 1} goes: its IoU with box {by + 1}, which stays, is about {value}")
        steps.append(f"Score {scores[k] / 100:.2f}. {said}.")
    for k, box in enumerate(boxes):
        by = removed[k]
        why = "" if by is None else (f"Box {k + 1}'s IoU with box {by + 1}, which scores more and stays, is about "
                                     f"{decimal(iou(boxes[by], box), 2)}: more than {decimal(threshold)}.")
        lines.append(Line(f"Box {k + 1} ({', '.join(map(str, box))}), score {scores[k] / 100:.2f}",
                          "" if by is None else f"suppressed-kept-{k + 1}", why))
    return Which(
        f"A detector gives five boxes (left, top, right, bottom) of one class. Greedy non-maximum suppression goes "
        f"through them by falling score and removes a box whose IoU with a box kept before is more than "
        f"{decimal(threshold)}. Which boxes stay?",
        lines, steps, fixed=True, picture=drawing(**{str(k): box for k, box in enumerate(boxes, 1)}))
