"""Free text: the tasks in the list of work, one's own text, and the points that one gives it by the rubric."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ..freetext.answer import MAX_BYTES, Answer
from ..freetext.assessment import Assessment, Standing, given
from ..freetext.essays import ESSAYS, KINDS, FreeTextTask, RubricCriterion, all_essays
from ..gradebook.words import counted
from ..gradebook.written import TextChanged, WrittenText, WrittenTexts
from ..report import statement
from .areas import Area, get, learner, post, server
from .pages import page

CHANGED = "Another window has changed this text meanwhile: it stands below. Save again to keep yours instead."
LONG = f"This text is too long: {MAX_BYTES >> 10} KiB at most."


def listed(request: Request) -> list[tuple[str, list[dict[str, Any]]]]:
    """All tasks, kind by kind, each with where the learner stands."""
    who = learner(request)
    own = _texts(request).of(who.key)
    kinds = groupby(_by_task().values(), key=lambda task: KINDS[task.kind])
    return [(kind, [_line(task, own.get(task.slug), who.name) for task in tasks]) for kind, tasks in kinds]


def _line(task: FreeTextTask, row: WrittenText | None, name: str) -> dict[str, Any]:
    found = standing(task, row, name)
    words = found.answer.words
    look, says = ("open", f"{counted(words, 'word')}, no points yet") if words else ("new", "not begun")
    if words and found.counts:
        look, says = "open", "points for a part"
    if words and found.complete:
        look, says = "won", f"{found.score:g} of {task.points:g} by the rubric"
    return {"task": task, "look": look, "says": says}


def standing(task: FreeTextTask, row: WrittenText | None, name: str) -> Standing:
    """One's own text beside the rubric, with the points that were given to this very text."""
    answer = Answer(Path(f"my_{task.slug}.md"), row.text if row else "")
    if row is None or not row.points:
        return Standing(task, answer)
    at = row.saved.isoformat(timespec="seconds")
    return Standing(task, answer, counts=Assessment(name, at, answer.digest, row.rubric, row.points))


# ---------------------------------------------------------------- one task


def text_page(request: Request) -> Response:
    """The question, one's own text, and the rubric beside it once there is one."""
    return _shown(request, _own(request))


def save(request: Request, form: FormData) -> Response:
    """Keep the text. The page's module asks for no page."""
    quiet = "x-csrf-token" in request.headers
    text = str(form.get("text", "")).replace("\r\n", "\n").replace("\0", "")
    try:
        if len(text.encode()) > MAX_BYTES:
            return _refused(request, None, text, LONG, 413, quiet)
        key, task = learner(request).key, _task(request)
        row = _texts(request).save(key, task.slug, text, _version(form))
    except TextChanged as error:
        return _refused(request, error.there, text, CHANGED, 409, quiet)
    return JSONResponse({"version": row.version}) if quiet else RedirectResponse(f"{request.url.path}#rubric", 303)


def _refused(request: Request, there: WrittenText | None, text: str, why: str, status: int, quiet: bool) -> Response:
    if quiet:
        return JSONResponse({"problem": why}, status)
    return _shown(request, there or _own(request), why, status, mine=text)


def assess(request: Request, form: FormData) -> Response:
    """Keep the points that the author gives; criteria that are left open have none."""
    task = _task(request)
    given_ = {c.id: float(p) for c in task.criteria if (p := str(form.get(f"points-{c.id}", ""))) in _choices(c)}
    try:
        _texts(request).assess(learner(request).key, task.slug, _version(form), given_, task.fingerprint)
    except TextChanged as error:
        return _shown(request, error.there, "The text has changed meanwhile: give the points to this one.", 409)
    return RedirectResponse(f"/work/texts/{task.slug}#rubric", 303)


def _shown(
    request: Request, row: WrittenText | None, problem: str = "", status: int = 200, mine: str | None = None
) -> Response:
    task = _task(request)
    found = standing(task, row, learner(request).name)
    criteria = [(c, _choices(c), _said(found, c)) for c in task.criteria]
    return page(request, "text.html.j2", status, task=task, kind=KINDS[task.kind], question=_question(task.slug),
                found=found, row=row, criteria=criteria, problem=problem, mine=mine)  # fmt: skip


def _said(found: Standing, criterion: RubricCriterion) -> str:
    points = given(found.counts, criterion)
    return "" if points is None else f"{points:g}"


def _choices(criterion: RubricCriterion) -> list[str]:
    """The points that can be given: in halves, and what the rubric gives for a part."""
    halves = [number / 2 for number in range(int(2 * criterion.points) + 1)]
    return [f"{points:g}" for points in sorted({*halves, *(part.points for part in criterion.partial)})]


def _version(form: FormData) -> int:
    text = str(form.get("version", ""))
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise HTTPException(400, "This form is not of this page: load the page again.")
    return int(text)


def _own(request: Request) -> WrittenText | None:
    return _texts(request).of(learner(request).key).get(_task(request).slug)


def _texts(request: Request) -> WrittenTexts:
    return WrittenTexts(server(request).desk.tries.engine)


def _task(request: Request) -> FreeTextTask:
    """The one that is asked for. Raises HTTPException."""
    slug = request.path_params["task"]
    if slug not in _by_task():
        raise HTTPException(404, f"There is no free-text task '{slug}'.")
    return _by_task()[slug]


@cache
def _by_task() -> dict[str, FreeTextTask]:
    """Every task, kind by kind, read once: whoever changes one starts the server again."""
    return {task.slug: task for task in all_essays()}


@cache
def _question(slug: str) -> list[Markup]:
    return statement.parts("", _by_task()[slug].question, ESSAYS)


AREA = Area(
    "",
    "/work/texts",
    [
        get("/work/texts/{task}", text_page),
        post("/work/texts/{task}", save),
        post("/work/texts/{task}/points", assess),
    ],
)
