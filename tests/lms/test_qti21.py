"""QTI 2.1: by a schema of the specification's parts that are used, and played by an independent response processor."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generators import expression
from generators.export import qti21
from generators.export.qti21_items import clean
from generators.export.rich_text import paragraphs
from generators.export.tex import mathml
from generators.model import Question, QuestionKind
from generators.reading import rows_of
from tests.lms.samples import NASTY, THIRD, mixed, nasty, paper, questions
from tests.lms.trials import Trial, trials

HERE = Path(__file__).parent
NS = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1", "p": "http://www.imsglobal.org/xsd/imscp_v1p1",
      "m": "http://www.w3.org/1998/Math/MathML"}  # fmt: skip
played = pytest.mark.skipif(find_spec("pyslet") is None, reason="needs pyslet, which the extra `dev` brings")


@cache
def chosen() -> tuple[Question, ...]:
    return (*questions(), mixed())


@cache
def package() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(qti21.render(paper(chosen()))))


def schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(HERE / name))


def check_package(target: zipfile.ZipFile) -> None:
    """All documents by their schemas, all files in the manifest, all references to something."""
    items = schema("qti21.rng")
    for name in target.namelist():
        if name.endswith(".xml") and name != "imsmanifest.xml":
            items.assertValid(etree.fromstring(target.read(name)))
    manifest = etree.fromstring(target.read("imsmanifest.xml"))
    schema("imscp.rng").assertValid(manifest)
    files = manifest.xpath("//p:file/@href", namespaces=NS)
    assert sorted([*files, "imsmanifest.xml"]) == sorted(target.namelist())
    test = etree.fromstring(target.read("test.xml"))
    assert set(test.xpath("//q:assessmentItemRef/@href", namespaces=NS)) <= set(files)
    for name in target.namelist():
        if name.startswith("items/q"):
            sources = etree.fromstring(target.read(name)).xpath("//q:img/@src", namespaces=NS)
            assert {f"items/{source}" for source in sources} <= set(files)


def test_the_package_is_valid_and_complete():
    check_package(package())
    assert package().testzip() is None


def test_what_alt_has_no_room_for_stands_below_the_picture():
    long = [q for q in chosen() if q.picture and len(q.picture.alt) > qti21.LONGEST_ALT]
    assert long
    names = [name for name in package().namelist() if name.startswith("items/q")]
    told = "".join("".join(etree.fromstring(package().read(name)).itertext()) for name in names)
    assert all(f"The picture in words: {q.picture.alt}" in told for q in long)


@pytest.mark.parametrize(
    "fault",
    [("<itemBody>", "<itemBody><b>x</b>"), ('shuffle="false"', ""), ('baseType="identifier"', 'baseType="id"'),
     ("<responseIf>", "<responseIf><correct identifier='x'/>"), ("</itemBody>", "</itemBody><itemBody><p/></itemBody>"),
     ('identifier="SOLUTION"', 'identifier="a b"'), ('alt="', f'alt="{"x" * 256}')],
)  # fmt: skip
def test_the_schema_notices_faults(fault):
    items = (package().read(name).decode() for name in package().namelist() if name.startswith("items/q"))
    item = next(item for item in items if fault[0] in item)
    assert schema("qti21.rng").validate(etree.fromstring(item.encode()))
    assert not schema("qti21.rng").validate(etree.fromstring(item.replace(*fault).encode()))


def test_the_same_paper_gives_the_same_bytes():
    sample = paper(chosen()[:5])
    assert qti21.render(sample) == qti21.render(sample)


def response(question: Question, given: Any) -> dict[str, Any]:
    """The learner's answer in the variables of the item."""
    match question.kind:
        case QuestionKind.NAT:
            return {"RESPONSE": float(given)}
        case QuestionKind.MATRIX:
            rows = enumerate(rows_of(given), 1)
            return {f"ENTRY-{i}-{j}": float(value) for i, row in rows for j, value in enumerate(row, 1)}
        case QuestionKind.MATCH:
            return {"RESPONSE": [f"{item} O{option}" for item, option in given.items()]}
    return {"RESPONSE": given}


def play(target: bytes, sessions: list[tuple[str, dict[str, Any]]], folder: Path) -> dict[str, Any]:
    (folder / "package.zip").write_bytes(target)
    order = json.dumps({"package": str(folder / "package.zip"), "sessions": sessions})
    done = subprocess.run([sys.executable, str(HERE / "play_qti.py")], input=order, capture_output=True, text=True,
                          timeout=900)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _text(markup: str) -> str:
    return "".join(etree.fromstring(f'<x xmlns="{NS["q"]}">{clean(markup)}</x>').itertext())


def told(target: zipfile.ZipFile, name: str, shown: list[str]) -> list[str]:
    root = etree.fromstring(target.read(name))
    feedback = {node.get("identifier"): "".join(node.itertext()) for node in root.iterfind("q:modalFeedback", NS)}
    return [feedback[identifier] for identifier in shown if identifier != "SOLUTION"]


