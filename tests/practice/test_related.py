"""What a mistake in code is in questions: no name of the table dangles."""

from __future__ import annotations

from generators.build import build
from generators.registry import load
from grader.exercise import in_chapter_order
from grader.practice import related as table
from grader.practice.asking import question_for
from grader.practice.catalogue import generators
from grader.practice.related import cards_of, mistake_of, related, topic_of
from grader.practice.today import topics

CARDS = sorted({card for one in related().values() for cards in one.cards.values() for card in cards})


def test_each_exercise_has_its_topics_in_the_chapters_order():
    assert list(related()) == [e.slug for e in in_chapter_order()]
    for one in related().values():
        assert set(one.topics) <= set(generators())


def test_each_mistake_is_one_that_the_exercise_knows():
    for exercise in in_chapter_order():
        known = {path.stem.replace("_", "-") for path in exercise.wrong_files}
        assert set(related()[exercise.slug].cards) <= known, exercise.slug


def test_each_card_has_a_question_in_which_its_mistake_can_be_made():
    assert len(CARDS) > 80
    for card in CARDS:
        question = question_for(card, [])
        assert question.topic == topic_of(card)
        mistake = mistake_of(card)
        assert not mistake or mistake in {entry.slug for entry in question.misconceptions}, card


def test_a_mistake_belongs_to_its_own_cards_or_to_the_exercises_first_topic():
    assert cards_of("conv", "kernel-flipped") == ("convolution/kernel-flipped",)
    assert cards_of("conv", "one-that-is-new") == ("convolution",)
    assert cards_of("conv", "uint8-wraps") == ()
    assert cards_of("gone", "kernel-flipped") == ()


def test_an_exercise_that_the_table_does_not_have_brings_the_topics_that_questions_have_too(tmp_path, monkeypatch):
    (tmp_path / "practise.toml").write_text('[conv]\ntopics = ["convolution"]\n')
    monkeypatch.setattr(table, "FILE", tmp_path / "practise.toml")
    fresh = table.related.__wrapped__()
    assert next(iter(fresh)) == "conv"
    assert fresh["padding"].topics == ("padding", "output size")
    assert fresh["padding"].of("same-always-one") == ("padding",)
    assert set(fresh) == {e.slug for e in in_chapter_order()}


def test_topics_of_what_was_tried_come_first_and_none_is_read_by_a_person():
    from tests.practice.days import tried

    assert topics()[:2] == ["convolution", "output size"]
    assert topics([tried(0, exercise="pruning")])[0] == "pruning"
    assert set(topics()) == set(generators())
    assert not any("ESSAY" in load(slug).kinds for found in generators().values() for slug in found)
    assert build(generators()["pruning"][0], 1).topic == "pruning"
