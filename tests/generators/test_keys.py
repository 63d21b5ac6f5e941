"""Every key agrees with a second, independent method."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
import pytest

from generators.authoring import Ask, Body, Essay, Match, Order, Which
from generators.draw import Redraw, draw_params, enumerate_space, first_good
from generators.expression import evaluate, parse
from generators.registry import load, slugs
from generators.statements import BANKS
from tests.generators.oracles import ORACLES

THEMES = {f"{theme}_statements" for theme in BANKS}
DATA = {"essay", "order_steps", "match_architectures", "output_activation", "feature_levels", "augmentation",
        "holds_when", *THEMES}
"""Their keys are the data itself; nothing is computed."""


def drawn(slug: str, seeds: int, known: set[str]) -> Iterator[tuple[dict[str, Any], Body]]:
    """The questions among these seeds that are not known yet."""
    generator = load(slug)

    def attempt(turn: int) -> tuple[dict[str, Any], Body | None]:
        params = draw_params(name, generator.space, generator.where, turn)
        return params, generator(**params) if str(params) not in known else None

    for seed in range(seeds):
        name = (slug, generator.version, seed, generator.kinds[seed % len(generator.kinds)])
        params, body = first_good(name, attempt)
        known.add(str(params))
        if body is not None:
            yield params, body


def agree(body: Body, expected: Any) -> bool:
    """Whether the key is what the oracle says: exactly for whole numbers, to rounding for its floats."""
    if isinstance(body, Which):
        return _lines_agree(body, expected)
    assert isinstance(body, Ask)
    if isinstance(body.key, str):
        return all(
            evaluate(parse(body.key), {n: Fraction(v) for n, v in (at.split("=") for at in point.split(","))}) == number
            for point, number in expected.items()
        )
    if isinstance(expected, int) and isinstance(body.key, (int, Fraction)):
        return body.key == expected
    key = np.array(body.key, dtype=float)
    return key.shape == np.shape(expected) and np.allclose(key, expected, rtol=1e-12, atol=1e-12)


def _lines_agree(body: Which, expected: Any) -> bool:
    """Expected: which lines are right; the number that each line should state (tuple); the right values of all."""
    right = [not line.slug for line in body.lines]
    if isinstance(expected[0], bool):
        return right == expected
    if isinstance(expected, tuple):
        return right == [f" {value:,} " in line.text for line, value in zip(body.lines, expected, strict=True)]
    values = [int(re.findall(r"-?\d+", line.text)[-1]) for line in body.lines]
    first = next(i for i, (value, good) in enumerate(zip(values, expected[0], strict=True)) if value != good)
    return right == [i == first for i in range(len(values))]


def verify(slug: str, params: dict[str, Any], body: Body) -> None:
    expected = ORACLES[slug](**params)
    assert agree(body, expected), f"{slug} {params}: {getattr(body, 'key', body)} but {expected}"


def check(slug: str, seeds: int) -> set[str]:
    known: set[str] = set()
    for params, body in drawn(slug, seeds, known):
        verify(slug, params, body)
    return known


def test_every_generator_has_an_oracle() -> None:
    assert set(ORACLES) == set(slugs()) - DATA


@pytest.mark.parametrize("slug", sorted(ORACLES))
def test_keys(slug: str) -> None:
    check(slug, 40)


@pytest.mark.sampled(ci=16)
@pytest.mark.slow
@pytest.mark.parametrize("slug", sorted(ORACLES))
def test_keys_of_many_seeds(slug: str, thorough: bool) -> None:
    """Then what is left of the space where it is finite; `tests.generators.recompute` tries any number."""
    known = check(slug, 2_000 if thorough else 400)
    generator = load(slug)
    for params in islice(enumerate_space(generator.space, generator.where) or (), 4_000 if thorough else 1_000):
        if str(params) not in known:
            with contextlib.suppress(Redraw):
                verify(slug, params, generator(**params))


def test_lines_of_worked_solutions_say_how_they_follow() -> None:
    """The arithmetic that is shown for a line gives its value."""
    for _, body in drawn("spot_error", 200, set()):
        assert isinstance(body, Which)
        for text in [*(line.why for line in body.lines if line.slug), *body.steps]:
            sum_, value = re.search(r": (?:it has to be )?([^:;]+) = (\d+)[.;,]", text).groups()  # type: ignore[union-attr]
            python = sum_.replace("⌊", "(").replace("⌋", ")").replace("/", "//").replace("·", "*").replace("−", "-")
            assert re.fullmatch(r"[\d()*+/ -]+", python)
            assert eval(python) == int(value), text


def parts(body: Body) -> list[object]:
    """What has to be put in order, matched or written about."""
    if isinstance(body, Order):
        return list(body.lines)
    if isinstance(body, Which):
        return list(body.lines)
    if isinstance(body, Match):
        return [*body.pairs.values(), *body.others]
    assert isinstance(body, Essay)
    return [*body.rubric, *body.model]


def test_data_is_whole() -> None:
    for slug in DATA:
        for _, body in drawn(slug, 200, set()):
            assert len(set(map(str, parts(body)))) == len(parts(body)) >= 4


def test_statements_of_a_theme_differ_in_nothing_but_truth() -> None:
    """Enough of both, no name twice, and of about the same length, so that length tells nothing."""
    for theme, bank in BANKS.items():
        assert len({myth.slug for myth in bank.myths}) == len(bank.myths) >= 18 <= len(bank.facts)
        lengths = [sum(len(entry.text) for entry in entries) / len(entries) for entries in (bank.facts, bank.myths)]
        assert abs(lengths[0] - lengths[1]) < 8, theme


ABSOLUTE = re.compile(r"\b(all|alone|always|any|cannot|every|exactly|must|never|only)\b", re.IGNORECASE)


def test_absolute_words_are_as_often_right_as_wrong() -> None:
    """Who takes "always" and "only" for signs of a wrong statement wins nothing."""
    for theme, bank in BANKS.items():
        right, wrong = (sum(bool(ABSOLUTE.search(entry.text)) for entry in part) for part in (bank.facts, bank.myths))
        assert right == wrong >= 5, theme


def test_every_statement_says_when_it_holds() -> None:
    for theme, bank in BANKS.items():
        for entry in (*bank.facts, *bank.myths):
            assert entry.holds, (theme, entry.text)
            assert not entry.holds[0].isupper() or entry.holds.startswith("F"), entry.holds
            assert not entry.holds.endswith("."), entry.holds
        assert len(bank.conditions) >= 5
        for claim, holds, others in bank.conditions:
            assert len({holds, *(text for text, _, _ in others)}) == 4, claim


def test_well_known_shapes() -> None:
    """Against the papers, stage by stage or at the end."""
    from generators.architectures import shapes

    assert [s[1:] for s in shapes("AlexNet", 224)] == [
        (55, 96),
        (27, 96),
        (27, 256),
        (13, 256),
        (13, 384),
        (13, 384),
        (13, 256),
        (6, 256),
    ]
    assert [s[1:] for s in shapes("LeNet-5", 32)] == [(28, 6), (14, 6), (10, 16), (5, 16), (1, 120)]
    assert [s[1:] for s in shapes("ResNet-50", 224)] == [
        (112, 64), (56, 64), (56, 256), (28, 512), (14, 1024), (7, 2048)]  # fmt: skip
    assert [s[1:] for s in shapes("VGG-16", 224)] == [
        *[(224, 64)] * 2, (112, 64), *[(112, 128)] * 2, (56, 128), *[(56, 256)] * 3, (28, 256), *[(28, 512)] * 3,
        (14, 512), *[(14, 512)] * 3, (7, 512)]  # fmt: skip
    assert [s[1:] for s in shapes("GoogLeNet", 224)] == [
        (112, 64), (56, 64), (56, 64), (56, 192), (28, 192), (28, 256), (28, 480), (14, 480), *[(14, 512)] * 3,
        (14, 528), (14, 832), (7, 832), (7, 832), (7, 1024)]  # fmt: skip
    assert [s[1:] for s in shapes("MobileNetV2", 224)] == [
        (112, 32), (112, 16), *[(56, 24)] * 2, *[(28, 32)] * 3, *[(14, 64)] * 4, *[(14, 96)] * 3, *[(7, 160)] * 3,
        (7, 320), (7, 1280)]  # fmt: skip
    assert len([s for s in shapes("VGG-16", 224) if s[0].startswith("conv")]) == 13
    assert len([s for s in shapes("MobileNetV2", 224) if s[0].startswith("inverted")]) == 17
    assert [s[1:] for s in shapes("MobileNetV2", 112)][-2:] == [(4, 320), (4, 1280)]
