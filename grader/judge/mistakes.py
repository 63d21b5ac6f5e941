"""Which wrong cases of a space come of mistakes that other lost checks are known to come of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..checks.diagnose import SubmissionAnswers, misconception, named_variants
from ..checks.log import Entry, Log
from ..checks.pairs import known_pairs
from ..exercise import Check, Exercise
from ..explain.asked import AskedCase, by_case
from ..explain.search import Wanted
from ..model import CheckResult, Finding
from ..model.findings import Mismatch, Raised
from .causes import costs


class KnownMistakes:
    """The misconceptions that lost checks have the names of; and what they say of a case space's wrong cases."""

    def __init__(self, exercise: Exercise, checks: Mapping[str, Check], results: Mapping[str, CheckResult]):
        self.exercise, self.checks, self.results = exercise, checks, results

    def of(self, check: Check) -> list[str]:
        """The slugs of those that lost checks of the same functions, the costliest first; then those of two at once."""
        needs = set(check.needs)
        costly = costs([result for name, result in self.results.items() if set(self.checks[name].needs) <= needs])
        alone = sorted((slug for slug in costly if "+" not in slug), key=costly.__getitem__, reverse=True)
        return [*alone, *dict.fromkeys([*(slug for slug in costly if "+" in slug), *self._pairs(alone)])]

    def _pairs(self, slugs: Sequence[str]) -> list[str]:
        pairs = known_pairs([named_variants(self.exercise, slug)[0].path for slug in slugs])
        return [misconception(one, other).slug for one, _, other in pairs]

    def explained(self, entries: Sequence[Entry], slugs: Sequence[str]) -> dict[int, str]:
        """The wrong cases in which one of these answers as the submission does, throughout: its number → slug."""
        found: dict[int, str] = {}
        wrong = [asked for asked in by_case(entries) if asked.wrong]
        for slug in slugs:
            left = [asked for asked in wrong if id(asked.case) not in found]
            found |= {id(asked.case): slug for asked in self._given_by(slug, left, entries)}
        return found

    def _given_by(self, slug: str, wrong: Sequence[AskedCase], entries: Sequence[Entry]) -> Iterator[AskedCase]:
        if not wrong:
            return
        answers = SubmissionAnswers(self.exercise, Log(list(entries)))
        for variant in named_variants(self.exercise, slug):
            same = answers.same(variant)
            yield from (asked for asked in wrong if all(entry in same for entry in asked.asking))

    def beside(self, result: CheckResult) -> list[str]:
        """The same for a lost check that has no name itself."""
        return self.of(self.checks[result.name]) if result.misconception is None else []

    def others(self, slugs: Sequence[str]) -> Wanted:
        """Finds what went wrong among some entries and does not come of these."""

        def found(entries: Sequence[Entry]) -> list[Entry]:
            told = self.explained(entries, slugs)
            return [entry for entry in entries if entry.failed and id(entry.case) not in told]

        return found

    def alike(self, result: CheckResult) -> Wanted:
        """Finds what went wrong among some entries as a lost check did."""
        finding = result.findings[0] if result.findings else None

        def found(entries: Sequence[Entry]) -> list[Entry]:
            if result.misconception is not None:
                told = self.explained(entries, [result.misconception.slug])
                return [entry for entry in entries if entry.failed and id(entry.case) in told]
            return [entry for entry in entries if entry.failed and _alike(entry, finding)]

        return found


def _alike(entry: Entry, finding: Finding | None) -> bool:
    """Whether it went wrong in the same way: the same exception in the same line, or the same of the same call."""
    other = entry.failure.finding if entry.failure is not None else None
    match finding:
        case Raised(type=kind, lines=lines, said=said):
            return (
                isinstance(other, Raised)
                and (other.type, other.lines[-1:]) == (kind, lines[-1:])
                and (bool(lines) or other.said == said)
            )
        case Mismatch(asked=asked, aspect=aspect) if asked is not None and entry.difference is not None:
            return (entry.call, entry.difference.aspect) == (asked.call, aspect)
    return False
