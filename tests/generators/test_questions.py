"""What every question promises: form, distractors, reproducibility, speed."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generators import questions, registry
from generators.authoring import Ask, rounded
from generators.build import build, rebuild
from generators.chapter import CHAPTER
from generators.draw import DrawError, Stream
from generators.expression import equal, parse
from generators.marking import diagnose, mark
from generators.model import BLOOM, DIFFICULTY, Question, QuestionKind, plain
from generators.reading import read
from generators.registry import load, slugs

CASES = [(slug, kind) for slug in slugs() for kind in load(slug).kinds]
FORM = ["generator", "version", "seed", "params", "kind", "marks", "topic", "bloom", "difficulty", "minutes", "prompt",
        "options", "answer", "range", "solution", "misconceptions", "items", "picture", "rubric",
        "unit", "follow"]  # fmt: skip
SLIPS = re.compile(r"(?<!\.)\.\.(?!\.)|(?:^|[a-z,;] )1 (?:pixels|places|images|bytes|channels)\b|\bbehind (?:it|the)\b")
"""Two full stops, a plural of one, a word that does not mean "after"."""
TEX = {"cdot", "lfloor", "rfloor", "le", "ge", "approx", "sum", "begin", "end", "times"}


def texts(question: Question) -> list[str]:
    lines = [
        question.prompt,
        *question.solution,
        *(o.text for o in question.options),
        *(m.why for m in question.misconceptions),
    ]
    return lines + [item.text for item in question.items]


@pytest.mark.parametrize("slug, kind", CASES)
def test_form(slug: str, kind: QuestionKind, thorough: bool) -> None:
    for seed in range(50 if thorough else 8):
        question = build(slug, seed, kind)
        record = question.as_json()
        assert list(record) == FORM
        assert json.loads(json.dumps(record, allow_nan=False)) == record
        assert Question.from_json(record).as_json() == record
        assert question.bloom in BLOOM
        assert question.difficulty in DIFFICULTY
        assert question.marks in (1, 2) or kind == QuestionKind.ESSAY
        assert len(question.solution) >= 2
        assert rebuild(slug, record["params"], seed, kind).as_json() == record
        for text in texts(question):
            assert text.strip() == text != ""
            assert set(re.findall(r"\\([a-z]+)", text)) <= TEX, text
            assert text.count("$") % 2 == 0, text
            assert not SLIPS.search(text), text
            assert not re.search(r"Fraction\(|None|\{|\}(?!\$| )", re.sub(r"\\(begin|end)\{bmatrix\}", "", text)), text
        for misconception in question.misconceptions:
            assert re.fullmatch(r"[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*", misconception.slug)


def test_an_essay_has_a_rubric_for_all_its_marks() -> None:
    for seed in range(60):
        question = build("essay", seed)
        assert sum(criterion.marks for criterion in question.rubric) == question.marks >= 5
        assert question.answer
        assert all(criterion.idea and criterion.accept for criterion in question.rubric)
        assert mark(question, "Anything.").outcome == "unmarked"


@pytest.mark.parametrize("slug, kind", [case for case in CASES if case[1] != QuestionKind.ESSAY])
def test_answer_is_right_and_misconceptions_are_found(slug: str, kind: QuestionKind, thorough: bool) -> None:
    for seed in range(15 if thorough else 5):
        question = build(slug, seed, kind)
        assert mark(question, written(question, question.answer)).outcome == "right"
        for wrong in question.misconceptions:
            if kind == QuestionKind.MCQ and wrong.value not in [o.key for o in question.options]:
                continue
            pair = kind == QuestionKind.MATCH  # its mistakes are single pairs
            given = written(question, question.answer | wrong.value if pair else wrong.value)
            assert mark(question, given).outcome == "wrong", (question.params, wrong)
            assert diagnose(question, read(question, given)) is not None


def written(question: Question, answer: object) -> str:
    """An answer as a learner would type it."""
    if question.kind == QuestionKind.MATRIX:
        return json.dumps(plain(answer))
    if isinstance(answer, dict):
        return ", ".join(f"{item}-{option}" for item, option in answer.items())
    return " ".join(answer) if isinstance(answer, list) else str(answer)


@pytest.mark.parametrize("slug, kind", [case for case in CASES if case[1] in (QuestionKind.MCQ, QuestionKind.NAT)])
def test_distractors_differ(slug: str, kind: QuestionKind, thorough: bool) -> None:
    for seed in range(200 if thorough else 25):
        question = build(slug, seed, kind)
        if kind == QuestionKind.MCQ:
            assert len({option.text for option in question.options}) == 4
            assert [o.key for o in question.options if o.correct] == [question.answer]
            assert all(o.misconception for o in question.options if not o.correct)
            continue
        assert question.range
        low, high = question.range
        assert low <= question.answer <= high
        body = load(slug)(**question.params)
        assert isinstance(body, Ask)
        values = [wrong.value for wrong in question.misconceptions]
        typed = values if body.digits is None else [rounded(value, body.digits) for value in values]
        assert not any(low <= value <= high for value in typed)
        assert len(set(typed)) == len(typed)


@pytest.mark.parametrize("slug, kind", CASES)
def test_every_misconception_has_an_explanation_of_its_own(slug: str, kind: QuestionKind, thorough: bool) -> None:
    for seed in range(60 if thorough else 12):
        told: dict[str, str] = {}
        for wrong in build(slug, seed, kind).misconceptions:
            assert told.setdefault(wrong.why, wrong.slug) == wrong.slug, (seed, wrong.why)


def test_wrong_formulas_differ_for_sympy() -> None:
    for slug in ("stacked_expression", "residual_expression"):
        for seed in range(40):
            question = build(slug, seed)
            assert not any(equal(parse(question.answer), parse(wrong.value)) for wrong in question.misconceptions)


@pytest.mark.slow
def test_key_positions_and_ranks_are_even() -> None:
    """No position holds the key much more often than a quarter; the key is not mostly the largest or smallest."""
    for slug in ("output_size", "conv_params", "receptive_field", "fc_params"):
        positions, ranks = Counter[str](), Counter[int]()
        for seed in range(400):
            question = build(slug, seed, "MCQ")
            values = [int(option.text.replace(",", "")) for option in question.options]
            key = next(o.text for o in question.options if o.correct)
            positions[question.answer] += 1
            ranks[sorted(values).index(int(key.replace(",", "")))] += 1
        assert max(positions.values()) < 140, slug
        assert max(ranks[0], ranks[3]) < 160, (slug, ranks)


def digest(slug: str, seed: int) -> str:
    """Of all that is asked and answered; how the picture is drawn and what an essay's file says may become better."""
    record = build(slug, seed).as_json()
    if record["kind"] == QuestionKind.ESSAY:
        record = {"params": record["params"]}
    record.pop("picture", None), record.pop("rubric", None), record.pop("unit", None), record.pop("follow", None)
    text = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


