"""Statistics of generators: counted, not estimated, and they find leaks that are there."""

from __future__ import annotations

import json
from math import comb
from pathlib import Path

import pytest
from click.testing import CliRunner

from generators import questions, registry
from generators.model import QuestionKind
from generators.stats import chi_square, stats, tail, upper_gamma, variants
from grader.cli.group import cli


def test_variants_are_counted_exactly() -> None:
    assert variants("block_field", QuestionKind.NAT) == len(
        {registry.load("block_field")(**params).prompt for params in _space("block_field")}
    )
    assert variants("order_steps", QuestionKind.ORDER) == len(_space("order_steps"))
    assert variants("conv_by_hand", QuestionKind.MATRIX) is None


def _space(slug: str) -> list[dict[str, object]]:
    from generators.draw import enumerate_space

    generator = registry.load(slug)
    return list(enumerate_space(generator.space, generator.where) or ())


def test_an_mcq_without_enough_wrong_answers_is_no_variant(own: Path) -> None:
    _write(own, "few", "n + 1", "[Wrong(n, 'a', 'A.'), Wrong(7, 'b', 'B.'), Wrong(2, 'c', 'C.')]", "range(1, 6)")
    assert variants("few", QuestionKind.NAT) == 5
    assert variants("few", QuestionKind.MCQ) == 3  # n = 1 and n = 2 leave two different wrong answers


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A second folder of generators."""
    monkeypatch.setattr(questions, "__path__", [*questions.__path__, str(tmp_path)])
    registry.slugs.cache_clear()
    yield tmp_path
    registry.slugs.cache_clear()
    registry.load.cache_clear()


def _write(folder: Path, slug: str, key: str, wrong: str, domain: str) -> None:
    (folder / f"{slug}.py").write_text(
        "from generators.authoring import Ask, Wrong, about, drawn\n"
        f'@about("demo", "Apply", "beginner", kinds="NAT MCQ")\n@drawn(n={domain})\n'
        'def question(n: int) -> Ask:\n    """Demo."""\n'
        f'    return Ask(f"{{n}}?", {key}, ["."], {wrong})\n'
    )


def test_a_key_that_is_always_the_largest_is_found(own: Path) -> None:
    _write(own, "largest", "1000 + n", "[Wrong(i * n, str(i), '.') for i in range(1, 5)], possible=(0, 1000 + n)",
           "range(1, 90)")  # fmt: skip
    mcq = next(entry for entry in stats("largest", 200) if entry.kind == QuestionKind.MCQ)
    assert any(leak.startswith("the largest: right 200 of 200") for leak in mcq.leaks)


def test_an_answer_that_is_always_the_same_is_found(own: Path) -> None:
    _write(own, "zero", "0", "[Wrong(n + i, str(i), '.') for i in range(4)]", "range(1, 90)")
    nat = next(entry for entry in stats("zero", 100) if entry.kind == QuestionKind.NAT)
    assert nat.leaks == ["always 0: right 100 of 100 times, chance 5%"]


@pytest.mark.slow
def test_places_of_the_key_are_even() -> None:
    mcq = next(entry for entry in stats("conv_params", 400) if entry.kind == QuestionKind.MCQ)
    assert sum(mcq.keys.values()) == 400
    assert mcq.balance
    assert mcq.balance > 0.001


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([25, 25, 25, 25], 1.0), ([30, 20], 0.1573), ([40, 20, 20, 20], 0.0073839), ([10, 20, 30], 0.0067379)],
)
def test_chi_square_against_its_tables(counts: list[int], expected: float) -> None:
    assert chi_square(counts) == pytest.approx(expected, abs=2e-5)


def test_tails() -> None:
    assert tail(0, 10, 0.25) == pytest.approx(1)
    assert tail(10, 10, 0.5) == pytest.approx(2**-10)
    assert tail(8, 10, 0.5) == pytest.approx(sum(comb(10, k) for k in (8, 9, 10)) / 2**10)
    assert upper_gamma(0.5, 0) == upper_gamma(1.5, 0) == upper_gamma(2.0, 0) == 1
    assert chi_square([5]) == chi_square([0, 0]) == 1


def test_the_command_prints_a_row_for_each_kind_and_names_leaks(own: Path) -> None:
    _write(own, "zero", "0", "[Wrong(n + i, str(i), '.') for i in range(4)]", "range(1, 90)")
    result = CliRunner().invoke(cli, ["quiz", "stats", "zero", "block_field", "--sample", "60"])
    assert result.exit_code == 1
    rows = [line.split()[:3] for line in result.stdout.splitlines()]
    assert ["zero", "NAT", "89"] in rows
    assert sum(row[:1] == ["block_field"] for row in rows) == 3  # MCQ, NAT, and the blind rules of MCQ
    assert "leak: zero as NAT: always 0" in result.stdout
    data = json.loads(CliRunner().invoke(cli, ["quiz", "stats", "zero", "--sample", "60", "--format", "json"]).stdout)
    assert [entry["variants"] for entry in data] == [89, 89]
    assert CliRunner().invoke(cli, ["quiz", "stats", "nonsense"]).exit_code == 2
