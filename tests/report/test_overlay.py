"""Maps over images: what is drawn is what was compared."""

from __future__ import annotations

import numpy as np

from grader.checks.log import Entry, Log
from grader.judge.overlay import overlay
from grader.model import CheckResult, Overlay, Verdict
from grader.report.pixels import pictures
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Array, Name


def entry(expected, actual, image, keyword=""):
    args, kwargs = ([], {keyword: Array(image, "tensor")}) if keyword else ([Array(image, "tensor")], {})
    op = Call(Name("submission", "grad_cam"), args, kwargs)
    return Entry(op, "grad_cam(…)", Array(expected), Array(actual), answered=True)


def check(score: float) -> CheckResult:
    shown = Overlay([[0.0, 1.0]], [[0.0, 1.0]], [[1.0, 0.0]])
    return CheckResult("a", "a", Verdict.ACCEPTED if score else Verdict.WRONG_ANSWER, score, 1, overlay=shown)


def test_the_first_wrong_map_is_shown_with_its_image():
    image = np.arange(24.0).reshape(1, 2, 3, 4)
    right, wrong = np.zeros((3, 4)), np.full((3, 4), 0.5)
    found = overlay(Log([entry(right, right, image), entry(right, wrong, image)]))
    assert found is not None
    assert found.actual == wrong.tolist()
    assert found.image[0][0] == 0.0
    assert found.image[-1][-1] == 1.0


def test_an_image_given_by_keyword_is_found():
    image, map_ = np.ones((1, 3, 2, 2)), np.eye(2)
    found = overlay(Log([entry(map_, map_, image, keyword="img_tensor")]))
    assert found is not None
    assert found.expected == map_.tolist()


def test_answers_that_are_no_maps_give_no_picture():
    image = np.ones((1, 1, 2, 2))
    for expected, actual in [(np.ones(3), np.ones(3)), (np.eye(2), np.eye(3)), (np.ones((5, 5)), np.ones((5, 5)))]:
        assert overlay(Log([entry(expected, actual, image)])) is None
    assert overlay(Log([])) is None


def test_large_maps_are_thinned_out_and_strange_values_bounded():
    image, map_ = np.zeros((1, 1, 100, 80)), np.full((100, 80), np.nan)
    found = overlay(Log([entry(map_, map_ + np.inf, image)]))
    assert found is not None
    assert len(found.image) <= 40
    assert all(0 <= v <= 1 for row in found.actual for v in row)


def test_a_right_map_is_one_picture_and_a_wrong_one_two():
    assert [p.caption for p in pictures(check(1))] == ["your map over the image"]
    assert len(pictures(check(0))) == 2


def test_where_the_map_is_zero_the_image_shows():
    expected, _ = pictures(check(0))
    assert expected.pixels[0] == (0, 0, "#000000")
    assert expected.pixels[1][2] not in ("#ffffff", "#000000")