GOLDEN = Path(__file__).with_name("golden.json")


def test_golden_hashes() -> None:
    """The same question for ever. If one of these changes, raise the generator's version and write its hashes anew."""
    golden = json.loads(GOLDEN.read_text())
    missing = {f"{slug}@{load(slug).version}": [digest(slug, seed) for seed in (0, 1, 7)] for slug in slugs()}
    assert set(golden) == set(missing), {name: hashes for name, hashes in missing.items() if name not in golden}
    for name, hashes in golden.items():
        now = [digest(name.split("@")[0], seed) for seed in (0, 1, 7)]
        assert now == hashes, f'"{name}": {json.dumps(now)}'


def test_seeds_do_not_depend_on_the_process() -> None:
    """Neither hash randomisation nor earlier draws move anything."""
    code = "from generators.build import build; print(build('layer_trace', 11).as_json())"
    runs = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True,
                       check=True,
                       cwd=Path(registry.__file__).parents[1]).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert runs == {f"{build('layer_trace', 11).as_json()}\n"}


def test_streams_are_uniform_and_independent() -> None:
    stream = Stream("a", 1)
    counts = Counter(stream.below(6) for _ in range(6000))
    assert all(850 < counts[i] < 1150 for i in range(6))
    assert [Stream("a", 1).below(10**9)] != [Stream("a", 2).below(10**9)]
    assert sorted(Stream("b").shuffled(range(20))) == list(range(20))
    with pytest.raises(DrawError):
        stream.below(0)


def test_impossible_constraints_fail_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    from generators import build as module
    from generators.authoring import about, drawn

    @about("none", "Apply", "beginner", kinds="NAT")
    @drawn(n=[1, 2], where=lambda n: n > 2)
    def question(n: int) -> Ask:
        return Ask("?", n, ["."])

    monkeypatch.setattr(module, "load", lambda slug: question)
    with pytest.raises(DrawError, match="no good question"):
        build("impossible", 1)


def test_unknown_generators_and_kinds_are_refused() -> None:
    with pytest.raises(KeyError):
        build("nonsense", 1)
    with pytest.raises(ValueError, match="can be asked as MCQ or NAT"):
        build("output_size", 1, "ESSAY")


def test_too_few_wrong_answers_fail_loudly_with_given_parameters() -> None:
    with pytest.raises(DrawError, match="wrong answers"):
        rebuild("cosine_similarity", {"u": [4, 3], "v": [-3, 4]}, kind="MCQ")


