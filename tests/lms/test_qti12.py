"""QTI 1.2 for Canvas: by the standard's own DTD, and imported and answered by Canvas's rules."""

from __future__ import annotations

import io
import tarfile
import zipfile
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from lxml import etree, html

from generators import expression
from generators.export import accepted, qti12
from generators.export.rich_text import paragraphs
from generators.export.tex import mathml
from generators.model import Question, QuestionKind
from generators.reading import rows_of
from tests.lms.canvas_importer import Imported, read
from tests.lms.samples import NASTY, THIRD, TOOLS, ZERO, mixed, nasty, paper, questions
from tests.lms.test_qti21 import schema
from tests.lms.trials import Trial, trials

SOURCE = TOOLS / "pyslet-0.7.20170805.tar.gz"
DTD = "pyslet-0.7.20170805/unittests/data_imsqtiv1p2p1/ims_qtiasiv1p2p1.dtd"
standard = pytest.mark.skipif(
    not SOURCE.exists(), reason="needs `pip download --no-deps --no-binary pyslet --dest .lms pyslet==0.7.20170805`"
)


@cache
def chosen() -> tuple[Question, ...]:
    return (*questions(), mixed())


@cache
def package() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(qti12.render(paper(chosen()))))


@cache
def imported() -> list[tuple[Question, Imported]]:
    return list(zip(chosen(), read(package()), strict=True))


@cache
def dtd() -> etree.DTD:
    with tarfile.open(SOURCE) as archive:
        return etree.DTD(archive.extractfile(DTD))


def validate(content: bytes) -> None:
    """By the DTD, which knows no namespaces."""
    plain = content.replace(b' xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"', b"")
    root = etree.fromstring(plain)
    assert dtd().validate(root), dtd().error_log.filter_from_errors()[:3]


@standard
def test_the_quiz_is_valid_by_the_standards_own_dtd():
    validate(package().read("paper7/paper7.xml"))


@standard
@pytest.mark.parametrize("fault", [(b"<resprocessing>", b"<resprocessing><b/>"), (b' ident="q0001"', b""),
                                   (b"<conditionvar>", b"<setvar>1</setvar><conditionvar>")])  # fmt: skip
def test_the_dtd_notices_faults(fault):
    content = package().read("paper7/paper7.xml")
    assert fault[0] in content
    with pytest.raises(AssertionError):
        validate(content.replace(*fault))


def test_the_manifest_names_every_file_and_no_newer_standard():
    content = package().read("imsmanifest.xml")
    manifest = etree.fromstring(content)
    schema("imscp.rng").assertValid(manifest)
    files = manifest.xpath("//*[local-name()='file']/@href")
    assert sorted([*files, "imsmanifest.xml"]) == sorted(package().namelist())
    assert b"qtiv2" not in content.lower()
    assert b"qti_v2" not in content.lower()


def respond(question: Question, target: Imported, given: Any) -> Any:
    """The learner's answer as Canvas gets it; options are found by what is written on them."""
    match question.kind:
        case QuestionKind.MCQ | QuestionKind.MSQ:
            by_key = {text[1]: answer for answer, text in target.answers.items()}
            return by_key[given] if question.kind == QuestionKind.MCQ else [by_key[key] for key in given]
        case QuestionKind.NAT:
            return accepted.decimal(given)
        case QuestionKind.MATRIX:
            rows = enumerate(rows_of(given), 1)
            return {f"r{i}c{j}": str(Fraction(value)) for i, row in rows for j, value in enumerate(row, 1)}
        case QuestionKind.ORDER:
            return {left: str(given.index(target.answers[left][1]) + 1) for left in target.right}
        case QuestionKind.MATCH:
            return {left: given[target.answers[left][0]] for left in target.right}
    return given


