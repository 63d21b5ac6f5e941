"""Detection and evaluation: boxes as sets of pixels, rates from labels one by one with scikit-learn and NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn import metrics

from tests.generators.oracles.instruments import oracle


def _pixels(box: list[int]) -> set[tuple[int, int]]:
    left, top, right, bottom = box
    return {(x, y) for x in range(left, right) for y in range(top, bottom)}


def _overlap(a: list[int], b: list[int]) -> float:
    return len(_pixels(a) & _pixels(b)) / len(_pixels(a) | _pixels(b))


@oracle
def iou(a: list[int], b: list[int]) -> float:
    return _overlap(a, b)


@oracle
def nms(stay: int, boxes: list[list[int]], tenths: int, scores: list[int]) -> list[bool]:
    """A box stays if and only if no better box that overlaps it too much stays."""

    def stays(k: int) -> bool:
        better = [j for j in range(len(boxes)) if scores[j] > scores[k] and _overlap(boxes[j], boxes[k]) > tenths / 10]
        return not any(stays(j) for j in better)

    return [stays(k) for k in range(len(boxes))]


@oracle
def precision_recall(ask: str, tp: int, fp: int, fn: int, tn: int) -> float:
    truth = [1] * tp + [0] * fp + [1] * fn + [0] * tn
    said = [1] * (tp + fp) + [0] * (fn + tn)
    rate = {"precision": metrics.precision_score, "recall": metrics.recall_score, "F1": metrics.f1_score}[ask]
    return 100 * float(rate(truth, said))


@oracle
def average_precision(hits: list[list[int]], missed: list[int]) -> float:
    """scikit-learn knows no missed objects: its average counts what was found, so it is scaled to all objects."""
    each = [
        metrics.average_precision_score(row, range(len(row), 0, -1)) * sum(row) / (sum(row) + left)
        for row, left in zip(hits, missed, strict=True)
    ]
    return float(np.mean(each))


@oracle
def confusion_matrix(ask: str, c: int, M: Any) -> float:
    truth = [i for i, row in enumerate(M, 1) for count in row for _ in range(count)]
    said = [j for row in M for j, count in enumerate(row, 1) for _ in range(count)]
    if ask == "accuracy":
        return 100 * float(metrics.accuracy_score(truth, said))
    if ask == "balanced":
        return 100 * float(metrics.balanced_accuracy_score(truth, said))
    rate = {"recall": metrics.recall_score, "precision": metrics.precision_score}[ask]
    return 100 * float(rate(truth, said, labels=[c], average="macro"))


@oracle
def top_k(n: int, k: int, scores: Any, labels: list[int]) -> float:
    return 100 * float(metrics.top_k_accuracy_score(labels, np.array(scores, float), k=k, labels=range(5)))
