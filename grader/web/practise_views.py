"""What the practice pages show, in words and formulas, and how a form's fields make an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup
from starlette.datastructures import FormData

from generators.export import html
from generators.model import Question, QuestionKind
from generators.results import titled

from ..exam.shown import reading_of
from ..practice import words
from ..practice.practising import AskedQuestion, PastAnswer
from ..practice.standing import TopicStanding
from ..practice.today import Today

OUTCOME = {"right": ("✓", "Right"), "wrong": ("✗", "Wrong"), "partial": ("✗", "Partly right"),
           "blank": ("○", "You asked for the solution"), "unreadable": ("✗", "Not readable")}  # fmt: skip
HOW = {
    QuestionKind.NAT: "Your answer, a number",
    QuestionKind.MATRIX: "Your answer, row by row: 1 2; 3 4, or a line for each row",
    QuestionKind.EXPRESSION: "Your formula, for example 3*(C + 1)^2",
}


def today(now: Today) -> dict[str, Any]:
    """Today's list."""
    due = [{"topic": card.topic, "why": words.why(card, now.day), "twice": card.owed > 1} for card in now.due]
    return {"summary": words.summary(now), "due": due, "waiting": now.waiting, "coming": words.coming(now)}


def topic(one: TopicStanding, day: date) -> dict[str, Any]:
    """Where a learner stands with a topic."""
    card = one.card if one.card and one.card.asked else None
    return {
        "topic": one.topic,
        "recall": card.tomorrow if card else None,
        "answers": f"{card.right} of {card.asked} right" if card else "",
        "due": words.due_when(one.due, day),
        "now": one.due <= day,
        "wrong": [titled(m.key.partition("/")[2]) for m in one.mistakes if m.waits],
    }


def question(asked: AskedQuestion, now: Today) -> dict[str, Any]:
    """A question to be answered; nothing of its key."""
    q = asked.question
    return {
        "asked": asked,
        "whence": words.whence(asked.card, now.day),
        "left": now.questions,
        "how": HOW.get(q.kind, ""),
        **content(q),
    }


def content(q: Question) -> dict[str, Any]:
    """Prompt, picture and what there is to choose from, with formulas."""
    return {
        "question": q,
        "prompt": html.paragraphs(q.prompt),
        "picture": html.page_image(q.picture) if q.picture else "",
        "options": [(option.key, html.line(option.text)) for option in q.options],
        "items": [(item.key, html.line(item.text)) for item in q.items],
    }


def hint(q: Question) -> Markup:
    """The first step of the solution."""
    return html.line(q.solution[0])


def past(one: PastAnswer, day: date) -> dict[str, Any]:
    """An answer with all that is said of it."""
    q, marked = one.asked.question, one.reply.marked
    sign, outcome = OUTCOME[marked.outcome]
    found = marked.misconception
    return {
        "sign": sign,
        "outcome": outcome,
        "look": {"right": "won", "blank": "open"}.get(marked.outcome, "lost"),
        "given": one.answer.given,
        "read": reading_of(q, one.answer.given).text,
        "mistake": titled(found.slug).capitalize() if found else "",
        "because": html.line(found.why) if found else "",
        "steps": [html.line(step) for step in q.solution],
        "why": words.why(one.asked.card, day),
        "again": words.when(one.reply.again, day),
        **content(q),
    }


def given(q: Question, form: FormData) -> str:
    """The answer as text, as a learner would type it; '' where nothing was filled in, or not all places."""
    if q.kind in (QuestionKind.MCQ, QuestionKind.MSQ):
        return " ".join(str(key) for key in form.getlist("answer"))
    if q.kind == QuestionKind.ORDER:
        places = {str(form.get(f"place-{key}", "")): key for key in (option.key for option in q.options)}
        found = [places.get(str(place + 1), "") for place in range(len(q.options))]
        return " ".join(found) if all(found) else ""
    if q.kind == QuestionKind.MATCH:
        chosen = {item.key: str(form.get(f"place-{item.key}", "")) for item in q.items}
        return ", ".join(f"{left}-{right}" for left, right in chosen.items()) if all(chosen.values()) else ""
    return str(form.get("answer", "")).strip()
