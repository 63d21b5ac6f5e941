"""`grade quiz take`: a paper answered in the terminal. Every answer is saved at once; the same command goes on."""

from __future__ import annotations

import re

import click

from generators.marking import mark
from generators.reading import UnreadableAnswer
from generators.results import MarkedPaper, mark_paper

from ...errors import FULL, LESS
from ...report.layout import line
from . import quiz_text
from .output import show_lines
from .progress import learn
from .quiz_open import TakeOptions, open_session
from .quiz_session import QuizSession

MINUTE = 60  # seconds
WORDS = "Enter: skip · back · go 5 · review · finish · quit (what you answered is saved)"


def take(options: TakeOptions) -> int:
    """Open or draw a paper and let it be answered; returns the exit code."""
    session, resumed = open_session(options)
    sitting = Sitting(session)
    if session.finished:
        click.echo("You finished this paper; --again starts over.")
    else:
        session.save()
        try:
            sitting.begin(resumed)
            sitting.run()
        except (click.Abort, KeyboardInterrupt):
            return _stopped(session)
    sitting.conclude()
    if not options.no_history:
        learn(session.paper.questions, session.answers)
    sheet = sitting.sheet()
    return FULL if sheet.total == session.paper.marks else LESS


def _stopped(session: QuizSession) -> int:
    session.save()
    done, count, left = len(session.answers), len(session.paper.questions), session.left()
    runs = "" if left is None else f" The clock runs on: {quiz_text.clock(left)} left."
    click.echo(f"\nStopped; {done} of {count} answered.{runs} To go on: grade quiz take {session.path}")
    return LESS


class Sitting:
    """The conversation. `at` is the question's number; one more than there are is the end of the paper."""

    def __init__(self, session: QuizSession):
        self.session = session
        self.paper = session.paper
        self.count = len(session.paper.questions)
        self.at = 1

    def begin(self, resumed: bool) -> None:
        """Say what the paper is like and how to answer."""
        paper, session = self.paper, self.session
        show_lines([line(paper.title, "bold"),
              line(f"{quiz_text.size(paper)}. "
                   "A wrong MCQ costs a third of its marks; nothing else costs any."),
              line(f"Answers are saved in {session.path}.", "dim")])  # fmt: skip
        if resumed:
            click.echo(f"You go on where you were: {len(session.answers)} of {self.count} answered.")
        elif session.exam:
            click.echo("Exam: solutions come at the end; answers can be changed until then.")
        click.echo(WORDS)
        self.at = next(iter(session.open()), self.count + 1)

    def run(self) -> None:
        """Ask until the paper is finished. Ctrl-C and the end of input raise click.Abort."""
        while not self.session.finished:
            if self._late():
                return
            if self.at > self.count:
                self._at_end()
            else:
                self._at_question()

    def _late(self) -> bool:
        left = self.session.left()
        if left is None or left > 0:
            return False
        over = self.session.clock.over
        assert over is not None
        click.echo(f"\nTime is up, since {over.astimezone():%H:%M on %d %B %Y}." if left < -MINUTE else "\nTime is up.")
        self.session.finish()
        return True

    def _at_question(self) -> None:
        session, number = self.session, self.at
        question = self.paper.questions[number - 1]
        left = session.left()
        clock = f" · {quiz_text.clock(left)} left" if left is not None else ""
        show_lines(quiz_text.question_lines(question, number, self.count, clock))
        before = session.answers.get(number)
        if before is not None and not session.exam:
            self._feedback(number)
            self._move(ask("Answered; Enter goes on"))
            return
        keep = f"; Enter keeps {before}, - removes it" if before is not None else ""
        while not self._understood(ask(f"{quiz_text.ANSWER[question.kind]}{keep}"), before):
            pass

    def _understood(self, said: str, before: str | None) -> bool:
        """Follow a command or save an answer; False, with a message, if the answer is not readable."""
        session = self.session
        left = session.left()
        if (left is not None and left <= 0) or self._move(said):
            return True  # an answer after the time limit does not count
        if said == "-" and before is not None:
            session.answer(self.at, None)
            return True
        try:
            as_read = quiz_text.as_read(self.paper.questions[self.at - 1], said)
        except UnreadableAnswer as problem:
            show_lines([line(f"Not readable: {problem}", "yellow"), line(WORDS, "dim")])
            return False
        if as_read and (other := ask(f"Read as {as_read}; Enter counts it, or answer again")):
            return self._understood(other, before)
        session.answer(self.at, said)
        if not session.exam:
            self._feedback(self.at)
        self._next()
        return True

    def _feedback(self, number: int) -> None:
        question = self.paper.questions[number - 1]
        show_lines(quiz_text.feedback_lines(question, mark(question, self.session.answers[number])))

    def _next(self) -> None:
        self.at += 1
        if not self.session.exam and not self.session.open():
            self.session.finish()

    def _move(self, said: str) -> bool:
        """Follow a command such as `back`; returns whether it was one."""
        words = said.lower().split()
        if not words:
            self.at += 1
        elif words == ["back"]:
            self.at = max(self.at - 1, 1)
        elif words == ["review"]:
            self._review()
        elif words == ["quit"]:
            raise click.Abort
        elif words == ["finish"]:
            self._hand_in()
        elif words == ["help"]:
            click.echo(WORDS)
        elif target := re.fullmatch(r"go\s*(\d{1,4})", " ".join(words)):
            self._go(int(target[1]))
        else:
            return False
        return True

    def _go(self, number: int) -> None:
        if 1 <= number <= self.count:
            self.at = number
        else:
            click.echo(f"There are questions 1 to {self.count}.")

    def _at_end(self) -> None:
        self._review()
        said = ask("End of the paper. Enter: first open question · go 5 · finish")
        if not said and (still := self.session.open()):
            self.at = still[0]
        elif not said:
            self._hand_in()
        elif not self._move(said):
            click.echo("Say finish, or go and a number.")
        self.at = min(self.at, self.count + 1)

    def _review(self) -> None:
        rows = [f"  {number:>3}  {self.session.answers.get(number, '–')}" for number in range(1, self.count + 1)]
        show_lines([line(""), line("Your answers", "bold"), *map(line, rows)])

    def _hand_in(self) -> None:
        still = self.session.open()
        if still:
            numbers = ", ".join(map(str, still[:20])) + (" …" if len(still) > 20 else "")
            said = ask(f"Open: {numbers}. Finish all the same? yes or no")
            if said.lower() not in ("y", "yes"):
                self.at = still[0]
                return
        self.session.finish()

    # ------------------------------------------------------------ the result

    def sheet(self) -> MarkedPaper:
        """Mark the answers."""
        return mark_paper(self.paper, self.session.answers)

    def conclude(self) -> None:
        """Show the solutions of an exam's wrong answers, then the summary."""
        sheet = self.sheet()
        if self.session.exam:
            for number, (question, result) in enumerate(zip(self.paper.questions, sheet.marks, strict=True), 1):
                if result.outcome != "right":
                    given = self.session.answers.get(number, "–")
                    show_lines([*quiz_text.question_lines(question, number, self.count), line(f"Your answer: {given}"),
                          *quiz_text.feedback_lines(question, result)])  # fmt: skip
        show_lines(quiz_text.sheet_lines(sheet, self.session.seconds()))
        show_lines([line(f"Kept in {self.session.path}.", "dim")])


def ask(what: str) -> str:
    """Read a line from the learner, without spaces around it."""
    said: str = click.prompt(f"[{what}]", default="", show_default=False, prompt_suffix=" ")
    return said.strip()
