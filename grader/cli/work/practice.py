"""`grade practice`: what is due, one question after the other."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

import click

from generators.closest import did_you_mean

from ...errors import FULL, LESS, GraderError
from ...practice.catalogue import generators
from ...practice.practice_text import today_lines
from ...practice.practising import AskedQuestion, Practice, PracticeReply
from ...practice.words import summary, when, whence, why
from ...report import readable
from ...report.layout import line
from . import quiz_text
from .output import show_lines
from .quiz_take import ask

WORDS = "hint: the first step · solution: show it, ask again tomorrow · quit: keeps all"
CHOSEN = 5  # questions of a topic


@dataclass(frozen=True)
class PracticeOptions:
    """Which questions, and whether to ask and to remember them."""

    topic: str | None
    count: int | None
    listed: bool
    no_history: bool


def practise(options: PracticeOptions) -> int:
    """Ask what is due; returns the exit code. Raises GraderError."""
    if options.topic is not None and options.topic not in generators():
        meant = did_you_mean(options.topic, list(generators()))
        raise GraderError(f"there is no topic '{options.topic}'.{meant} `grade quiz list` shows them all.")
    practice = Practice(options.topic, kept=not options.no_history)
    if options.listed or options.topic is None:
        show_lines(today_lines(practice.today()))
    if options.listed:
        return FULL
    sitting = PracticeSitting(practice, options.count or (CHOSEN if options.topic else None))
    try:
        sitting.run()
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"\nStopped; {sitting.answered} answered. To go on: grade practice")
        return LESS
    return FULL


class PracticeSitting:
    """The conversation: at most `count` questions, or all that are due today."""

    def __init__(self, practice: Practice, count: int | None):
        self.practice = practice
        self.count = count
        self.answered = 0
        self.right = 0

    def run(self) -> None:
        """Ask until nothing is due. Ctrl-C and the end of input raise click.Abort. Raises HistoryError."""
        while (self.count is None or self.answered < self.count) and (asked := self.practice.next()):
            if not self.answered:
                click.echo(WORDS)
            self._ask(asked)
        if self.answered:
            self._end()

    def _ask(self, asked: AskedQuestion) -> None:
        day = self.practice.today().day
        show_lines([line(""), line(self._head(asked, day), "bold cyan"), *quiz_text.body_lines(asked.question)])
        begun, helped = time.monotonic(), False
        while True:
            said = ask(quiz_text.ANSWER[asked.question.kind])
            if said.lower() == "hint":
                helped = True
                show_lines(readable.lines(asked.question.solution[0], 2))
            elif said.lower() == "solution":
                given = ""
                break
            elif given := self._taken(asked, said):
                break
        reply = self.practice.answer(asked, given, time.monotonic() - begun, helped)
        self._told(asked, reply, day)

    def _taken(self, asked: AskedQuestion, said: str) -> str:
        """The answer that counts: where it is read otherwise than it looks, it may be changed; '' to be asked again."""
        if said.lower() == "quit":
            raise click.Abort
        if not self._readable(asked, said):
            return ""
        as_read = quiz_text.as_read(asked.question, said)
        other = ask(f"Read as {as_read}; Enter counts it, or answer again") if as_read else ""
        return self._taken(asked, other) if other else said

    def _readable(self, asked: AskedQuestion, said: str) -> bool:
        marked = self.practice.marked(asked, said)
        if said and marked.outcome != "unreadable":
            return True
        problem = [line(f"Not readable: {marked.message}", "yellow")] if said else []
        show_lines([*problem, line(WORDS, "dim")])
        return False

    def _head(self, asked: AskedQuestion, day: date) -> str:
        left = self.practice.today().questions
        count = self.count or self.answered + left
        return f"Question {self.answered + 1} of {count} · {asked.question.topic} · {whence(asked.card, day)}"

    def _told(self, asked: AskedQuestion, reply: PracticeReply, day: date) -> None:
        self.answered += 1
        self.right += reply.marked.outcome == "right"
        again = f"Why it came: {why(asked.card, day)} It comes again {when(reply.again, day)}."
        show_lines([*quiz_text.feedback_lines(asked.question, reply.marked, marks=False), line(again, "dim")])

    def _end(self) -> None:
        now = self.practice.today()
        said = [line(""), line(f"{self.right} of {self.answered} right. {summary(now)}", "bold")]
        show_lines(said if not now.due else [*said, line("To go on: grade practice", "dim")])