def test_a_generator_is_one_short_file() -> None:
    for path in Path(questions.__path__[0]).glob("*.py"):
        lines = [line for line in path.read_text().splitlines() if line.strip()]
        assert len(lines) < 40, path.name


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A second folder of questions, for files that a test writes."""
    monkeypatch.setattr(questions, "__path__", [*questions.__path__, str(tmp_path)])
    registry.slugs.cache_clear()
    yield tmp_path
    registry.slugs.cache_clear()


def test_adding_a_generator_is_adding_a_file(own_folder: Path) -> None:
    (own_folder / "adding_one.py").write_text(
        "from generators.authoring import Ask, Wrong, about, drawn\n"
        '@about("demo", "Apply", "beginner", kinds="NAT")\n@drawn(n=range(2, 9))\n'
        'def question(n: int) -> Ask:\n    """Demo."""\n'
        '    return Ask(f"{n} + 1?", n + 1, [f"{n} + 1 = {n + 1}."], [Wrong(n, "not-added", "Add 1.")])\n'
    )
    assert build("adding_one", 3).misconceptions[0].slug == "not-added"


def test_a_question_costs_few_calls() -> None:
    """Its cost as a count, which no load changes; `benchmarks/questions.py` measures the seconds."""
    names, calls = slugs(), 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    mixed = [(load(slug).slug, seed) for seed, slug in enumerate(names * 2)]
    sys.setprofile(count)
    try:
        for slug, seed in mixed:
            json.dumps(build(slug, seed).as_json())
    finally:
        sys.setprofile(None)
    assert calls / len(mixed) < 2_000


def test_importing_needs_no_framework() -> None:
    code = (
        "import sys; from generators.build import build; from generators.registry import slugs\n"
        "for slug in slugs(): build(slug, 1)\n"
        "print([m for m in ('torch', 'numpy', 'sympy', 'grader') if m in sys.modules])"
    )
    root = Path(registry.__file__).parents[1]
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root).stdout
    assert out.strip() == "[]"


def key(row: int, item: str) -> Any:
    return next(entry for entry in CHAPTER if entry.row == row and entry.item == item).key()


def test_chapter() -> None:
    """The chapter's numeric items with corrected keys, in the order of the table."""
    golden = [
        "36", "9", "3", "5", "7", "101", "112", "150,529,000", "600.00 MB", "2.5", "27", "5,575.11", "1,354,752", "28",
        "1,792", "9,633,856", "5,376.04", "[[-2, -2], [2, -4]]", "28", "1,216", "12", "1", "25", "3", "5", "7", "4",
        "1", "2", "3", "44", "62", "4", "[[3, 4], [4, 3]]", "[[1.75, 2.25], [2.5, 1.75]]", "102,764,544", "512", "0",
        "0", "24", "12", "8", "4", "512", "416", "12,832", "61,560", "1,210", "76,018",
        "[[28, 6], [14, 6], [10, 16], [5, 16], [1, 120]]", "61,706", "28 %", "45 %", "256", "163,696", "16,448",
        "590,080", "164,160", "3.6", "1/1048576", "0", "1,792", "73,856", "81,930", "157,578",
        "[[56, 32], [7, 96], [4, 320], [4, 1280]]", "163,968", "9.83", "10.00", "14", "7", "784", "9,098", "14", "7",
        "5", "2", "64", "512", "160,074", "469", "96", "512", "18,378",
        "[[112, 64], [56, 64], [56, 256], [28, 512], [14, 1024], [7, 2048]]", "2,049,000", "73,728", "8,768", "8.41",
        "7.3", "31", "4,640", "D + 1", "32,832", "294,976", "480", "524,544", "1,542", "526,086", "24,034,118",
        "150,528", "18*C^2", "27*C^2", "25*C^2", "49*C^2", "64", "3,584", "16", "147,712", "112", "56", "102,764,544",
        "74.3 %", "590,080", "68,096", "8.67", "7", "9", "70,016", "1,180,160", "16.9", "3", "5",
        "[[2, 0, 2], [0, 2, 0], [2, 0, 2]]", "[[7, 512]]", "1.92", "83.2 %", "8", "11",
    ]  # fmt: skip
    assert [entry.shown() for entry in CHAPTER] == golden
    head = [key(78, "Soil head: 2048 → 256"), key(78, "Soil head: 256 → 6 (together 526,086)")]
    assert sum(head) == 526_086
    assert key(41, "Twenty blocks with F = −x/2") == Fraction(1, 2**20)


def test_chapter_prints_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    from generators.chapter import main

    main()
    assert "160,074  138,442" in capsys.readouterr().out
