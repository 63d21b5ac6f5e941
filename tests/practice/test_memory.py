"""What is known and when it is due, from attempts and answers on a learner's days."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from grader.practice.memory import day_of, memory
from grader.practice.rating import RecallRating, rate
from tests.practice.days import FLIPPED, answered, at, tried

CARD = "convolution/kernel-flipped"


def card(events, day: float = 0, key: str = CARD):
    tries = [event for event in events if hasattr(event, "exercise")]
    return memory(tries, [event for event in events if event not in tries], at(day)).cards.get(key)


def test_a_mistake_in_code_comes_tomorrow_and_takes_two_right_answers():
    found = card([tried(0, FLIPPED)])
    assert (found.due, found.owed, found.lapse.exercise) == (date(2027, 3, 2), 2, "conv")
    once = card([tried(0, FLIPPED), answered(1, card=CARD)])
    assert (once.due, once.owed) == (date(2027, 3, 2), 1)
    assert card([tried(0, FLIPPED), answered(1, card=CARD, seconds=20)]).owed == 1  # easy is no way around it
    twice = card([tried(0, FLIPPED), answered(1, card=CARD), answered(1, card=CARD, seed=2)])
    assert twice.due > date(2027, 3, 2)
    assert (twice.asked, twice.right, twice.owed) == (2, 2, 1)


def test_the_same_mistake_again_does_not_put_it_off():
    found = card([tried(0, FLIPPED), tried(0, FLIPPED, hour=20), tried(1, FLIPPED)])
    assert found.due == date(2027, 3, 2)
    assert card([tried(0, FLIPPED), answered(1, card=CARD), tried(1, FLIPPED, hour=20)]).due == date(2027, 3, 3)


def test_what_is_known_comes_at_growing_intervals_and_what_is_forgotten_tomorrow():
    events, gaps, day = [answered(0, seconds=300)], [], 0
    for _ in range(5):
        due = card(events, key="convolution").due
        gaps.append((due - day_of(at(day))).days)
        day += gaps[-1]
        events.append(answered(day, seconds=300))
    assert gaps == sorted(gaps)
    assert gaps[0] >= 2
    assert gaps[-1] > 30
    forgotten = card([*events, answered(day + 1, right=False)], key="convolution")
    assert ((forgotten.due - day_of(at(day + 1))).days, forgotten.owed) == (1, 1)


def test_an_answer_counts_for_its_topic_what_it_was_asked_for_and_the_mistake_it_shows():
    shown = answered(0, right=False, card="output size/padding-once", topic="output size", mistake="padding-forgotten")
    cards = memory([], [shown], at(0)).cards
    assert set(cards) == {"output size", "output size/padding-once", "output size/padding-forgotten"}
    assert {c.owed for c in cards.values()} == {2}
    assert cards["output size/padding-forgotten"].lapse.title == "padding forgotten"


def test_the_chance_to_know_falls_with_the_days():
    events = [answered(0)]
    chances = [card(events, day, "convolution").recall for day in (0, 1, 2, 5, 30)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == 1
    assert 0.5 < chances[-1] < 0.9


def test_the_order_in_which_two_commands_wrote_changes_nothing():
    events = [tried(0, FLIPPED), answered(1, card=CARD), answered(1, card=CARD, at=at(1, 20)), tried(2, FLIPPED)]
    assert memory(events[::3], events[1:3], at(3)).cards == memory(events[::-3], events[2:0:-1], at(3)).cards


def test_at_two_in_the_morning_it_is_still_the_day_before():
    assert day_of(datetime(2027, 3, 2, 2).timestamp()) == date(2027, 3, 1)
    assert day_of(datetime(2027, 3, 2, 5).timestamp()) == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("changes", "rating"),
    [
        ({"right": False}, RecallRating.AGAIN),
        ({"seconds": 200}, RecallRating.GOOD),
        ({"seconds": 200, "helped": True}, RecallRating.HARD),
        ({"seconds": 600}, RecallRating.HARD),
        ({"seconds": 6000}, RecallRating.GOOD),  # who takes so long was elsewhere
        ({"seconds": None}, RecallRating.GOOD),
        ({"seconds": 60}, RecallRating.EASY),
        ({"seconds": 60, "kind": "MCQ"}, RecallRating.GOOD),  # it may be a guess
        ({"seconds": 60, "right": False, "helped": True}, RecallRating.AGAIN),
    ],
)
def test_how_well_an_answer_was_known(changes, rating):
    assert rate(answered(0, **changes)) is rating
