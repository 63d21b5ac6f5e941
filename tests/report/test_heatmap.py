"""Pictures of arrays: the right numbers at the right indices, legible on every shade."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import palette
from grader.report.evidence import Evidence
from grader.report.heatmap import heat_maps, short
from grader.report.html import to_html
from tests.report.pages import check, differing, read, result, told


def numbers(tables: list[list[list[str]]], which: int) -> list[list[str]]:
    return [row[1:] for row in tables[which][1:]]


def test_three_pictures_with_the_right_numbers():
    found = differing([[1, -2], [0.5, 3]], [[1, 4], [0.5, 3]], index=[0, 1], expected_value=-2.0, actual_value=4.0)
    text = to_html([result(check(findings=(told("", found),)))])
    tables = read(text).tables
    assert numbers(tables, 0) == [["1", "−2"], ["0.5", "3"]]
    assert numbers(tables, 1) == [["1", "4"], ["0.5", "3"]]
    assert numbers(tables, 2) == [["0", "6"], ["0", "0"]]
    assert text.count(' first"') == 3


def test_one_scale_for_expected_and_yours_another_for_the_difference():
    maps = heat_maps(differing([[4.0, 0.0]], [[8.0, -8.0]]))
    shades = [[c.shade for row in m.rows for c in row.cells] for m in maps]
    assert shades == [["p4", "z"], ["p9", "n9"], ["p4", "n9"]]
    assert [m.scale for m in maps] == ["8", "8", "8"]


def test_indices_count_from_the_windows_origin():
    window = [[float(i + j) for j in range(12)] for i in range(12)]
    other = [[v + 1 for v in row] for row in window]
    found = differing(
        window, other, expected_shape=[2, 40, 40], actual_shape=[2, 40, 40], index=[1, 12, 20],
        origin=[1, 6, 14], expected_value=12.0, actual_value=13.0,
    )  # fmt: skip
    first = heat_maps(found)[0]
    assert first.columns == list(range(14, 26))
    assert [row.index for row in first.rows] == list(range(6, 18))
    assert first.part == "[1, 6:18, 14:26]"
    assert first.rows[6].cells[6].first
    assert sum(c.first for row in first.rows for c in row.cells) == 1


def test_a_vector_has_no_row_index():
    found = differing([[1.0, 2.0]], [[1.0, 5.0]], expected_shape=[30], actual_shape=[30], index=[9], origin=[8])
    for picture in heat_maps(found):
        assert picture.rows[0].index is None
        assert picture.columns == [8, 9]
        assert picture.part == "[8:10]"
        assert [c.first for c in picture.rows[0].cells] == [False, True]


def test_unlike_shapes_have_no_difference():
    maps = heat_maps(differing([[1.0, 2.0]], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    assert [m.name for m in maps] == ["expected", "yours"]
    text = to_html([result(check(findings=(told("", differing([[1.0, 2.0]], [[1.0], [2.0]])),)))])
    assert "there is no difference to draw" in text


def test_an_array_of_more_axes_is_shown_from_its_start():
    found = differing([[1.0, 2.0]], [[1.0, 2.0]], expected_shape=[1, 2], actual_shape=[3, 1, 2])
    assert heat_maps(found)[1].part == "[0, 0:1, 0:2]"


def test_what_is_not_finite_is_marked():
    maps = heat_maps(differing([[1.0, 2.0, 3.0, "nan"]], [["nan", "inf", "-inf", "nan"]]))
    assert [c.text for c in maps[1].rows[0].cells] == ["nan", "∞", "−∞", "nan"]
    assert {c.shade for c in maps[1].rows[0].cells} == {"odd"}
    assert [c.text for c in maps[2].rows[0].cells] == ["nan", "∞", "−∞", "0"]


def test_a_single_number_is_no_picture():
    assert heat_maps(differing([[1.0]], [[2.0]], expected_shape=[], actual_shape=[], origin=[])) == []
    assert heat_maps(Evidence("f()")) == []
    assert heat_maps(None) == []


def test_ragged_or_odd_windows_do_no_harm():
    odd = differing([[1.0, 2.0], [3.0]], [["<b>", None], [10**400, True]])
    assert [len(row.cells) for row in heat_maps(odd)[0].rows] == [2, 2]
    read(to_html([result(check(findings=(told("", odd),)))]))


def test_digits_tell_close_numbers_apart():
    found = differing([[1.0, 1.0]], [[1.0001, 1.0]], index=[0, 0], expected_value=1.0, actual_value=1.0001)
    assert heat_maps(found)[1].rows[0].cells[0].text == "1.0001"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (-2.0, "−2"), (160074.0, "160074"), (0.123456, "0.123"), (-7.2421875, "−7.24"),
     (1234.5, "1234"), (1.5e-7, "1.50e−7"), (2.5e30, "2.5e30"), (0.00123, "0.00123")],
)  # fmt: skip
def test_numbers_in_a_few_characters(value, text):
    assert short(value) == text


@given(st.floats(), st.integers(2, 7), st.booleans())
def test_numbers_are_never_long(value, digits, tight):
    assert 1 <= len(short(value, digits, tight=tight)) <= 15


# ---------------------------------------------------------------- colours


@pytest.mark.parametrize("anchors", [palette.LIGHT, palette.DARK])
def test_numbers_are_legible_on_every_shade(anchors):
    shades = palette.palette(anchors)
    assert set(shades) == set(palette.SHADES)
    assert all(palette.contrast(paper, ink) >= 4.5 for paper, ink in shades.values())


def test_text_is_legible_in_both_modes():
    sheet = (Path(palette.__file__).parent / "templates" / "result.css").read_text(encoding="utf-8")
    modes = [dict(re.findall(r"--([a-z-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", sheet, re.S)]
    for mode in modes[:2]:
        for ink in ("ink", "soft", "good", "bad", "open", "link"):
            for paper in ("paper", "card", "hint"):
                assert palette.contrast(mode[ink], mode[paper]) >= 4.5, (ink, paper)