def check(question: Question, target: Imported, trial: Trial) -> None:
    share, told = target.grade(respond(question, target, trial.given))
    where = f"{target.name}: {trial.given}"
    assert (share == 1) == trial.right, where
    if trial.why and question.kind in (QuestionKind.MCQ, QuestionKind.MSQ):
        assert paragraphs(trial.why, mathml) in told, where
    elif trial.why and question.kind == QuestionKind.NAT:
        assert (
            html.fromstring(paragraphs(trial.why, mathml)).text_content()
            in html.fromstring(target.feedback["general_fb"]).text_content()
        ), where


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind != QuestionKind.ESSAY])
def test_the_key_is_right_and_misconceptions_are_wrong_and_told(kind):
    pairs = [pair for pair in imported() if pair[0].kind == kind]
    assert pairs
    for question, target in pairs:
        for trial in trials(question):
            check(question, target, trial)


def test_marks_are_kept():
    assert all(target.points == question.marks for question, target in imported())


def test_only_one_number_range_is_right():
    for question, target in imported():
        if question.kind == QuestionKind.NAT:
            assert len(target.right) == 1


def test_accepted_texts_are_equal_to_the_key():
    for question, target in imported():
        if question.kind == QuestionKind.EXPRESSION:
            key = expression.parse(question.answer)
            assert all(expression.equal(expression.parse(form), key) for form in target.right)
        if question.kind == QuestionKind.MATRIX:
            entries = [value for row in rows_of(question.answer) for value in row]
            for value, forms in zip(entries, target.right.values(), strict=True):
                assert all(abs(Fraction(form.replace("−", "-")) - value) <= Fraction(1, 2000) for form in forms)


def test_a_text_counts_as_zero_and_the_report_says_so():
    target = next(target for question, target in imported() if question is ZERO)
    assert target.grade("I do not know")[0] == 1
    assert any("is no number" in sentence for sentence in qti12.losses(ZERO))
    for question, target in imported():
        if question.kind == QuestionKind.NAT:
            reported = any("is no number" in sentence for sentence in qti12.losses(question))
            assert reported == (target.grade("?")[0] == 1)


def test_pictures_come_along():
    drawn = 0
    for question, target in imported():
        sources = html.fromstring(target.text).xpath("//img/@src")
        assert len(sources) == bool(question.picture)
        if question.picture:
            assert package().read(sources[0]).decode() == question.picture.svg
            drawn += 1
    assert drawn > 10


@pytest.mark.parametrize("kind", QuestionKind)
def test_hard_text_survives(kind):
    question = nasty(kind)
    target_package = zipfile.ZipFile(io.BytesIO(qti12.render(paper((question,), NASTY))))
    if SOURCE.exists():
        validate(target_package.read("paper7/paper7.xml"))
    (target,) = read(target_package)
    shown = " ".join(html.fromstring(target.text).text_content().split())
    assert shown.startswith("a<b & c>d ]]> {x} ~y =z #1 : \\n ( 50 % -> “é” [html] ::t:: // bold c*d{} |")
    assert "x = {1} # ~" in shown
    assert html.fromstring(target.text).xpath("//td//math")
    for trial in trials(question):
        if kind != QuestionKind.ESSAY:
            check(question, target, trial)


def test_what_is_lost_is_said():
    for question in chosen():
        said = " ".join(qti12.losses(question))
        assert ("negative" in said) == (question.kind == QuestionKind.MCQ)
        assert ("share" in said) == (question.kind in (QuestionKind.MATRIX, QuestionKind.ORDER, QuestionKind.MATCH)
                                     or (question.kind == QuestionKind.MSQ and len(question.answer) > 1))  # fmt: skip
        assert ("rubric" in said) == (question.kind == QuestionKind.ESSAY)
    assert any("three right places" in sentence for sentence in qti12.losses(THIRD))
    assert any("length" in sentence for sentence in qti12.losses(replace(ZERO, prompt="word " * 4000)))


@pytest.mark.slow
def test_many_variants(thorough):
    many = questions(25 if thorough else 3)
    for question, target in zip(many, read(zipfile.ZipFile(io.BytesIO(qti12.render(paper(many))))), strict=True):
        for trial in trials(question):
            if question.kind != QuestionKind.ESSAY:
                check(question, target, trial)
