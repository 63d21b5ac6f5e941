"""What is said of a cause: one plain sentence, and what to do next."""

from __future__ import annotations

from dataclasses import replace

from ..model import CheckResult, Result
from ..model.cause import Cause, Why
from ..model.explanation import BlamedLine, Case, Explanation
from ..model.findings import Aspect, LimitHit, Mismatch, NotDefined, Quantity, Raised, Stumbled, innermost
from . import message, mismatch, near, relations
from .factors import rule_said

HEADLINES = {
    Why.UNLOADED: "Your file could not be loaded, so no check could be run.",
    Why.NOTHING: "Nothing is written yet.",
    Why.UNWRITTEN: "{} {be} still to be written.",
    Why.NOT_DEFINED: "{} {be} not defined in your file.",
    Why.NO_RETURN: "{} ends without `return`, so its result is None.",
    Why.PRINTS: "{} prints its result and does not return it.",
    Why.SOME_RETURN: "{} does not return anything in some cases: not every path through it ends with `return`.",
    Why.STUCK: "{} gives no answer in time.",
}
DIFFERENCES = {
    Aspect.KIND: "{} returns another sort of value than it should.",
    Aspect.LENGTH: "{} returns another number of values than it should.",
    Aspect.MISSING: "{} returns a dict in which an entry is missing.",
    Aspect.EXTRA: "{} returns a dict with an entry too many.",
    Aspect.SHAPE: "{} returns a result of the wrong shape.",
    Aspect.DTYPE: "{} should return floating point.",
    Aspect.FINITE: "{} returns NaN or infinity.",
    Aspect.VALUES: "{} returns wrong values.",
    Aspect.CHANGED: "{} changes an argument that it is given.",
    Aspect.RETURNED: "{} should raise an exception here.",
}
SHOWN = (Why.NAMED, Why.RAISED, Why.STUCK, Why.LIMIT, Why.SOME_RETURN, Why.OTHER)  # with the call that went wrong
LIMITS = {
    Quantity.MEMORY: "{} needs too much memory.",
    Quantity.THREADS: "{} starts too many threads.",
    Quantity.FILES: "{} writes too much into files.",
    Quantity.OUTPUT: "{} prints too much.",
}
MOST_WORDS = 3  # of an author's, in place of a noun
CLAUSES = frozenset("how whether what which as same shares uses reached moved projects seen count all pruned".split())
STEPS = {
    Why.NOTHING: "Start with {}; then submit again.",
    Why.PRINTS: "Replace the last `print(…)` by `return …`.",
    Why.STUCK: "Is there a loop that does not end?",
    Why.NO_RETURN: "End it with `return` and the result.",
}


def headline(cause: Cause, result: Result) -> str:
    """One plain sentence, without values."""
    if cause.why is Why.TOLD:
        return cause.subject
    check = first(cause, result)
    if check.misconception is not None:
        return check.misconception.title
    finding = check.findings[0] if check.findings else None
    if isinstance(finding, NotDefined) and finding.because is not None:
        return _capital(message.text(finding))
    if cause.why in HEADLINES:
        return HEADLINES[cause.why].format(_code(cause.subject), be="are" if "," in cause.subject else "is")
    if isinstance(finding, LimitHit):
        return LIMITS[finding.quantity].format(_code(cause.subject))
    if isinstance(finding, Stumbled):
        return "A check cannot go on with your answers."
    if isinstance(finding, (Mismatch, Raised)) and (spoiled := _spoiled(cause, result)):
        return f"What `{spoiled}` gives depends on earlier calls."
    if isinstance(finding, Raised):
        return _raised(finding, cause.subject)
    if isinstance(finding, Mismatch) and finding.asked is not None and finding.asked.tried:
        return f"{_code(cause.subject)} does not do all that it should."  # what a helper found is told below
    if isinstance(finding, Mismatch) and cause.subject and finding.aspect in DIFFERENCES:
        same_kind = finding.aspect is Aspect.KIND and mismatch.same_kind(finding)
        return DIFFERENCES[Aspect.VALUES if same_kind else finding.aspect].format(_code(cause.subject))
    if isinstance(finding, Mismatch) and finding.asked is not None and finding.asked.call:
        if finding.asked.call.startswith("the input:"):
            return "The input is not left as it was."
        return _shown_instead(cause, result) or wrong(finding.asked.call)
    return _capital(message.text(finding).partition("\n")[0]) if finding is not None else check.title


def _spoiled(cause: Cause, result: Result) -> str:
    """What is called or read that is right alone and wrong after other calls, if that was found out."""
    found = shown(cause, result).findings
    asked = found[0].asked if found else None
    return asked.call if asked is not None and asked.earlier else ""


def _shown_instead(cause: Cause, result: Result) -> str:
    """The headline of the small case that is shown below; nothing where none was found."""
    for finding in shown(cause, result).findings[:1]:
        if isinstance(finding, Mismatch) and finding.asked is not None and finding.asked.call:
            called = finding.asked.arguments is not None and finding.aspect in DIFFERENCES
            said = DIFFERENCES[finding.aspect].format(_code(finding.asked.call)) if called else ""
            return said or wrong(finding.asked.call)
    return ""


def told(result: Result) -> bool:
    """Whether there are causes, and anything is said of them."""
    return any(headline(cause, result) for cause in result.causes)


