"""`--format html`: one page that needs nothing else, for one result or several.

Everything from a submission is hostile. Jinja escapes every value, `_finish` takes control and direction
characters out of every value, and the page's policy allows no script, no other file, no style but its own.
"""

from __future__ import annotations

import base64
import hashlib
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from generators.export.html import design

from .. import __version__
from ..clean import clean
from ..model import CheckResult, Result, Verdict
from ..model.cause import Cause
from . import causes, message, palette, speed, wording
from .evidence import evidence
from .heatmap import drawn, heat_maps, legend
from .pixels import pictures

FOLDER = Path(__file__).parent / "templates"
MAX_NOTES = 20
MAX_SCRIPT = 100_000  # characters


@dataclass(frozen=True)
class Segment:
    """One check in the score bar, in per cent of the bar's width."""

    x: float
    width: float
    won: float


def to_html(results: list[Result]) -> str:
    """The whole page."""
    has_case = any(causes.case(cause, result) for result in results for cause in result.causes)
    return page("result.html.j2", script="case.js" if has_case else "", results=results)


def case_script(cause: Cause, result: Result) -> Markup:
    """The script of its case, escaped; nothing where there is none."""
    if (case := causes.case(cause, result)) is None:
        return Markup("")
    from .script import script  # NumPy, which a page without cases does not need

    return escape(clean(script(case, result), MAX_SCRIPT))


def page(template: str, *, sheet: str = "", script: str = "", images: bool = False, **values: object) -> str:
    """A page of ours: the values cleaned and escaped, and the policy that allows nothing but our own style and script.

    `sheet` and `script` are files beside the templates: more style rules, and what the page may run. With `images`,
    the page may show those that it holds itself.
    """
    rules = style() + (_text(sheet) if sheet else "")
    code = _text(script) if script else ""
    own = {"style": Markup(rules), "script": Markup(code), "policy": _policy(rules, code, images)}
    return environment().get_template(template).render(**values, **own)


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def environment(*folders: Path) -> jinja2.Environment:
    """What renders templates of these folders and of ours: it cleans and escapes every value."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, FOLDER]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finish,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"cut": _cut, "prose": _prose, "g": "{:g}".format}
    made.globals |= {
        "Verdict": Verdict,
        "MAX_NOTES": MAX_NOTES,
        "wording": wording,
        "message": message,
        "evidence": evidence,
        "causes": causes,
        "case_script": case_script,
        "positions": positions,
        "parted": parted,
        "drawn": drawn,
        "heat_maps": heat_maps,
        "overlays": pictures,
        "bars": speed.bars,
        "roofline": speed.roofline,
        "legend": legend,
        "shades": palette.SHADES,
        "segments": segments,
        "kind": kind,
        "replay": replay,
        "version": __version__,
    }
    return made


def _finish(value: object) -> object:
    """The last thing that happens to a value before it is escaped; what is markup already is our own."""
    return _cut(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _cut(text: str, limit: int = 4000) -> str:
    return clean(text, limit)


def _prose(text: str, limit: int = 4000) -> Markup:
    """Text with what stands between backticks set as code; everything is escaped."""
    parts = _cut(text, limit).split("`")
    if len(parts) % 2 == 0:
        return escape("`".join(parts))
    forms = (Markup("{}"), Markup("<code>{}</code>"))
    return Markup("").join(forms[i % 2].format(part) for i, part in enumerate(parts))


@cache
def style() -> str:
    """The style sheet of reports, the heat maps' colours included."""
    sheet = design() + _text("result.css")
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {palette.rules(palette.DARK)} }}"
    return f"{sheet}{palette.rules(palette.LIGHT)}\n{dark}\n"


def _policy(style: str, script: str, images: bool = False) -> str:
    """Nothing may be loaded; of styles and scripts only these very texts."""
    run = f"script-src 'sha256-{_digest(script)}'; " if script else ""
    show = "img-src data:; " if images else ""
    own = f"style-src 'sha256-{_digest(style)}'"
    return f"default-src 'none'; {run}{show}{own}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def segments(result: Result) -> list[Segment]:
    """The score bar: each check as wide as its points."""
    whole = sum(c.max_score for c in result.checks)
    found, x = [], 0.0
    for check in result.checks:
        if whole > 0 and check.max_score > 0:
            width = 100 * check.max_score / whole
            share = min(max(check.score / check.max_score, 0.0), 1.0)
            found.append(Segment(round(x, 3), round(width, 3), round(width * share, 3)))
            x += width
    return found


def positions(cause: Cause, result: Result) -> list[int]:
    """The numbers, from 1, of the checks that a cause has."""
    return [n for n, check in enumerate(result.checks, 1) if check.name in cause.checks]


def parted(result: Result) -> tuple[list[tuple[int, CheckResult]], list[tuple[int, CheckResult]]]:
    """The checks that were passed, and all others, with their numbers from 1."""
    numbered = list(enumerate(result.checks, 1))
    passed = [(n, c) for n, c in numbered if c.verdict is Verdict.ACCEPTED]
    return passed, [pair for pair in numbered if pair not in passed]


def kind(check: CheckResult) -> str:
    """How a check is set: `won`, `lost`, or `open` where there is no judgement."""
    if check.verdict is Verdict.ACCEPTED:
        return "won"
    return "open" if wording.sign(check) != wording.LOST else "lost"


def replay(result: Result) -> str:
    """The command that grades the same file with the same inputs."""
    file = shlex.quote(_cut(result.file, 200))
    return f"grade submit {file} --exercise {shlex.quote(result.exercise)} --seed {result.seed}"
