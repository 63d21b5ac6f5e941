"""Options give nothing away: no blind rule is right more often than chance, and every option can be."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.leaks import PAGE, START
from generators.build import build
from generators.leaks import option_set, related, shares, steps_of
from generators.model import QuestionKind
from generators.registry import load, slugs
from generators.stats import possible, stats

ASKED = [slug for slug in slugs() if QuestionKind.MCQ in load(slug).kinds]


def leaks(slug: str, sample: int) -> list[str]:
    return next(entry for entry in stats(slug, sample, counted=False) if entry.kind == QuestionKind.MCQ).leaks


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["macs", "one_by_one", "conv_params", "pool_saving"])
def test_what_used_to_be_guessed_is_guessed_no_more(slug: str) -> None:
    assert leaks(slug, 150) == []


def test_no_rule_is_right_in_more_than_32_percent_of_the_table() -> None:
    """Of 2,000 MCQs of each generator."""
    head, _, *lines = PAGE.read_text(encoding="utf-8").partition(START)[2].strip().splitlines()
    rows = {name.strip(): list(map(int, rates)) for name, *rates in (line.strip("| ").split("|") for line in lines)}
    assert head.startswith("| 2,000 MCQs each")
    assert set(rows) == {*ASKED, "*all*"}
    assert {name: max(rates) for name, rates in rows.items() if max(rates) > 32} == {}


@pytest.mark.sampled(ci=6)
@pytest.mark.slow
@pytest.mark.parametrize("slug", ASKED)
def test_no_rule_is_right_in_more_than_a_third(slug: str) -> None:
    assert leaks(slug, 200) == []


def test_every_option_can_be() -> None:
    for slug in ASKED:
        for seed in range(8):
            question = build(slug, seed, QuestionKind.MCQ)
            assert possible(question) == len(question.options), (slug, seed, question.options)


def test_the_hub_is_seen() -> None:
    options = option_set(["36", "12", "108", "72"], steps_of("3 filters on 14 pixels"))
    assert related(36, 12, (3.0, 14.0))
    assert not related(12, 72, (3.0, 14.0))
    assert shares(options, 0)["the hub"] == 1
    assert shares(options, 0)["the lower middle"] == 1
    assert shares(options, 3)["the largest"] == 0


def test_two_mistakes_at_once_are_both_explained() -> None:
    found = 0
    for seed in range(60):
        question = build("macs", seed, QuestionKind.MCQ)
        whys = {entry.slug: entry.why for entry in question.misconceptions}
        for slug in (option.misconception for option in question.options):
            for one, other in pairwise((slug or "").split("-and-")):
                assert whys[slug] == f"Two mistakes at once. {whys[one]} {whys[other]}"
                found += 1
    assert found > 20