def step(cause: Cause, result: Result) -> str:
    """What to do next, if that is known."""
    if cause.why is Why.TOLD:
        return cause.step
    check = first(cause, result)
    if check.misconception is not None:
        return check.misconception.hint
    if check.findings and isinstance(check.findings[0], NotDefined):
        return " ".join(near.sentences(check.findings[0].near))
    return STEPS.get(cause.why, "").format(_code(cause.subject))


def rule(cause: Cause, result: Result) -> str:
    """When it is wrong, in words; nothing where no rule was found."""
    found = _explanation(cause, result)
    return rule_said(found.rule) if found is not None and found.rule is not None else ""


def rule_cases(cause: Cause, result: Result) -> int:
    """On how many cases the rule was confirmed."""
    found = _explanation(cause, result)
    return found.rule.cases if found is not None and found.rule is not None else 0


def relation(cause: Cause, result: Result) -> str:
    """What the wrong answers are, in words; nothing where that was not found."""
    found = _explanation(cause, result)
    return relations.sentence(found.relation) if found is not None and found.relation is not None else ""


def beside(cause: Cause, result: Result) -> str:
    """That an argument is changed, too, where the headline says something else."""
    found = [c.findings[0] for c in result.checks if c.name in cause.checks and c.findings]
    name = next((e.changes for e in _explanations(cause, result) if e.changes), "")
    told = cause.why is Why.NAMED or any(isinstance(f, Mismatch) and f.aspect is Aspect.CHANGED for f in found)
    if not name or told:
        return ""
    return f"Your code also changes {f'its argument `{name}`' if name.isidentifier() else 'its input'}, and should not."


def relation_cases(cause: Cause, result: Result) -> int:
    """On how many wrong cases that was confirmed."""
    found = _explanation(cause, result)
    return found.relation.cases if found is not None and found.relation is not None else 0


def lines(cause: Cause, result: Result) -> tuple[BlamedLine, ...]:
    """Where the mistake may be: lines that were searched for, else the one that raised an exception."""
    found = _explanation(cause, result)
    if not cause.lines:
        return ()
    if found is not None and found.lines:
        return found.lines
    check = first(cause, result)
    finding = check.findings[0] if check.findings else None
    place = innermost(finding.lines) if isinstance(finding, (Raised, LimitHit)) else None
    return () if place is None else (BlamedLine(place.file, place.line, place.text, False),)


def lines_said(cause: Cause, result: Result) -> str:
    """The same in words, where they were searched for: only those that are proved, if any are."""
    found = _explanation(cause, result)
    if found is None or not found.lines:
        return ""
    proved = [line for line in found.lines if line.proved]
    said = "; ".join(f"line {line.line}: `{line.text}`" for line in proved or found.lines)
    if not proved:
        named = first(cause, result).misconception is not None
        return "" if named else f"No small change that was tried makes every case right. Look first at {said}."
    where = "in this line" if len(proved) == 1 else "in one of these lines"
    return f"A small change {where} makes every case right. {_capital(said)}"


def can_find_line(result: Result) -> bool:
    """Whether searching for lines may tell more than is said: wrong answers of functions that have no name."""
    return any(
        first(cause, result).misconception is None and found.smallest is not None and not found.lines
        for cause in result.causes
        if (found := _explanation(cause, result)) is not None
    )


def shown(cause: Cause, result: Result) -> CheckResult:
    """The check whose call is to be shown: with the smallest case that was found, if one was."""
    found = _explanation(cause, result)
    check = first(cause, result)
    return replace(check, findings=(found.smallest,)) if found is not None and found.smallest is not None else check


def case(cause: Cause, result: Result) -> Case | None:
    """The case that can be run again, if there is one."""
    return next((e.case for e in _explanations(cause, result) if e.case is not None), None)


def _explanation(cause: Cause, result: Result) -> Explanation | None:
    """What is known of the first case space of which most was found out."""
    found = [e for e in _explanations(cause, result) if e.smallest or e.rule or e.relation]
    return next((e for e in found if e.rule or e.relation), next(iter(found), None))


def _explanations(cause: Cause, result: Result) -> list[Explanation]:
    return [c.explanation for c in result.checks if c.name in cause.checks and c.explanation is not None]


def first(cause: Cause, result: Result) -> CheckResult:
    """The first check that it costs."""
    return next(c for c in result.checks if c.name == cause.checks[0])


def _raised(found: Raised, subject: str) -> str:
    name, place = _code(subject) or "your code", innermost(found.lines)
    if found.lines and place is None:  # a helper, with what it was given
        return f"A check of {name} ends in {found.type}."
    return f"{_capital(name if place is None else f'line {place.line}')} raises {found.type}."


def wrong(label: str) -> str:
    """That what was asked for is wrong, where it is no call: an attribute, or something in an author's words."""
    whose, colon, words = label.partition(": ")
    name = _capital(whose) if " " in whose else f"`{whose}`"
    if not colon or " " in whose:
        return f"{name} is wrong."
    if len(words.split()) > MOST_WORDS or words.split()[0] in CLAUSES:
        return f"{name}: “{words}” is wrong."
    return f"The {words} of {name} {'are' if words.endswith('s') else 'is'} wrong."


def _code(names: str) -> str:
    return message.names_said(names.split(", ")) if names else ""


def _capital(text: str) -> str:
    """As a sentence begins; a name with an underscore stays as it is written."""
    word, space, rest = text.partition(" ")
    return f"`{word}`{space}{rest}" if "_" in word and word.isidentifier() else text[:1].upper() + text[1:]
