"""Names that are missing and what the file has in their place. A name that is not there is not graded all the same."""

from __future__ import annotations

import re
from dataclasses import replace

from ..exercise import Exercise
from ..model import CheckResult, Finding
from ..model.findings import Asked, NotDefined, Raised
from ..model.near import Near, NearPlace
from ..submission.near import near_names, similar
from ..submission.scan import Facts, read

ONE_TOO_MANY = re.compile(
    r"(?P<label>[\w.]+)\(\) takes (?P<takes>\d+) positional arguments? but (?P<given>\d+) (?:was|were) given"
)


def with_near(checks: list[CheckResult], facts: Facts, exercise: Exercise) -> list[CheckResult]:
    """The results; where a name is missing, with what the file has that is close to it."""
    if not any(_misses(found) for check in checks for found in _all(check)):
        return checks
    names = FileNames(facts, exercise)
    return [_with_near(check, names) for check in checks]


def _with_near(check: CheckResult, names: FileNames) -> CheckResult:
    why = check.explanation
    if why is not None and why.smallest is not None:
        why = replace(why, smallest=names.added(why.smallest))
    return replace(check, findings=tuple(map(names.added, check.findings)), explanation=why)


def _all(check: CheckResult) -> list[Finding]:
    smallest = check.explanation.smallest if check.explanation is not None else None
    return [*check.findings, *([smallest] if smallest is not None else [])]


def _misses(found: Finding) -> bool:
    """Whether something of the submission's that was asked for by name is not there."""
    if isinstance(found, Raised):
        return found.kind in ("AttributeError", "TypeError") and not found.lines and found.asked is not None
    return isinstance(found, NotDefined)


class FileNames:
    """The names in a submission. Those that the reference has too stand for nothing else."""

    def __init__(self, facts: Facts, exercise: Exercise):
        self._facts, self._names = facts, exercise.names
        self._reference = read(exercise.reference_file.read_bytes(), exercise.reference_file.name)

    def added(self, found: Finding) -> Finding:
        """The finding with what is close to the names that it misses."""
        if isinstance(found, NotDefined):
            return replace(found, near=near_names(self._facts, found.names, self._names))
        if isinstance(found, Raised) and found.asked is not None and _misses(found):
            if misplaced := _misplaced_self(self._facts, found):
                return replace(found, near=(misplaced,))
            missing = self._attribute if found.kind == "AttributeError" else self._parameters
            return replace(found, near=missing(found.asked))
        return found

    def _attribute(self, asked: Asked) -> tuple[Near, ...]:
        """An attribute or method of a class that is called otherwise."""
        owner, _, name = asked.call.rpartition(".")
        own = _of_class(self._facts, owner)
        known = _of_class(self._reference, owner)
        return () if name in own else _all_near(own, [name], known, NearPlace.ATTRIBUTE, owner)

    def _parameters(self, asked: Asked) -> tuple[Near, ...]:
        """Parameters that are called otherwise."""
        own = _of_callable(self._facts, asked.call)
        if any(name.startswith("**") for name in own):
            return ()
        missing = [name for name, _ in asked.arguments or () if name and name not in own]
        known = _of_callable(self._reference, asked.call)
        return _all_near(own, missing, known, NearPlace.PARAMETER, asked.call)


def _misplaced_self(facts: Facts, found: Raised) -> Near | None:
    """A function with the first parameter of a method, or a method without it."""
    label = found.asked.call if found.asked is not None else ""
    if facts.signatures.get(label, [])[:1] == ["self"] and "." not in label:
        return Near("self", "self", NearPlace.TOO_MUCH, label)
    if (said := ONE_TOO_MANY.match(found.said)) and int(said["given"]) == int(said["takes"]) + 1:
        own = facts.signatures.get(said["label"], ["self"])
        if said["label"].rpartition(".")[0] in facts.attributes and own[:1] != ["self"]:
            return Near("self", "self", NearPlace.LEFT_OUT, said["label"])
    return None


def _all_near(own: list[str], missing: list[str], known: list[str], place: NearPlace, owner: str) -> tuple[Near, ...]:
    return tuple(similar(own, missing, known, place, owner).values())


def _of_class(facts: Facts, owner: str) -> list[str]:
    methods = [name.rpartition(".")[2] for name in facts.signatures if name.rpartition(".")[0] == owner]
    return [*facts.attributes.get(owner, ()), *methods]


def _of_callable(facts: Facts, label: str) -> list[str]:
    return facts.signatures.get(f"{label}.__init__" if label in facts.attributes else label, [])
