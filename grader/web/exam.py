"""The exam: a paper is chosen, its instructions read, the screen shown, answers taken, the result shown."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from generators.blueprint import blueprints, load_blueprint
from generators.paper import Paper
from generators.results import MarkedPaper

from ..exam.hall import NAME, AnswerChange, ExamError, ExamHall
from ..exam.papers import NoPaper, brought, drawn
from ..exam.remembered import remember_exam
from ..exam.result import marked
from ..exam.session_file import exam_text
from ..exam.state import Exam
from ..gradebook.records import GradebookError
from ..practice.catalogue import generators
from ..practice.store import HistoryError
from . import exam_views
from .areas import Area, get, learner, post, server
from .pages import page

EXTRA = {"1": "none", "1.25": "a quarter more", "1.333": "a third more", "1.5": "half as much again", "2": "double"}
MOST_CHANGES = 2000


@cache
def _opened(folder: Path) -> ExamHall:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return ExamHall.open(folder / NAME)


def hall(request: Request) -> ExamHall:
    """Where this server's exams are kept."""
    return _opened(server(request).folder)


# ---------------------------------------------------------------- choosing


def choose(request: Request, problem: str = "", status: int = 200) -> Response:
    """The form for a new exam, those that can be gone on with, and those that are over with their marks."""
    exams = hall(request).exams(learner(request).key)
    offered = [load_blueprint(name) for name in blueprints()]
    over = [exam_views.past(exam) for exam in exams if exam.ended]
    coming = [exam_views.coming(exam) for exam in exams if not exam.ended]
    return page(request, "exam_choose.html.j2", status, coming=coming, over=over, offered=offered, extra=EXTRA,
                problem=problem)  # fmt: skip


def make(request: Request, form: FormData) -> Response:
    """Draw the paper and show its instructions."""
    try:
        paper, factor = _paper(form), Decimal(str(form.get("extra", "1")))
        number = hall(request).make(paper, learner=learner(request).key, factor=factor,
                                    decimal_comma="comma" in form)  # fmt: skip
    except InvalidOperation:
        return choose(request, "The extra time is not one of those offered.", 400)
    except (NoPaper, ExamError) as problem:
        return choose(request, f"{problem}.", 400)
    return RedirectResponse(f"/exam/{number}", 303)


def _paper(form: FormData) -> Paper:
    typed, file = str(form.get("seed", "")).strip(), form.get("file")
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise NoPaper("The seed has to be a whole number of at most nine digits")
    seed = int(typed) if typed else None
    if isinstance(file, UploadFile):
        with file.file as content:
            if file.filename:
                return brought(file.filename, content.read(), seed)
    return drawn(str(form.get("blueprint", "")), seed)


# ---------------------------------------------------------------- sitting


def exam_page(request: Request) -> Response:
    """The instructions before the start, the screen while it runs, the result after the end."""
    exam = _look(request)
    if exam.ended is not None:
        sheet = marked(exam)
        return page(request, "exam_result.html.j2", result=exam_views.result(exam, sheet),
                    remembered=_remembered(request, exam, sheet), practised=generators())  # fmt: skip
    if exam.started is None:
        return page(request, "exam_start.html.j2", exam=exam, rules=exam_views.rules(exam))
    return page(request, "exam_screen.html.j2", exam=exam, rules=exam_views.rules(exam), screen=exam_views.screen(exam))


def _remembered(request: Request, exam: Exam, sheet: MarkedPaper) -> bool:
    """Whether practice knows what went wrong; the result is shown all the same."""
    try:
        remember_exam(exam, sheet, server(request).desk.in_history(learner(request)))
    except HistoryError:
        return False
    return True


def start(request: Request, _: FormData) -> Response:
    """Start the clock."""
    hall(request).start(_look(request).number, learner(request).key)
    return RedirectResponse(f"/exam/{_number(request)}", 303)


def finish(request: Request, _: FormData) -> Response:
    """The candidate ends the exam."""
    exam = _look(request)
    if exam.started is not None:
        hall(request).finish(exam.number, learner(request).key)
    return RedirectResponse(f"/exam/{exam.number}", 303)


def delete_page(request: Request) -> Response:
    """Asks whether the exam is to be deleted."""
    return page(request, "exam_delete.html.j2", exam=_look(request))


def delete(request: Request, _: FormData) -> Response:
    """The candidate deletes an exam that does not run."""
    exam = _look(request)
    if exam.running:
        return RedirectResponse(f"/exam/{exam.number}", 303)
    hall(request).delete(exam.number, learner(request).key)
    return RedirectResponse("/exam", 303)


def file(request: Request) -> Response:
    """An exam that is over, as a file that `grade quiz take` shows again."""
    exam = _look(request)
    if exam.ended is None:
        raise HTTPException(404, "There is a file of an exam once it is over.")
    name = {"Content-Disposition": f'attachment; filename="my_exam-{exam.number}.json"'}
    return Response(exam_text(exam), media_type="application/json", headers=name)


def take(request: Request, form: FormData) -> Response:
    """Commit changes of answers; without any, say how things stand. For the screen's module."""
    number, key = _number(request), learner(request).key
    try:
        changes, at = _changes(str(form.get("changes", "[]"))), int(str(form.get("at", "1")))
        taken = hall(request).take(number, changes, at, key)
        exam = hall(request).look(number, key)
    except GradebookError as problem:
        return JSONResponse({"problem": str(problem)}, 503)
    except (ExamError, KeyError, TypeError, ValueError) as problem:
        return JSONResponse({"problem": str(problem)}, 400)
    return JSONResponse(exam_views.receipt(exam, taken))


def _changes(text: str) -> list[AnswerChange]:
    records: Any = json.loads(text)
    if not isinstance(records, list) or len(records) > MOST_CHANGES:
        raise ValueError("no list of changes")
    return [
        AnswerChange(int(r["number"]), str(r["answer"]), bool(r["marked"]), int(r["base"]), str(r["writer"])[:40],
                     int(r["turn"]))
        for r in records
    ]  # fmt: skip


def _number(request: Request) -> int:
    found: int = request.path_params["number"]
    return found


def _look(request: Request) -> Exam:
    try:
        return hall(request).look(_number(request), learner(request).key)
    except ExamError as problem:
        raise HTTPException(404, f"{str(problem).capitalize()}.") from problem


AREA = Area("Exam", "/exam", [
    get("/exam", choose), post("/exam", make), get("/exam/{number:int}", exam_page),
    post("/exam/{number:int}/start", start), post("/exam/{number:int}/changes", take),
    post("/exam/{number:int}/finish", finish), get("/exam/{number:int}/delete", delete_page),
    post("/exam/{number:int}/delete", delete), get("/exam/{number:int}/file", file),
])  # fmt: skip
