"""What the exam's pages show, in words: of an exam, its questions, its answers and its result."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generators.export import html, phrases
from generators.marking import MarkedAnswer
from generators.model import Question, QuestionKind
from generators.results import MarkedPaper, Share, mixed, titled

from ..exam.hall import TakenChange
from ..exam.result import ToPractise, marked, possible, to_practise
from ..exam.shown import reading_of
from ..exam.state import Exam, ExamEnding, KeptAnswer, QuestionState, parts

STATES = {
    QuestionState.NOT_VISITED: "Not visited",
    QuestionState.NOT_ANSWERED: "Not answered",
    QuestionState.ANSWERED: "Answered",
    QuestionState.MARKED: "Marked for review",
    QuestionState.ANSWERED_MARKED: "Answered and marked for review",
}
MEANING = {
    QuestionState.NOT_VISITED: "You have not looked at it yet.",
    QuestionState.NOT_ANSWERED: "You have looked at it; nothing is filled in.",
    QuestionState.ANSWERED: "Your answer is kept and counts.",
    QuestionState.MARKED: "You want to come back to it; nothing is filled in.",
    QuestionState.ANSWERED_MARKED: "You want to come back to it; your answer counts all the same.",
}
OUTCOME = {"right": "Right", "partial": "Partly right", "wrong": "Wrong", "blank": "Not answered",
           "unreadable": "Could not be read", "to_all": "Marks to all", "unmarked": "For a person to read"}  # fmt: skip
CLASS = {"right": "won", "to_all": "won", "wrong": "lost"}


def coming(exam: Exam) -> dict[str, Any]:
    """An exam that is not over: where it stands."""
    return {"exam": exam, "stands": f"running, {clock(exam.left)} left" if exam.running else "not started"}


def past(exam: Exam) -> dict[str, Any]:
    """An exam that is over: what it came to."""
    sheet = marked(exam)
    return {"exam": exam, "marks": f"{mixed(sheet.total)} of {possible(sheet)} marks", "share": _share(sheet),
            "used": in_words(exam.used)}  # fmt: skip


def _share(sheet: MarkedPaper) -> str:
    return f"{100 * float(sheet.total) / possible(sheet):.0f} %" if sheet.total > 0 else ""


def clock(seconds: float) -> str:
    """2:59:59."""
    whole = max(0, int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def rules(exam: Exam) -> dict[str, Any]:
    """What the instructions say of this paper."""
    return {
        "states": [(state, STATES[state], MEANING[state]) for state in QuestionState],
        "kinds": phrases.asked_kinds(exam.paper),
        "parts": parts(exam.paper),
        "time": in_words(exam.allowed),
        "extra": in_words(exam.allowed - exam.seconds) if exam.allowed > exam.seconds else "",
    }


def in_words(seconds: float) -> str:
    """3 hours 45 minutes."""
    minutes = round(seconds / 60)
    amounts = [(minutes // 60, "hour"), (minutes % 60, "minute")]
    return " ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in amounts if n) or f"{seconds:.0f} seconds"


def screen(exam: Exam) -> dict[str, Any]:
    """The questions as forms, and what the module knows of them at first; no key is in it."""
    questions = exam.paper.questions
    record = {
        "number": exam.number,
        "at": exam.at,
        "states": {state.value: word for state, word in STATES.items()},
        "questions": [{name: entry for name, entry in html.fields(q).items() if name != "topic"} for q in questions],
        "parts": [{"title": p.title, "first": p.numbers[0], "last": p.numbers[-1]} for p in parts(exam.paper)],
    } | receipt(exam, ())
    return {
        "forms": [html.form(number, question) for number, question in enumerate(questions, 1)],
        "data": Markup(json.dumps(record, ensure_ascii=False).replace("<", "\\u003c")),
        "clock": clock(exam.left),
    }


def receipt(exam: Exam, taken: Sequence[TakenChange]) -> dict[str, Any]:
    """How things stand, for the screen's module: the time, what became of changes, and all answers with their versions
    and how they were read."""
    return {
        "left": exam.left,
        "ended": exam.ended is not None,
        "taken": [{"number": t.number, "outcome": t.outcome, **_kept(exam, t.number, t.kept)} for t in taken],
        "answers": {number: _kept(exam, number, kept) for number, kept in exam.answers.items()},
    }


def _kept(exam: Exam, number: int, kept: KeptAnswer) -> dict[str, Any]:
    reading = reading_of(exam.paper.questions[number - 1], kept.answer, decimal_comma=exam.decimal_comma)
    return {"answer": kept.answer, "marked": kept.marked, "version": kept.version, "read": reading.text,
            "sound": reading.sound}  # fmt: skip


# ---------------------------------------------------------------- the result


def result(exam: Exam, sheet: MarkedPaper) -> dict[str, Any]:
    """Marks, topics, what to practise, and each question with its answer and solution."""
    pairs = enumerate(zip(exam.paper.questions, sheet.marks, strict=True), 1)
    return {
        "exam": exam,
        "total": mixed(sheet.total),
        "possible": (of := possible(sheet)),
        "by_hand": exam.paper.marks - of,
        "share": _share(sheet),
        "facts": _facts(sheet),
        "by_time": exam.ending == ExamEnding.TIME,
        "used": in_words(exam.used),
        "topics": [_topic(sheet, share) for share in sheet.by_topic()],
        "practise": [_practise(entry) for entry in to_practise(sheet)],
        "late": [number for number, kept in exam.answers.items() if kept.late is not None],
        "questions": [_solved(exam, number, question, entry) for number, (question, entry) in pairs],
    }  # fmt: skip


def _facts(sheet: MarkedPaper) -> str:
    """3 right, 1 wrong, 5 not answered."""
    counts = {"right": sheet.count("right", "to_all"), "wrong": sheet.count("wrong", "partial"),
              "could not be read": sheet.count("unreadable"), "not answered": sheet.count("blank"),
              "for a person to read": sheet.count("unmarked")}  # fmt: skip
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count or word in ("right", "wrong"))


def _topic(sheet: MarkedPaper, share: Share) -> tuple[str, str, str]:
    """Its name, how many are right, and the marks; what only a person can say is not shown as a zero."""
    outcomes = [entry.outcome for question, entry in zip(sheet.paper.questions, sheet.marks, strict=True)
                if question.topic == share.name]  # fmt: skip
    if set(outcomes) == {"unmarked"}:
        return share.name, "for a person to read", f"{share.possible} to be given"
    return share.name, f"{share.right} of {share.asked}", f"{mixed(share.marks)} of {share.possible}"


def _practise(entry: ToPractise) -> dict[str, Any]:
    share = entry.share
    mistakes = [(titled(wrong.slug), numbers, html.line(wrong.why)) for wrong, numbers in entry.mistakes]
    return {"topic": share.name, "marks": f"{mixed(share.marks)} of {share.possible}", "mistakes": mistakes}


def _solved(exam: Exam, number: int, question: Question, entry: MarkedAnswer) -> dict[str, Any]:
    kept = exam.answers.get(number, KeptAnswer())
    chosen = kept.answer.replace(",", " ").split() if question.kind in (QuestionKind.MCQ, QuestionKind.MSQ) else []
    found = entry.misconception
    return {
        "number": number,
        "question": question,
        "prompt": html.paragraphs(question.prompt),
        "image": html.page_image(question.picture) if question.picture else "",
        "items": [(item.key, html.line(item.text)) for item in question.items],
        "options": [(o.key, html.line(o.text), o.correct, o.key in chosen) for o in question.options],
        "verdict": OUTCOME[entry.outcome],
        "class": CLASS.get(entry.outcome, "open"),
        "marks": f"{mixed(entry.marks)} of {question.marks}",
        "message": entry.message if entry.outcome == "unmarked" else "",
        "answer": kept.answer,
        "read": reading_of(question, kept.answer, decimal_comma=exam.decimal_comma).text,
        "late": kept.late,
        "key": html.line(_key(question)),
        "mistake": (titled(found.slug), html.line(found.why)) if found else None,
        "steps": [html.line(step) for step in question.solution],
        "criteria": [html.line(text) for text in phrases.criteria(question)],
    }


def _key(question: Question) -> str:
    """The right answer as a learner would write it; an essay has none."""
    if question.kind == QuestionKind.ESSAY:
        return ""
    return ", ".join(question.answer) if question.kind == QuestionKind.MSQ else phrases.shown(question, question.answer)
