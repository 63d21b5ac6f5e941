"""Today's list: what comes, why, and no more than a day bears; and the questions with fresh numbers."""

from __future__ import annotations

from datetime import date

import pytest

from generators.forms import identity
from generators.model import DIFFICULTY
from generators.registry import load
from grader.practice.asking import question_for
from grader.practice.catalogue import generators
from grader.practice.memory import memory
from grader.practice.today import AT_MOST, NEW, WhyDue, today, topics
from grader.practice.words import coming, summary, when, whence, why
from tests.practice.days import FLIPPED, answered, at, tried

CARD = "convolution/kernel-flipped"


def listed(tries=(), answers=(), day: float = 0):
    return today(memory(tries, answers, at(day)), tries, answers, at(day))


def test_a_newcomer_meets_two_topics_and_no_more_that_day():
    first = listed()
    assert [(card.key, card.why) for card in first.due] == [("convolution", WhyDue.NEW), ("output size", WhyDue.NEW)]
    both = [answered(0), answered(0, card="output size")]
    after = listed((), both)
    assert (after.due, after.done, after.later) == ((), 2, date(2027, 3, 2))
    assert summary(after) == "Done for today: 2 questions answered. More tomorrow."


def test_who_flipped_the_kernel_meets_two_questions_on_it_tomorrow():
    mistake = [tried(0, FLIPPED)]
    assert CARD not in [card.key for card in listed(mistake).due]
    assert coming(listed(mistake)) == "Tomorrow: 2 questions on what went wrong or fades."
    tomorrow = listed(mistake, day=1)
    first = tomorrow.due[0]
    assert (first.key, first.owed) == (CARD, 2)
    assert why(first, tomorrow.day) == "You had “Kernel flipped” in conv yesterday."
    assert whence(first, tomorrow.day) == "because of conv yesterday"  # beside the question: nothing is given away


def test_a_topic_comes_with_its_mistakes_and_once_they_are_right_it_is_done():
    events = [answered(0, right=False, mistake="kernel-flipped", at=at(0))]
    assert [card.key for card in listed((), events, 1).due if card.why is not WhyDue.NEW] == [CARD]
    events += [answered(1, card=CARD), answered(1, card=CARD, at=at(1, 20))]
    assert "convolution" not in {card.topic for card in listed((), events, 1).due}


def test_a_day_bears_a_bound_and_the_rest_waits():
    answers = [answered(0, right=False, card=topic) for topic in topics()]
    full = listed((), answers, 1)
    assert full.questions <= AT_MOST
    assert full.waiting == len(topics()) - len(full.due)
    done = [answered(1, card=full.due[0].key) for _ in range(AT_MOST)]
    over = listed((), answers + done, 1)
    assert (over.due, over.later) == ((), date(2027, 3, 3))
    assert sum(card.why is WhyDue.NEW for card in listed(day=5).due) == NEW


def test_all_known_is_a_calm_day_with_the_next_one_named():
    answers = [answered(0, card=topic, seconds=60) for topic in topics()]
    quiet = listed((), answers, 2)
    assert quiet.due == ()
    assert quiet.later == min(card.due for card in memory((), answers, at(2)).cards.values())
    assert summary(quiet).startswith("Nothing is due today. More on ")


def test_what_is_no_longer_asked_is_forgotten_quietly():
    assert not [card for card in listed((), [answered(0, right=False, card="a topic that went")], 1).due
                if card.topic == "a topic that went"]  # fmt: skip


@pytest.mark.parametrize(
    ("then", "said"),
    [(date(2027, 3, 1), "today"), (date(2027, 2, 28), "yesterday"), (date(2027, 3, 2), "tomorrow"),
     (date(2027, 3, 5), "on Friday"), (date(2027, 2, 25), "on Thursday"), (date(2027, 2, 1), "on 1 February"),
     (date(2028, 3, 1), "on 1 March 2028")],
)  # fmt: skip
def test_days_are_called_as_people_call_them(then, said):
    assert when(then, date(2027, 3, 1)) == said


def test_numbers_are_fresh_each_time_and_stay_until_they_are_answered():
    answers, seen = [], []
    for number in range(8):
        question = question_for(CARD, answers)
        assert question_for(CARD, answers) == question
        assert "kernel-flipped" in {entry.slug for entry in question.misconceptions}
        seen.append(identity(question.generator, question.params))
        answers.append(answered(number, card=CARD, generator=question.generator, seed=question.seed,
                                kind=str(question.kind), version=question.version))  # fmt: skip
    assert len(set(seen)) == 8
    assert len({answer.generator for answer in answers}) > 1


def test_a_topics_first_question_is_one_of_its_easiest():
    for topic, slugs in generators().items():
        easiest = min(DIFFICULTY.index(load(slug).difficulty) for slug in slugs)
        assert DIFFICULTY.index(load(question_for(topic, []).generator).difficulty) == easiest
