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
    close = [abs(iou(a, b) - threshold) < Fraction(2, 100) for a in boxes for b in boxes]
    if list(removed.values()).count(None) != stay or any(close):
        raise Redraw("not so many stay, or a value is close to the threshold")
    said = {k: f"its IoU with box {by + 1}, which stays, is {decimal(iou(boxes[by], boxes[k]), 2)} (rounded)"
            for k, by in removed.items() if by is not None}
    free, best = f"no kept box overlaps it by more than {decimal(threshold)}", next(iter(removed))
    steps = [f"Score {scores[k] / 100:.2f}: box {k + 1} "
             + (f"goes, {said[k]}." if k in said else f"stays, {'nothing scores more' if k == best else free}.")
             for k in removed]
    lines = [Line(f"Box {k + 1} ({', '.join(map(str, box))}), score {scores[k] / 100:.2f}",
                  *(["overlapping-kept", f"Box {k + 1} goes: {said[k]}."] if k in said else [])) for k, box in
             enumerate(boxes)]
    return Which(
        f"A detector gives five boxes (left, top, right, bottom) of one class. Greedy non-maximum suppression goes "
        f"through them by falling score and removes a box whose IoU with a box kept before is more than "
        f"{decimal(threshold)}. Which boxes stay?",
        lines, steps, fixed=True, picture=drawing(**{str(k): box for k, box in enumerate(boxes, 1)}))
