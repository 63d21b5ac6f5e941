"""Pictures of questions: where they live, what they may hold."""

from __future__ import annotations

import json

from generators.authoring import Picture
from generators.build import build
from generators.model import Question


def test_a_picture_survives_json() -> None:
    question = build("output_size", 1)
    assert question.picture is None
    record = question.as_json() | {"picture": {"svg": "<svg/>", "alt": "Nothing."}}
    again = Question.from_json(json.loads(json.dumps(record)))
    assert again.picture == Picture("<svg/>", "Nothing.")
    assert again.as_json() == record
