"""Pictures of questions: well formed, safe, small enough for a telephone, with words for those who do not see them."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from generators.build import build
from generators.model import Picture, Question, QuestionKind, plain
from generators.pictures import text_width
from generators.registry import load, slugs

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = sorted(slug for slug in slugs() if build(slug, 1).picture)
ELEMENTS = {SVG + name for name in ("svg", "g", "path", "rect", "circle", "text")}


def test_a_picture_survives_json() -> None:
    question = build("output_size", 1)
    assert question.picture is None
    record = question.as_json() | {"picture": {"svg": "<svg/>", "alt": "Nothing."}}
    again = Question.from_json(json.loads(json.dumps(record)))
    assert again.picture == Picture("<svg/>", "Nothing.")
    assert again.as_json() == record


def test_many_generators_draw() -> None:
    assert len(DRAWN) >= 15


@pytest.mark.parametrize("slug", slugs())
def test_drawings_are_well_formed_and_only_draw(slug: str, thorough: bool) -> None:
    for seed in range(60 if thorough else 12):
        question = build(slug, seed)
        if question.picture is None:
            continue
        root = ElementTree.fromstring(question.picture.svg)
        assert {element.tag for element in root.iter()} <= ELEMENTS
        names = {name for element in root.iter() for name in element.attrib}
        assert not any(name.startswith("on") or "href" in name for name in names)
        assert root.attrib["aria-label"] == question.picture.alt
        assert "None" not in question.picture.svg


@pytest.mark.parametrize("slug", DRAWN)
def test_drawings_fit_a_telephone(slug: str, thorough: bool) -> None:
    """At 360 pixels the letters of the widest drawing are still 11 pixels high."""
    for seed in range(60 if thorough else 12):
        drawing = build(slug, seed).picture
        assert drawing
        assert float(ElementTree.fromstring(drawing.svg).attrib["width"]) <= 360 * 15 / 11


@pytest.mark.parametrize("slug", DRAWN)
def test_colours_follow_the_page(slug: str) -> None:
    drawing = build(slug, 2).picture
    assert drawing
    colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawing.svg))
    assert colours <= {"currentColor", "none", "#1c7ed6"}


@pytest.mark.parametrize("slug", DRAWN)
def test_words_tell_what_is_drawn(slug: str) -> None:
    """Every text of the drawing is told, but for names of axes and the question marks."""
    for seed in range(20):
        drawing = build(slug, seed).picture
        assert drawing
        texts = [element.text or "" for element in ElementTree.fromstring(drawing.svg).iter(SVG + "text")]
        said = drawing.alt.lower()
        untold = [text for text in texts if text.lower() not in said and text not in ("?", "⋆")]
        assert not untold
        assert drawing.alt.endswith(".")


@pytest.mark.parametrize("slug", DRAWN)
def test_drawings_do_not_hold_the_key(slug: str, thorough: bool) -> None:
    """No number of the drawing is the key unless the prompt says it too; no matrix of the drawing is the key."""
    for seed in range(60 if thorough else 12):
        for kind in load(slug).kinds:
            question = build(slug, seed, kind)
            assert question.picture
            if kind == QuestionKind.MATRIX:
                rows = "; ".join(", ".join(map(str, row)) for row in question.answer if isinstance(row, list))
                assert not rows or f"rows {rows}." not in question.picture.alt, plain(question.params)
            if kind == QuestionKind.NAT:
                told, said = (re.findall(r"\d+", text) for text in (question.picture.alt, question.prompt))
                assert str(question.answer) not in told or str(question.answer) in said


def test_widths_are_not_too_small() -> None:
    assert text_width("256 → 64") > 60
