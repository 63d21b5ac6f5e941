"""QTI 2.1: a package of one test and its items, marked and explained by response processing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..marking import GATE
from ..model import Picture, Question, QuestionKind
from ..paper import Paper
from . import accepted, wording
from .markup import DECLARATION, tag, text
from .package import LOM, Resource, archive, manifest, picture_path, pictures
from .qti21_items import QTI, QtiItem, asked, base, clean, given
from .rich_text import paragraphs
from .tex import mathml

SUFFIX = ".zip"
METADATA = "http://www.imsglobal.org/xsd/imsqti_metadata_v2p1"
TEST, FOLDER = "test.xml", "items/"
LONGEST_ALT = 256
"""Characters of `alt` and other short strings (the schema's string256)."""


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The package; it always holds the key, and the player decides when to show solutions."""
    items = {_path(place): _item(question, place) for place, question in enumerate(paper.questions, 1)}
    contents = manifest(
        f"paper-{paper.seed}",
        "QTIv2.1 Package",
        "1.0.0",
        _resources(paper),
        xmlns__imsmd=LOM,
        xmlns__imsqti=METADATA,
    )
    return archive({"imsmanifest.xml": contents, TEST: _test(paper), **items, **pictures(paper, FOLDER)})


def losses(question: Question) -> Iterator[str]:
    """What QTI 2.1 cannot express of this question."""
    if question.kind == QuestionKind.NAT and accepted.endless(question):
        yield "The answer is an exact fraction; QTI reads decimals, so three right places are accepted."
    if question.kind == QuestionKind.MATRIX:
        yield "The fields show the size of the matrix; misconceptions that give another size are not named."
        if not accepted.whole(question.answer):
            yield "Fractions have to be typed as decimals."
    if question.kind == QuestionKind.EXPRESSION:
        forms = len(accepted.formula_forms(question.answer))
        yield f"The formula is compared as text: {forms} ways of writing it are accepted, no others."


def _path(place: int) -> str:
    return f"{FOLDER}q{place:04d}.xml"


def _resources(paper: Paper) -> Iterator[Resource]:
    places = range(1, len(paper.questions) + 1)
    yield Resource("test", "imsqti_test_xmlv2p1", TEST, tuple(f"q{place:04d}" for place in places))
    for place, question in enumerate(paper.questions, 1):
        picture = f"picture-{place:04d}"
        needs = (picture,) if question.picture else ()
        yield Resource(f"q{place:04d}", "imsqti_item_xmlv2p1", _path(place), needs, _metadata(question, place))
        if question.picture:
            yield Resource(picture, "webcontent", picture_path(FOLDER, place))


def _metadata(question: Question, place: int) -> str:
    def phrase(words: str) -> str:
        return tag("imsmd:langstring", text(words), xml__lang="en")

    keywords = (tag("imsmd:keyword", phrase(label)) for label in wording.labels(question))
    title = tag("imsmd:title", phrase(wording.name(question, place)))
    interaction = tag("imsqti:interactionType", asked(question).interaction)
    return tag("imsmd:lom", tag("imsmd:general", title, *keywords)) + tag("imsqti:qtiMetadata", interaction)


def _test(paper: Paper) -> str:
    numbered = enumerate(paper.questions, 1)
    references = (
        tag("assessmentItemRef", identifier=f"q{place:04d}", href=_path(place),
            category=re.sub(r"\W+", "-", f"topic {question.topic}"))
        for place, question in numbered
    )  # fmt: skip
    section = tag("assessmentSection", *references, identifier="section", title=paper.title, visible="true")
    total = tag("sum", tag("testVariables", variableIdentifier="SCORE"))
    return DECLARATION + tag(
        "assessmentTest",
        _number("SCORE", 0),
        _number("MAXSCORE", paper.marks),
        tag("testPart", section, identifier="part", navigationMode="nonlinear", submissionMode="individual"),
        tag("outcomeProcessing", tag("setOutcomeValue", total, identifier="SCORE")),
        xmlns=QTI,
        identifier=f"paper-{paper.seed}",
        title=paper.title,
    )


def _item(question: Question, place: int) -> str:
    parts = asked(question)
    return DECLARATION + tag(
        "assessmentItem",
        parts.declarations,
        _number("SCORE", 0),
        _number("MAXSCORE", question.marks),
        tag("outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier"),
        tag("itemBody", _body(question, place), parts.body),
        tag("responseProcessing", *_processing(question, parts)),
        *_feedback(question, parts),
        xmlns=QTI,
        identifier=f"q{place:04d}",
        title=wording.name(question, place),
        adaptive="false",
        timeDependent="false",
        toolName="cnn-grader",
    )


def _number(name: str, value: int) -> str:
    default = tag("defaultValue", tag("value", f"{float(value)}"))
    return tag("outcomeDeclaration", default, identifier=name, cardinality="single", baseType="float")


def _body(question: Question, place: int) -> str:
    picture = question.picture
    drawn = _picture(picture, place) if picture else ""
    rubric = ""
    if question.kind == QuestionKind.ESSAY:
        rubric = tag("rubricBlock", tag("div", clean(wording.rubric(question, mathml))), view="scorer tutor author")
    return drawn + tag("div", clean(paragraphs(question.prompt, mathml))) + rubric


def _picture(picture: Picture, place: int) -> str:
    """The drawing; what `alt` has no room for stands below it."""
    image = tag("p", tag("img", src=picture_path("", place), alt=short(picture.alt, LONGEST_ALT)))
    return image + (tag("p", text(f"The picture in words: {picture.alt}")) if len(picture.alt) > LONGEST_ALT else "")


def short(words: str, most: int) -> str:
    """As many whole words as fit, with dots where some are left out."""
    return words if len(words) <= most else words[: most - 1].rpartition(" ")[0] + "…"


def _processing(question: Question, parts: QtiItem) -> Iterator[str]:
    """Marks first; then which feedback is shown, the solution always."""
    if parts.right:
        wrong = -question.marks * GATE.negative.get(question.kind, Fraction(0))
        answered = tag("not", tag("isNull", given("RESPONSE")))
        cost = tag("responseElseIf", answered, _score(wrong)) if wrong else ""
        yield tag("responseCondition", tag("responseIf", parts.right, _score(question.marks)), cost)
    yield _show(base("identifier", "SOLUTION"))
    yield from _explanations(question, parts)


def _explanations(question: Question, parts: QtiItem) -> Iterator[str]:
    """Every wrong option of an MSQ and pair of a MATCH, otherwise the first misconception that fits a wrong answer."""
    cases = [
        (condition, _show(given("FEEDBACK"), base("identifier", f"SLIP-{number}")))
        for number, (condition, _) in enumerate(parts.slips)
    ]
    if question.kind in (QuestionKind.MSQ, QuestionKind.MATCH):
        yield from (tag("responseCondition", tag("responseIf", *case)) for case in cases)
    elif cases:
        others = (tag("responseElseIf", *case) for case in cases)
        yield tag("responseCondition", tag("responseIf", parts.right), *others)


def _score(marks: int | Fraction) -> str:
    return tag("setOutcomeValue", base("float", repr(float(marks))), identifier="SCORE")


def _show(*values: str) -> str:
    return tag("setOutcomeValue", tag("multiple", *values), identifier="FEEDBACK")


def _feedback(question: Question, parts: QtiItem) -> Iterator[str]:
    yield _modal("SOLUTION", wording.solution(question, mathml))
    for number, (_, why) in enumerate(parts.slips):
        yield _modal(f"SLIP-{number}", paragraphs(why, mathml))


def _modal(identifier: str, content: str) -> str:
    return tag("modalFeedback", clean(content), outcomeIdentifier="FEEDBACK", identifier=identifier, showHide="show")
