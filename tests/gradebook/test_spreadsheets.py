"""Files for spreadsheets: all that is known, numbers as numbers, and no text that is run."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from grader.gradebook import GradebookError, Person
from grader.gradebook.canvas import to_canvas
from grader.gradebook.delimited import guarded
from grader.gradebook.moodle import to_moodle
from grader.gradebook.sheet import sheet
from grader.gradebook.spreadsheet import to_csv, to_xlsx
from tests.gradebook.makers import WEEK, graded, result, work

EVIL = ["=1+1", "+49 1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1"]


def test_csv_holds_what_counts_and_what_was_computed(class_of_four):
    rows = {r["student"]: r for r in csv.DictReader(io.StringIO(to_csv(sheet(class_of_four, "week 1"))))}
    assert (rows["ben"]["conv"], rows["ben"]["conv computed"], rows["ben"]["total"]) == ("9.5", "6", "9.5")
    assert (rows["cleo"]["conv"], rows["cleo"]["conv attempts"], rows["cleo"]["total"]) == ("", "0", "")
    assert rows["ben"]["name"] == "Ben Åå, jr."
    assert rows["dan"]["name"].startswith("'=HYPERLINK")


def test_csv_with_a_decimal_comma(class_of_four):
    text = to_csv(sheet(class_of_four, "week 1"), comma=True)
    rows = {r["student"]: r for r in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert (rows["ben"]["conv"], rows["ben"]["name"], rows["ada"]["total"]) == ("9,5", "Ben Åå, jr.", "11")
    assert rows["dan"]["name"].startswith("'=HYPERLINK")


def test_a_workbook_has_numbers_and_no_formulas(class_of_four, excuse):
    excuse("cleo")
    page = load_workbook(io.BytesIO(to_xlsx(sheet(class_of_four, "week 1")))).active
    header, *rows = page.iter_rows()
    names = [cell.value for cell in header]
    found = {row[0].value: dict(zip(names, row, strict=True)) for row in rows}
    assert (found["ben"]["conv"].value, found["ben"]["conv"].data_type) == (9.5, "n")
    assert found["cleo"]["conv"].value is None
    assert (found["cleo"]["excused"].value, found["cleo"]["total"].value) == ("yes", None)
    assert found["dan"]["name"].value == '=HYPERLINK("http://x","Dan")'
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}
    assert found["dan"]["name"].quotePrefix
    hidden = to_xlsx(sheet(class_of_four, "week 1"), anonymous=True)
    assert [row[0] for row in load_workbook(io.BytesIO(hidden)).active.iter_rows(values_only=True)] == [
        "student",
        1,
        2,
        3,
        4,
    ]


def test_anonymous_csv_tells_nobody_and_keeps_no_order_of_names(class_of_four):
    text = to_csv(sheet(class_of_four, "week 1"), anonymous=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [r["student"] for r in rows] == ["1", "2", "3", "4"]
    assert [r["total"] for r in rows] == ["11", "10", "9.5", ""]
    for secret in ("ada", "Ek", "S1", "uni.example", "HYPERLINK", "A. Rao"):
        assert secret not in text


@pytest.mark.parametrize("text", EVIL)
def test_formulas_are_guarded_in_every_export(book, text):
    book.plan(WEEK)
    book.enrol([Person("x@uni.example", text, text, {"canvas": "1", "sis": text, "login": text})])
    book.record(replace(graded("x@uni.example"), result=result(error=text), work=work("a")))
    book.override("week 1", "x@uni.example", "conv", Decimal(1), reason="r", author="a")
    marks = sheet(book, "week 1")
    files = [
        to_csv(marks),
        to_canvas(marks, {"conv": "Homework 1 (4711)"})[0],
        to_moodle(marks, {"conv": text}, "login", lambda mark: [text])[0],
    ]
    for file in files:
        for cell in (cell for row in csv.reader(io.StringIO(file)) for cell in row):
            assert not cell.lstrip(" \t\r\n").startswith(("=", "+", "-", "@", "＝")) or re.fullmatch(
                r"[+-]?[\d.]+", cell
            )


@given(st.text())
def test_guarded_text_is_never_a_formula_and_loses_nothing(text):
    safe = guarded(text)
    assert safe.removeprefix("'") == text or safe == text
    assert not re.match(r"[=+\-@\t\r\n]", safe) or re.fullmatch(r"[+-]?\d+([.,]\d+)?", safe)


@pytest.mark.parametrize("number", ["-3", "+4.5", "-3,5", "0", "17"])
def test_numbers_stay_numbers(number):
    assert guarded(number) == number


def test_nothing_to_export_is_said(book):
    book.plan(WEEK)
    with pytest.raises(GradebookError, match="nothing to export"):
        sheet(book, "week 1")
