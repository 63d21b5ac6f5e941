"""QTI 1.2 as Canvas writes and reads it (Classic Quizzes): a package of one quiz.

Canvas takes every condition of a number or text question for a right answer, whatever it scores, so misconceptions are
only told in the general feedback there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Question, QuestionKind
from ..paper import Paper
from . import accepted, wording
from .markup import DECLARATION, tag, text
from .package import Resource, archive, manifest, picture_path, pictures
from .qti12_items import asked, html
from .rich_text import paragraphs
from .tex import mathml

SUFFIX = ".zip"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
LONGEST_TEXT = 16 * 1024
UNNAMED = (QuestionKind.MCQ, QuestionKind.MSQ, QuestionKind.MATCH, QuestionKind.ESSAY)
"""Kinds whose wrong answers are explained to the learner, or not at all."""
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"


def render(paper: Paper, *, key: bool = False) -> bytes:
    """The package; it always holds the key."""
    quiz = f"paper{paper.seed}"
    files = {
        "imsmanifest.xml": manifest(f"{quiz}_manifest", "IMS Content", "1.1.3", _resources(paper, quiz)),
        f"{quiz}/{quiz}.xml": _assessment(paper, quiz),
        f"{quiz}/assessment_meta.xml": _settings(paper, quiz),
    }
    return archive(files | pictures(paper, ""))


def losses(question: Question) -> Iterator[str]:
    """What Canvas cannot express of this question."""
    if len(_shown(question, 1)) > LONGEST_TEXT:
        yield "Canvas replaces a text of this length by a message."
    if wording.negative(question):
        yield "A wrong answer costs nothing: Canvas has no negative marks."
    match question.kind:
        case QuestionKind.MSQ if len(question.answer) > 1:
            yield "Each right option earns its share, each wrong one takes as much away."
        case QuestionKind.NAT:
            yield from _number_losses(question)
        case QuestionKind.MATRIX:
            yield "Each right entry earns its share, the fields show the size, and entries are compared as text."
        case QuestionKind.EXPRESSION:
            forms = len(accepted.formula_forms(question.answer))
            yield f"The formula is compared as text: {forms} ways of writing it are accepted, no others."
            yield "Capital and small letters of names are not told apart."
        case QuestionKind.ORDER:
            yield "Lines are matched to their places; each right place earns its share."
        case QuestionKind.MATCH:
            yield "Each right pair earns its share."
            yield "Wrong pairs are not explained; the solution says what belongs together."
            if any("$" in option.text for option in question.options):
                yield "Formulas of the right sides are shown as TeX."
        case QuestionKind.ESSAY:
            yield "The rubric stands in the general feedback, which learners see after answering."
    if question.misconceptions and question.kind not in UNNAMED:
        yield "Wrong answers are explained in the general feedback, not to the learner who gives them."


def _number_losses(question: Question) -> Iterator[str]:
    low, high = accepted.interval(question)
    if low <= 0 <= high:
        yield "Canvas takes an answer that is no number for 0, so such an answer is marked right."
    if accepted.endless(question):
        yield "The answer is an exact fraction; Canvas reads decimals, so three right places are accepted."


def _resources(paper: Paper, quiz: str) -> Iterator[Resource]:
    needed = [(f"picture{place:04d}", place) for place, question in enumerate(paper.questions, 1) if question.picture]
    identifiers = (f"{quiz}_settings", *(identifier for identifier, _ in needed))
    yield Resource(quiz, "imsqti_xmlv1p2", f"{quiz}/{quiz}.xml", identifiers)
    learning = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    yield Resource(f"{quiz}_settings", learning, f"{quiz}/assessment_meta.xml")
    for identifier, place in needed:
        yield Resource(identifier, "webcontent", picture_path("", place))


def _settings(paper: Paper, quiz: str) -> str:
    """A practice quiz that is not shown before the instructor publishes it; options stay in their order."""
    values = {
        "title": text(paper.title),
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz",
        "points_possible": f"{float(paper.marks)}",
        "allowed_attempts": "1",
        "available": "false",
    }
    settings = (tag(name, value) for name, value in values.items())
    return DECLARATION + tag("quiz", *settings, identifier=quiz, xmlns=CANVAS)


def _assessment(paper: Paper, quiz: str) -> str:
    items = (_item(question, place) for place, question in enumerate(paper.questions, 1))
    section = tag("section", *items, ident="root_section")
    attempts = _fields(cc_maxattempts="1")
    return DECLARATION + tag(
        "questestinterop", tag("assessment", attempts, section, ident=quiz, title=paper.title), xmlns=QTI
    )


def _fields(**values: object) -> str:
    return tag(
        "qtimetadata",
        *(
            tag("qtimetadatafield", tag("fieldlabel", label), tag("fieldentry", text(str(value))))
            for label, value in values.items()
        ),
    )


def _item(question: Question, place: int) -> str:
    parts = asked(question)
    metadata = _fields(
        question_type=parts.type,
        points_possible=f"{float(question.marks)}",
        original_answer_ids=",".join(map(str, parts.answers)),
    )
    outcome = tag("decvar", maxvalue=100, minvalue=0, varname="SCORE", vartype="Decimal")
    return tag(
        "item",
        tag("itemmetadata", metadata),
        tag("presentation", tag("material", html(_shown(question, place))), parts.fields),
        tag("resprocessing", tag("outcomes", outcome), _always("general_fb"), parts.processing),
        _feedback("general_fb", _general(question)),
        *(_feedback(f"{answer}_fb", paragraphs(why, mathml)) for answer, why in parts.feedback.items()),
        ident=f"q{place:04d}",
        title=wording.name(question, place),
    )


def _shown(question: Question, place: int) -> str:
    return f"<div>{_drawn(question, place)}{paragraphs(question.prompt, mathml)}{asked(question).below}</div>"


def _drawn(question: Question, place: int) -> str:
    picture = question.picture
    return f'<p><img src="{picture_path("", place)}" alt="{text(picture.alt)}"></p>' if picture else ""


def _general(question: Question) -> str:
    if question.kind == QuestionKind.ESSAY:
        return wording.rubric(question, mathml)
    told = question.kind in (QuestionKind.MCQ, QuestionKind.MSQ)
    return wording.solution(question, mathml) + ("" if told else wording.mistakes(question, mathml))


def _always(feedback: str) -> str:
    shown = tag("displayfeedback", feedbacktype="Response", linkrefid=feedback)
    return tag("respcondition", tag("conditionvar", tag("other")), shown, continue_="Yes")


def _feedback(identifier: str, content: str) -> str:
    return tag("itemfeedback", tag("flow_mat", tag("material", html(content))), ident=identifier)
