"""`--format junit`: one test suite for each exercise, one test case for each check, points as properties."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from ..model import CheckResult, Result, Verdict
from .feedback import feedback, overview

NEITHER = (Verdict.NOT_RUN, Verdict.INCONCLUSIVE)
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(results: list[Result], student: str | None = None) -> str:
    """Lost checks are failures, checks without a verdict are skipped; only our own failure is an error."""
    root = ET.Element("testsuites", {"name": "cnn-grader"} | _counts([c for r in results for c in r.checks]))
    for result in results:
        root.append(_suite(result, student))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode")


def _suite(result: Result, student: str | None) -> ET.Element:
    suite = ET.Element("testsuite", {"name": result.exercise} | _counts(result.checks))
    facts = {"score": f"{result.score:g}", "max_score": f"{result.max_score:g}", "seed": str(result.seed)}
    _properties(suite, facts | {"isolation": result.isolation} | ({"student": student} if student else {}))
    for check in result.checks:
        suite.append(_case(result, check))
    if text := overview([result]):
        ET.SubElement(suite, "system-out").text = _xml(text)
    return suite


def _case(result: Result, check: CheckResult) -> ET.Element:
    case = ET.Element("testcase", classname=result.exercise, name=_xml(check.name), time=f"{check.seconds:.3f}")
    facts = {"title": check.title, "points": f"{check.score:g}", "max_points": f"{check.max_score:g}"}
    facts["verdict"] = check.verdict.value
    if check.misconception is not None:
        facts["misconception"] = check.misconception.slug
    _properties(case, facts)
    if kind := _kind(check.verdict):
        text = _xml(feedback(check))
        ET.SubElement(case, kind, type=check.verdict.value, message=text.partition("\n")[0]).text = text
    return case


def _kind(verdict: Verdict) -> str:
    """The element that says what became of a check; nothing for one that passed."""
    if verdict is Verdict.ACCEPTED:
        return ""
    if verdict is Verdict.INTERNAL_ERROR:
        return "error"
    return "skipped" if verdict in NEITHER else "failure"


def _counts(checks: list[CheckResult]) -> dict[str, str]:
    kinds = [_kind(c.verdict) for c in checks]
    count = {"tests": len(checks), "failures": kinds.count("failure"), "errors": kinds.count("error")}
    count["skipped"] = kinds.count("skipped")
    return {name: str(n) for name, n in count.items()} | {"time": f"{sum(c.seconds for c in checks):.3f}"}


def _properties(parent: ET.Element, facts: dict[str, str]) -> None:
    properties = ET.SubElement(parent, "properties")
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=name, value=_xml(value))


def _xml(text: str) -> str:
    """Only characters that XML can hold."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