def check(question: Question, trial: Trial, outcome: dict[str, Any], explained: list[str], where: str) -> None:
    if trial.right:
        assert outcome["score"] == question.marks, where
        assert not explained, where
    else:
        wrong = -question.marks / 3 if question.kind == QuestionKind.MCQ else 0
        assert outcome["score"] == pytest.approx(wrong), where
    if trial.why:
        assert _text(paragraphs(trial.why, mathml)) in explained, where
    assert "SOLUTION" in outcome["feedback"], where


def played_right(asked: tuple[Question, ...], folder: Path) -> dict[str, Any]:
    """All trials of all questions in one package, checked; what the player says of the package."""
    tried = [(f"items/q{place:04d}.xml", question, trial) for place, question in enumerate(asked, 1)
             if question.kind != QuestionKind.ESSAY for trial in trials(question)]  # fmt: skip
    content = qti21.render(paper(asked))
    result = play(content, [(name, response(question, trial.given)) for name, question, trial in tried], folder)
    target = zipfile.ZipFile(io.BytesIO(content))
    for (name, question, trial), outcome in zip(tried, result["sessions"], strict=True):
        explained = told(target, name, outcome["feedback"])
        check(question, trial, outcome, explained, f"{name} {question.generator} {trial.given}")
    return result


@played
@pytest.mark.slow
def test_the_key_is_right_and_misconceptions_are_wrong_and_told(tmp_path, thorough):
    some = chosen() if thorough else chosen()[::4]
    result = played_right(some, tmp_path)
    items = [f"items/q{place:04d}.xml" for place in range(1, len(some) + 1)]
    assert [reference[1] for reference in result["items"]] == items
    kinds = {kind for _, kind, _, _ in result["manifest"]}
    assert kinds == {"imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1", "webcontent"}


@played
@pytest.mark.slow
def test_many_variants(tmp_path, thorough):
    many = questions(8 if thorough else 1)
    check_package(zipfile.ZipFile(io.BytesIO(qti21.render(paper(many)))))
    played_right(many, tmp_path)


@played
@pytest.mark.slow
def test_no_answer_costs_nothing(tmp_path):
    some = chosen()[::4]
    places = range(1, len(some) + 1)
    result = play(qti21.render(paper(some)), [(f"items/q{place:04d}.xml", {}) for place in places], tmp_path)
    assert {outcome["score"] for outcome in result["sessions"]} == {0.0}


def test_accepted_formulas_are_equal_to_the_key():
    for place, question in enumerate(chosen(), 1):
        if question.kind == QuestionKind.EXPRESSION:
            item = etree.fromstring(package().read(f"items/q{place:04d}.xml"))
            forms = item.xpath("//q:responseIf[q:setOutcomeValue[@identifier='SCORE']]//q:baseValue[@baseType='string']"
                               "/text()", namespaces=NS)  # fmt: skip
            assert len(forms) > 1
            assert all(expression.equal(expression.parse(form), expression.parse(question.answer)) for form in forms)


def test_rubrics_are_for_those_who_mark():
    for place, question in enumerate(chosen(), 1):
        if question.kind == QuestionKind.ESSAY:
            item = etree.fromstring(package().read(f"items/q{place:04d}.xml"))
            (block,) = item.iterfind(".//q:rubricBlock", NS)
            assert "candidate" not in block.get("view").split()
            assert all(_text(paragraphs(c.idea, mathml)) in "".join(block.itertext()) for c in question.rubric)


@pytest.mark.parametrize("kind", QuestionKind)
def test_hard_text_survives(kind, tmp_path):
    question = nasty(kind)
    content = qti21.render(paper((question,), NASTY))
    target = zipfile.ZipFile(io.BytesIO(content))
    check_package(target)
    item = etree.fromstring(target.read("items/q0001.xml"))
    shown = " ".join("".join(item.find("q:itemBody", NS).itertext()).split())
    assert "a<b & c>d ]]> {x} ~y =z #1 : \\n ( 50 % -> “é” [html] ::t:: // bold c*d{} |" in shown
    assert "x = {1} # ~" in shown
    assert item.xpath("//q:td//m:math", namespaces=NS)
    assert item.xpath("//q:img/@alt", namespaces=NS) == [question.picture.alt]
    assert target.read("items/pictures/q0001.svg").decode() == question.picture.svg
    if kind != QuestionKind.ESSAY and find_spec("pyslet"):
        tried = list(trials(question))
        result = play(content, [("items/q0001.xml", response(question, trial.given)) for trial in tried], tmp_path)
        for trial, outcome in zip(tried, result["sessions"], strict=True):
            check(question, trial, outcome, told(target, "items/q0001.xml", outcome["feedback"]), str(trial.given))


def test_what_is_lost_is_said():
    lossless = {QuestionKind.MCQ, QuestionKind.MSQ, QuestionKind.ORDER, QuestionKind.MATCH, QuestionKind.ESSAY}
    for question in chosen():
        assert bool(list(qti21.losses(question))) == (
            question.kind not in lossless and (question.kind != QuestionKind.NAT or question is THIRD)
        )
